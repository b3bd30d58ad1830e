package dev.porthole.routers.fakes;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * RutOS 7 and its REST interface: a bearer token that is forgotten after five minutes, rules with the firewall's own field
 * names, names that are there once only, and an apply that is answered 501 or 403 though rules are in effect at once.
 */
public final class Teltonika extends FakeRouter {
    private static final String TABLE = "/api/firewall/port_forwards/config";

    private String token = "";
    private int count;
    private boolean readOnly;

    /** A router with four rules, one of them from a tunnel. */
    public Teltonika() throws IOException {
        super("teltonika", "name");
        hold(rule(List.of("tcp"), "2121", "192.168.1.5", "21", "ftp"));
        hold(rule(List.of("tcp", "udp"), "9000", "192.168.1.6", "9000", "Skype"));
        Map<String, Object> tunnel = rule(List.of("tcp"), "80", "192.168.1.8", "80", "Kamera_Garten");
        tunnel.put("src", "openvpn");
        hold(tunnel);
        Map<String, Object> off = rule(List.of("udp"), "6000-6010", "192.168.1.6", "6000-6010", "game");
        off.put("enabled", "0");
        hold(off);
    }

    private Map<String, Object> rule(List<String> proto, String port, String host, String to, String name) {
        return row(
                "id",
                "cfg" + String.format("%02x", ++count) + "3837",
                ".type",
                "redirect",
                "enabled",
                "1",
                "name",
                name,
                "proto",
                proto,
                "src",
                "wan",
                "src_dport",
                port,
                "dest",
                "lan",
                "dest_ip",
                host,
                "dest_port",
                to,
                "reflection",
                "1",
                "priority",
                String.valueOf(count));
    }

    /** From now on the account may read, and change nothing. */
    public synchronized void readOnly() {
        readOnly = true;
    }

    @Override
    public Optional<String> lockedFor() {
        return Optional.empty();
    }

    @Override
    protected void endSessions() {
        token = "";
    }

    @Override
    public synchronized int sessions() {
        return token.isEmpty() ? 0 : 1;
    }

    @Override
    protected boolean counts(Call call) {
        return call.path().startsWith("/api/firewall/");
    }

    @Override
    Answer answered(Call call) {
        if (call.is("GET", "/api/unauthorized/status")) {
            return ok(row(
                    "lang",
                    "en",
                    "filename",
                    "",
                    "device_name",
                    "RUT241",
                    "device_model",
                    "RUT241",
                    "api_version",
                    "1.9.2",
                    "device_identifier",
                    "0123"));
        }
        if (call.is("POST", "/api/login")) {
            return login(call.json());
        }
        if (token.isEmpty() || !call.header("Authorization").equals("Bearer " + token)) {
            return error(403, 120, "Unauthorized access", "Authorization");
        }
        if (call.is("POST", "/api/logout")) {
            token = "";
            return ok(row("response", "Logout successful"));
        }
        if (call.path().equals("/api/firewall/port_forwards/changes")) {
            return error(501, 100, "Response not implemented", "changes");
        }
        return call.path().startsWith(TABLE) ? table(call) : error(403, 120, "Unauthorized access", "Authorization");
    }

    private Answer login(Map<String, Object> account) {
        countLogin();
        if (!USER.equals(account.get("username")) || !PASSWORD.equals(account.get("password"))) {
            return error(401, 121, "Login failed", "Authorization");
        }
        token = String.format("%032x", 0x8602c790738dL + ++count);
        return ok(row("username", USER, "group", "root", "token", token, "expires", 299));
    }

    private Answer table(Call call) {
        String rest = call.path().substring(TABLE.length());
        if (call.method().equals("GET") && rest.isEmpty()) {
            return ok(rules);
        }
        if (readOnly) {
            return error(403, 120, "Unauthorized access", "Authorization");
        }
        if (call.method().equals("POST") && rest.isEmpty()) {
            return added(call.json().get("data"));
        }
        if (call.method().equals("DELETE") && !rest.isEmpty()) {
            return rules.removeIf(rule -> rest.equals("/" + rule.get("id")))
                    ? ok(row("id", rest.substring(1)))
                    : error(404, 113, "Invalid section provided", rest);
        }
        return error(405, 101, "No action provided", "method");
    }

    private Answer added(Object data) {
        if (!(data instanceof Map<?, ?> given)) {
            return error(422, 107, "Invalid structure", "data");
        }
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", "cfg" + String.format("%02x", ++count) + "3837");
        rule.put(".type", "redirect");
        given.forEach((name, value) -> rule.put(String.valueOf(name), value));
        if (rules.stream().anyMatch(other -> other.get("name").equals(rule.get("name")))) {
            return error(422, 103, "Configuration with name '" + rule.get("name") + "' already exists", "name");
        }
        boolean right = String.valueOf(rule.get("src_dport")).matches("[0-9]{1,5}(-[0-9]{1,5})?")
                && rule.get("src_dport") instanceof String
                && rule.get("proto") instanceof List<?>
                && String.valueOf(rule.get("dest_ip")).matches("[0-9]+(\\.[0-9]+){3}");
        if (!right) {
            return error(422, 103, "Invalid options", "src_dport");
        }
        rule.putIfAbsent("enabled", "0");
        rules.add(rule);
        return Answer.json(201, row("success", true, "data", rule));
    }

    private static Answer ok(Object data) {
        return Answer.json(200, row("success", true, "data", data));
    }

    private static Answer error(int status, int code, String text, String source) {
        return Answer.json(
                status, row("success", false, "errors", List.of(row("code", code, "error", text, "source", source))));
    }
}
