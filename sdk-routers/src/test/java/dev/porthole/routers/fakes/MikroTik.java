package dev.porthole.routers.fakes;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * RouterOS 7 with its REST interface: the NAT table holds rows of every kind, values are text whatever they are, ids are
 * hexadecimal and never used twice, an interface list that does not exist is refused.
 */
public final class MikroTik extends FakeRouter {
    private static final String TABLE = "/rest/ip/firewall/nat";
    private static final Set<String> FIELDS = Set.of(
            "chain",
            "action",
            "protocol",
            "dst-port",
            "src-port",
            "dst-address",
            "src-address",
            "in-interface",
            "in-interface-list",
            "out-interface-list",
            "to-addresses",
            "to-ports",
            "comment",
            "disabled",
            "log",
            "log-prefix");

    private int lastId = 0x10;

    /** A router with the rows that its default configuration, its owner, and UPnP made. */
    public MikroTik() throws IOException {
        super("mikrotik", "comment");
        hold(row(
                ".id",
                "*1",
                "chain",
                "srcnat",
                "action",
                "masquerade",
                "out-interface-list",
                "WAN",
                "ipsec-policy",
                "out,none",
                "comment",
                "defconf: masquerade",
                "bytes",
                "4711",
                "disabled",
                "false",
                "dynamic",
                "false",
                "invalid",
                "false"));
        hold(forward("*2", "tcp", "2121", "192.168.1.5", "21", "ftp"));
        hold(forward("*3", "tcp", "9000", "192.168.1.6", "9000", "Skype"));
        hold(forward("*4", "tcp", "3000-3010,4000", "192.168.1.6", "", "game"));
        hold(row(
                ".id",
                "*5",
                "chain",
                "dstnat",
                "action",
                "redirect",
                "protocol",
                "udp",
                "dst-port",
                "53",
                "to-ports",
                "53",
                "in-interface-list",
                "LAN",
                "disabled",
                "false",
                "dynamic",
                "false",
                "invalid",
                "false"));
        Map<String, Object> upnp = forward("*7", "udp", "51413", "192.168.1.9", "51413", "upnp 192.168.1.9: torrent");
        upnp.put("dynamic", "true");
        hold(upnp);
        Map<String, Object> off = forward("*A", "tcp", "3389", "192.168.1.6", "3389", "remote desk");
        off.put("disabled", "true");
        off.put("src-address", "198.51.100.0/24");
        hold(off);
    }

    private static Map<String, Object> forward(
            String id, String protocol, String ports, String host, String toPorts, String comment) {
        Map<String, Object> row = row(".id", id, "chain", "dstnat", "action", "dst-nat");
        row.put("protocol", protocol);
        row.put("dst-port", ports);
        row.put("in-interface-list", "WAN");
        row.put("to-addresses", host);
        if (!toPorts.isEmpty()) {
            row.put("to-ports", toPorts);
        }
        row.put("comment", comment);
        row.put("bytes", "0");
        row.put("packets", "0");
        row.put("log", "false");
        row.put("log-prefix", "");
        row.put("disabled", "false");
        row.put("dynamic", "false");
        row.put("invalid", "false");
        return row;
    }

    /** Two of the seven rows are no forwarding, one has two ranges. */
    @Override
    public int listed() {
        return 6;
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
        return call.path().startsWith(TABLE);
    }

    @Override
    Answer answered(Call call) {
        if (!call.path().startsWith("/rest")) {
            return Answer.html(200, "<html><head><title>RouterOS</title></head><body>WebFig</body></html>");
        }
        String shown = call.header("Authorization");
        if (!Call.basic(shown)) {
            if (!shown.isEmpty()) {
                countLogin();
            }
            return error(401, "Unauthorized", "").with("WWW-Authenticate", "Basic realm=\"RouterOS\"");
        }
        if (call.is("GET", "/rest/system/resource")) {
            return Answer.json(
                    200, row("board-name", "hAP ax^2", "platform", "MikroTik", "version", "7.15.3 (stable)"));
        }
        return call.path().startsWith(TABLE) ? table(call) : error(404, "Not Found", "");
    }

    private Answer table(Call call) {
        String rest = call.path().substring(TABLE.length());
        return switch (call.method()) {
            case "GET" ->
                Answer.json(
                        200,
                        rules.stream().filter(row -> asked(row, call.query())).toList());
            case "PUT" -> rest.isEmpty() ? added(call.json(), true) : error(400, "Bad Request", "");
            case "DELETE" -> removed(rest.substring(1));
            case "POST" ->
                switch (rest) {
                    case "/add" -> added(call.json(), false);
                    case "/remove" -> removed(String.valueOf(call.json().get(".id")));
                    default -> error(400, "Bad Request", "no such command");
                };
            default -> error(405, "Method Not Allowed", "");
        };
    }

    private static boolean asked(Map<String, Object> row, Map<String, String> query) {
        return query.entrySet().stream().allMatch(each -> each.getValue().equals(row.get(each.getKey())));
    }

    private Answer added(Map<String, Object> given, boolean whole) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(".id", "*" + Integer.toHexString(++lastId).toUpperCase(java.util.Locale.ROOT));
        for (Map.Entry<String, Object> field : given.entrySet()) {
            if (!FIELDS.contains(field.getKey())) {
                return error(400, "Bad Request", "unknown parameter " + field.getKey());
            }
            row.put(field.getKey(), String.valueOf(field.getValue()));
        }
        String problem = problem(row);
        if (!problem.isEmpty()) {
            return error(400, "Bad Request", problem);
        }
        row.putIfAbsent("disabled", "false");
        row.put("dynamic", "false");
        row.put("invalid", "false");
        rules.add(row);
        return whole ? Answer.json(201, row) : Answer.json(200, Map.of("ret", row.get(".id")));
    }

    private static String problem(Map<String, Object> row) {
        if (!row.containsKey("chain")) {
            return "missing value(s) of argument(s) chain";
        }
        if (!List.of("WAN", "LAN").contains(String.valueOf(row.getOrDefault("in-interface-list", "WAN")))) {
            return "input does not match any value of interface-list";
        }
        if (row.containsKey("src-address") && row.get("src-address").equals("")) {
            return "value of src-address expects range of ip addresses";
        }
        boolean ports = row.containsKey("dst-port") || row.containsKey("to-ports");
        boolean transport = List.of("tcp", "udp").contains(String.valueOf(row.get("protocol")));
        return ports && !transport ? "ports can be specified if proto is tcp,udp" : "";
    }

    private Answer removed(String id) {
        Optional<Map<String, Object>> row =
                rules.stream().filter(each -> id.equals(each.get(".id"))).findFirst();
        if (row.isEmpty()) {
            return error(404, "Not Found", "");
        }
        if ("true".equals(row.get().get("dynamic"))) {
            return error(400, "Bad Request", "can not remove dynamic rule");
        }
        rules.remove(row.get());
        return new Answer(204, List.of(), "");
    }

    private static Answer error(int status, String message, String detail) {
        Map<String, Object> body = row("error", status, "message", message);
        if (!detail.isEmpty()) {
            body.put("detail", detail);
        }
        return Answer.json(status, body);
    }
}
