package dev.porthole.routers.fakes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Linksys router with JNAP: every answer has status 200 and says in {@code result} what happened; the rules for single
 * ports are set all at once; those for ranges are a second table, whose ports collide with them.
 */
public final class LinksysJnap extends FakeRouter {
    private static final String PREFIX = "http://linksys.com/jnap/";
    private static final int MOST = 50;
    private static final int LONGEST = 32;

    private final List<Map<String, Object>> ranges = List.of(row(
            "isEnabled",
            true,
            "firstExternalPort",
            7000,
            "lastExternalPort",
            7010,
            "protocol",
            "Both",
            "internalServerIPAddress",
            "192.168.1.6",
            "description",
            "game"));

    /** A router with three single ports and a range. */
    public LinksysJnap() throws IOException {
        super("linksys-jnap", "description");
        hold(rule(2121, "TCP", "192.168.1.5", 21, "ftp", true));
        hold(rule(9000, "Both", "192.168.1.6", 9000, "Skype", true));
        Map<String, Object> extended = rule(3389, "TCP", "192.168.1.6", 3389, "remote desk", false);
        extended.put("schedule", "weekdays");
        hold(extended);
    }

    private static Map<String, Object> rule(
            int external, String protocol, String host, int internal, String text, boolean on) {
        return row(
                "isEnabled",
                on,
                "externalPort",
                external,
                "protocol",
                protocol,
                "internalServerIPAddress",
                host,
                "internalPort",
                internal,
                "description",
                text);
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
        return action(call).startsWith("firewall/");
    }

    private static String action(Call call) {
        String action = call.header("X-JNAP-Action");
        return action.startsWith(PREFIX) ? action.substring(PREFIX.length()) : "";
    }

    @Override
    Answer answered(Call call) {
        if (!call.is("POST", "/JNAP/")) {
            return Answer.html(404, "<html><body>404</body></html>");
        }
        if (action(call).equals("core/GetDeviceInfo")) {
            return ok(row("manufacturer", "Linksys", "modelNumber", "EA7500", "firmwareVersion", "2.0.8.199"));
        }
        String shown = call.header("X-JNAP-Authorization");
        if (!Call.basic(shown)) {
            if (!shown.isEmpty()) {
                countLogin();
            }
            return result("_ErrorUnauthorized");
        }
        return switch (action(call)) {
            case "core/CheckAdminPassword" -> result("OK");
            case "firewall/GetSinglePortForwardingRules" ->
                ok(row("rules", rules, "maxDescriptionLength", LONGEST, "maxRules", MOST));
            case "firewall/GetPortRangeForwardingRules" ->
                ok(row("rules", ranges, "maxDescriptionLength", LONGEST, "maxRules", 25));
            case "firewall/SetSinglePortForwardingRules" -> set(call.json().get("rules"));
            case "router/GetWANStatus" ->
                ok(row("wanStatus", "Connected", "wanConnection", row("ipAddress", "203.0.113.9")));
            default -> result("_ErrorUnknownAction");
        };
    }

    private Answer set(Object given) {
        if (!(given instanceof List<?> all)) {
            return result("_ErrorInvalidInput");
        }
        if (all.size() > MOST) {
            return result("ErrorTooManyRules");
        }
        List<Map<String, Object>> wanted = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        for (int port = 7000; port <= 7010; port++) {
            taken.add("TCP" + port);
            taken.add("UDP" + port);
        }
        for (Object each : all) {
            Map<String, Object> rule = new LinkedHashMap<>();
            if (each instanceof Map<?, ?> fields) {
                fields.forEach((name, value) -> rule.put(String.valueOf(name), value));
            }
            String problem = problem(rule, taken);
            if (!problem.isEmpty()) {
                return result(problem);
            }
            wanted.add(rule);
        }
        rules.clear();
        rules.addAll(wanted);
        return ok(row());
    }

    private static String problem(Map<String, Object> rule, List<String> taken) {
        boolean typed = rule.get("isEnabled") instanceof Boolean
                && rule.get("externalPort") instanceof Integer
                && rule.get("internalPort") instanceof Integer
                && rule.get("description") instanceof String
                && List.of("TCP", "UDP", "Both").contains(String.valueOf(rule.get("protocol")));
        if (!typed) {
            return "_ErrorInvalidInput";
        }
        if (!String.valueOf(rule.get("internalServerIPAddress")).matches("192\\.168\\.1\\.[0-9]+")) {
            return "ErrorInvalidInternalServerIPAddress";
        }
        if (String.valueOf(rule.get("description")).length() > LONGEST) {
            return "ErrorDescriptionTooLong";
        }
        List<String> transports =
                rule.get("protocol").equals("Both") ? List.of("TCP", "UDP") : List.of((String) rule.get("protocol"));
        for (String transport : transports) {
            String port = transport + rule.get("externalPort");
            if (taken.contains(port)) {
                return "ErrorRulesOverlap";
            }
            taken.add(port);
        }
        return "";
    }

    private static Answer ok(Map<String, Object> output) {
        return Answer.json(200, row("result", "OK", "output", output));
    }

    private static Answer result(String result) {
        return Answer.json(200, row("result", result));
    }
}
