package dev.porthole.routers.fakes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * OPNsense 26 and its {@code d_nat} interface: a search answers flat names ({@code destination.port}) where an addition
 * takes nested ones and drops flat ones in silence; rows that no rule is stand before the rules on every page; an error is
 * told with status 200; nothing works before it is applied.
 */
public final class OpnSense extends FakeRouter {
    private static final String API = "/api/firewall/d_nat/";
    private static final String PORT = "[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?";

    private List<Map<String, Object>> inEffect = new ArrayList<>();
    private int next = 1;

    /** A firewall with four rules: one off, one whose port is an alias. */
    public OpnSense() throws IOException {
        super("opnsense", "descr");
        hold(rule("tcp", "2121", "192.168.1.5", "21", "ftp"));
        hold(rule("tcp/udp", "9000", "192.168.1.6", "9000", "Skype"));
        Map<String, Object> off = rule("udp", "6000-6010", "192.168.1.6", "6000", "game");
        off.put("disabled", "1");
        hold(off);
        Map<String, Object> alias = rule("tcp", "WEB_PORTS", "192.168.1.8", "WEB_PORTS", "web");
        alias.put(
                "alias_meta_destination.port",
                List.of(row("value", "WEB_PORTS", "isAlias", true, "summary", "<strong>web</strong><br/>80<br/>443")));
        hold(alias);
        inEffect = held();
    }

    private Map<String, Object> rule(String protocol, String port, String target, String localPort, String descr) {
        return row(
                "uuid",
                new UUID(0x1234_0000_4000L << 16, next).toString(),
                "sequence",
                String.valueOf(next++ * 100),
                "disabled",
                "0",
                "nordr",
                "0",
                "interface",
                "wan",
                "%interface",
                "WAN",
                "ipprotocol",
                "inet",
                "protocol",
                protocol,
                "source.network",
                "",
                "source.port",
                "",
                "source.not",
                "0",
                "destination.network",
                "wanip",
                "destination.port",
                port,
                "target",
                target,
                "local-port",
                localPort,
                "log",
                "0",
                "descr",
                descr,
                "natreflection",
                "",
                "pass",
                "pass");
    }

    /** What the packet filter does: the rules of the last apply that are on and pass. */
    public synchronized List<String> working() {
        return inEffect.stream()
                .filter(rule ->
                        rule.get("disabled").equals("0") && !rule.get("pass").equals(""))
                .map(rule -> String.valueOf(rule.get("descr")))
                .toList();
    }

    /** What an alias holds is not known. */
    @Override
    public int listed() {
        return 3;
    }

    @Override
    public boolean keepsSessions() {
        return false;
    }

    @Override
    public Optional<String> lockedFor() {
        return Optional.empty();
    }

    @Override
    protected boolean counts(Call call) {
        return call.path().startsWith(API);
    }

    @Override
    Answer answered(Call call) {
        if (!call.path().startsWith("/api/")) {
            return Answer.html(200, "<html><head><title>Login | OPNsense</title></head><body></body></html>");
        }
        String shown = call.header("Authorization");
        if (!Call.basic(shown)) {
            if (!shown.isEmpty()) {
                countLogin();
            }
            return Answer.json(401, row("status", 401, "message", "Authentication Failed"));
        }
        if (!call.path().startsWith(API)) {
            return Answer.json(404, row("errorMessage", "Endpoint not found"));
        }
        String action = call.path().substring(API.length());
        if (action.equals("search_rule")) {
            return Answer.json(200, page(call));
        }
        if (!call.method().equals("POST")) {
            return action.equals("apply") ? Answer.json(200, row("status", "error")) : failed();
        }
        if (action.startsWith("del_rule/")) {
            boolean gone = rules.removeIf(rule -> action.endsWith("/" + rule.get("uuid")));
            return Answer.json(200, row("result", gone ? "deleted" : "not found"));
        }
        return switch (action) {
            case "add_rule" -> added(call.json().get("rule"));
            case "apply" -> {
                inEffect = held();
                yield Answer.json(200, row("status", "OK\n\n"));
            }
            default -> Answer.json(404, row("errorMessage", "Endpoint not found"));
        };
    }

    private Map<String, Object> page(Call call) {
        Map<String, Object> asked = call.method().equals("POST") ? call.json() : row();
        int count = number(asked.get("rowCount"), -1);
        int from = count <= 0 ? 0 : Math.min(rules.size(), (number(asked.get("current"), 1) - 1) * count);
        int to = count <= 0 ? rules.size() : Math.min(rules.size(), from + count);
        List<Map<String, Object>> rows = new ArrayList<>(rules.subList(from, to));
        for (int i = 0; i < 2; i++) {
            rows.add(
                    0,
                    row(
                            "uuid",
                            "lockout_" + i,
                            "protocol",
                            "tcp",
                            "disabled",
                            "0",
                            "nordr",
                            "1",
                            "interface",
                            "lan",
                            "destination.network",
                            "lanip",
                            "destination.port",
                            i == 0 ? "443" : "22",
                            "descr",
                            "Anti-Lockout Rule",
                            "is_automatic",
                            true));
        }
        return row("total", rules.size(), "rowCount", to - from, "current", 1, "rows", rows);
    }

    private static int number(Object value, int otherwise) {
        return value instanceof Number number ? number.intValue() : otherwise;
    }

    private Answer added(Object given) {
        if (!(given instanceof Map<?, ?> fields)) {
            return failed();
        }
        Map<String, Object> rule = rule("", "", "", "", "");
        rule.put("pass", "");
        rule.put("interface", "");
        rule.put("destination.network", "");
        // Only what the model knows is taken, nested as the model is.
        flat("", fields).forEach((name, value) -> rule.computeIfPresent(name, (key, old) -> value));
        Map<String, Object> wrong = new LinkedHashMap<>();
        String port = String.valueOf(rule.get("destination.port"));
        if (!port.isEmpty() && !ports(port)) {
            wrong.put("rule.destination.port", "Please specify a valid port number, well-known name, alias or range.");
        }
        String local = String.valueOf(rule.get("local-port"));
        if (!local.isEmpty() && !(ports(local) && local.matches("[0-9]+"))) {
            wrong.put("rule.local-port", "Please specify a valid port number or alias.");
        }
        if (!List.of("wan", "lan").contains(String.valueOf(rule.get("interface")))) {
            wrong.put("rule.interface", "Option not in list.");
        }
        if (!wrong.isEmpty()) {
            return Answer.json(200, row("result", "failed", "validations", wrong));
        }
        rules.add(rule);
        return Answer.json(200, row("result", "saved", "uuid", rule.get("uuid")));
    }

    private static boolean ports(String text) {
        return text.matches(PORT)
                && List.of(text.split("-")).stream().allMatch(part -> Integer.parseInt(part) <= 65_535);
    }

    private static Map<String, Object> flat(String prefix, Map<?, ?> fields) {
        Map<String, Object> flat = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (String.valueOf(name).indexOf('.') >= 0) {
                return;
            }
            if (value instanceof Map<?, ?> nested) {
                flat.putAll(flat(prefix + name + ".", nested));
            } else {
                flat.put(prefix + name, String.valueOf(value));
            }
        });
        return flat;
    }

    private static Answer failed() {
        return Answer.json(200, row("result", "failed"));
    }
}
