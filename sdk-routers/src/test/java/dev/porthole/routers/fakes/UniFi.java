package dev.porthole.routers.fakes;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A UniFi OS console with the Network application: a cookie and a token that changes with each write, two sites, rules with
 * several ports, and a limit for logins that says nothing of its time.
 */
public final class UniFi extends FakeRouter {
    private static final String PORTS = "[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?(,[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?){0,14}";
    private static final String API = "/proxy/network/api/s/";

    private String session = "";
    private String token = "";
    private boolean locked;
    private int count;

    /** A console with four rules. */
    public UniFi() throws IOException {
        super("unifi", "name");
        hold(rule("tcp", "2121", "192.168.1.5", "21", "ftp"));
        hold(rule("tcp_udp", "9000", "192.168.1.6", "9000", "Skype"));
        Map<String, Object> listed = rule("udp", "80,443,6000-6010", "192.168.1.6", "80,443,6000-6010", "game");
        listed.put("enabled", false);
        hold(listed);
        Map<String, Object> limited = rule("tcp", "3389", "192.168.1.6", "3389", "remote desk");
        limited.put("src", "198.51.100.0/24");
        limited.put("src_limiting_enabled", true);
        hold(limited);
    }

    private Map<String, Object> rule(String proto, String port, String host, String to, String name) {
        return row(
                "_id",
                String.format("%024x", 0x5f00 + count++),
                "site_id",
                "5e00",
                "name",
                name,
                "enabled",
                true,
                "pfwd_interface",
                "wan",
                "src",
                "any",
                "dst_port",
                port,
                "fwd",
                host,
                "fwd_port",
                to,
                "proto",
                proto,
                "log",
                false,
                "destination_ip",
                "any");
    }

    /** One rule has three ranges. */
    @Override
    public int listed() {
        return 6;
    }

    @Override
    public Optional<String> lockedFor() {
        return Optional.of("5 minutes");
    }

    @Override
    public synchronized void lock(Duration time) {
        locked = true;
    }

    @Override
    protected void endSessions() {
        session = "";
    }

    @Override
    public synchronized int sessions() {
        return session.isEmpty() ? 0 : 1;
    }

    @Override
    protected boolean counts(Call call) {
        return call.path().startsWith(API);
    }

    @Override
    Answer answered(Call call) {
        if (call.is("GET", "/")) {
            return Answer.html(200, "<!doctype html><html><head><title>UniFi OS</title></head></html>");
        }
        if (call.is("POST", "/api/auth/login")) {
            return login(call.json());
        }
        boolean known = !session.isEmpty() && call.cookie("TOKEN").equals(session);
        if (!known) {
            return error(401, "api.err.LoginRequired");
        }
        boolean reading = call.method().equals("GET");
        if (!reading && !call.header("X-CSRF-Token").equals(token)) {
            return Answer.json(401, row("code", "CSRF_TOKEN_IS_INVALID"));
        }
        if (call.is("POST", "/api/auth/logout")) {
            session = "";
            return Answer.json(200, row());
        }
        Answer answer = table(call);
        if (reading) {
            return answer;
        }
        token = "csrf-" + ++count;
        return answer.with("X-Updated-CSRF-Token", token);
    }

    private Answer login(Map<String, Object> account) {
        countLogin();
        if (locked) {
            return Answer.json(429, row("code", "AUTHENTICATION_FAILED_LIMIT_REACHED", "level", "debug"));
        }
        if (!USER.equals(account.get("username")) || !PASSWORD.equals(account.get("password"))) {
            return Answer.json(
                    403,
                    row(
                            "code",
                            "AUTHENTICATION_FAILED_INVALID_CREDENTIALS",
                            "message",
                            "Invalid username or password"));
        }
        session = "eyJ." + ++count + ".sig";
        token = "csrf-" + count;
        return Answer.json(200, row("username", USER))
                .with("Set-Cookie", "TOKEN=" + session + "; path=/; httponly")
                .with("X-CSRF-Token", token);
    }

    private Answer table(Call call) {
        if (!call.path().startsWith(API)) {
            return error(404, "api.err.NotFound");
        }
        if (!call.path().startsWith(API + "default/")) {
            return error(400, "api.err.NoSiteContext");
        }
        String rest = call.path().substring(API.length() + "default/".length());
        if (rest.equals("rest/portforward")) {
            return call.method().equals("GET") ? ok(rules) : added(call.json());
        }
        if (rest.startsWith("rest/portforward/") && call.method().equals("DELETE")) {
            String id = rest.substring("rest/portforward/".length());
            return rules.removeIf(rule -> id.equals(rule.get("_id"))) ? ok(List.of()) : error(400, "api.err.IdInvalid");
        }
        return error(404, "api.err.NotFound");
    }

    private Answer added(Map<String, Object> given) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("_id", String.format("%024x", 0x5f00 + count++));
        rule.put("site_id", "5e00");
        rule.putAll(given);
        boolean right = text(rule, "dst_port").matches(PORTS)
                && text(rule, "fwd_port").matches(PORTS)
                && text(rule, "fwd").matches("[0-9]+(\\.[0-9]+){3}")
                && text(rule, "name").length() <= 128
                && List.of("tcp", "udp", "tcp_udp").contains(text(rule, "proto"));
        if (!right) {
            return error(400, "api.err.InvalidPayload");
        }
        rules.add(rule);
        return ok(List.of(rule));
    }

    private static String text(Map<String, Object> rule, String name) {
        return rule.get(name) instanceof String value ? value : "";
    }

    private static Answer ok(List<?> data) {
        return Answer.json(200, row("meta", row("rc", "ok"), "data", data));
    }

    private static Answer error(int status, String message) {
        return Answer.json(status, row("meta", row("rc", "error", "msg", message), "data", List.of()));
    }
}
