package dev.porthole.routers.profiles;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** OpenWrt's JSON-RPC: sessions of rpcd, with changes that are staged in the session until they are applied. */
public final class FakeOpenWrt extends FakeRouter {
    private static final String NOBODY = "00000000000000000000000000000000";

    private List<Map<String, Object>> committed = new ArrayList<>();
    private final Map<String, List<Map<String, Object>>> sessions = new HashMap<>();
    private final String password;
    private boolean pending;
    private int next;

    public FakeOpenWrt(String password) throws IOException {
        this.password = password;
        redirect("ftp", "21", "192.168.1.5", "21", "tcp");
        redirect("Skype \"x\" <&>", "9000", "192.168.1.6", "9000", List.of("tcp", "udp"));
        Map<String, Object> odd = redirect("späte Regel", "3389-3391", "192.168.1.6", "3389", "tcp");
        odd.put("reflection", "0");
        odd.put("enabled", "0");
    }

    private Map<String, Object> redirect(String name, String port, String host, String to, Object protocol) {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("name", name);
        section.put("target", "DNAT");
        section.put("src", "wan");
        section.put("src_dport", port);
        section.put("dest_ip", host);
        section.put("dest_port", to);
        section.put("proto", protocol);
        committed.add(section);
        return section;
    }

    /** Adds a rule of somebody else that forwards all ports, as one without a port does. */
    public synchronized void forwardAll(String host) {
        redirect("dmz", "", host, "", List.of("tcp", "udp")).keySet().removeAll(List.of("src_dport", "dest_port"));
    }

    /** The rules as the last session sees them. */
    public synchronized List<Map<String, Object>> rules() {
        return sessions.values().stream()
                .filter(staged -> !staged.equals(committed))
                .findFirst()
                .orElse(committed);
    }

    /** The rules that outlast every session. */
    public synchronized List<Map<String, Object>> lasting() {
        return List.copyOf(committed);
    }

    /** Somebody else's changes wait for their confirmation: until then nothing is applied, and nothing said of it. */
    public synchronized void pending(boolean value) {
        pending = value;
    }

    public synchronized int sessions() {
        return sessions.size();
    }

    @Override
    protected void endSessions() {
        sessions.clear();
    }

    @Override
    protected Runnable undo() {
        List<Map<String, Object>> before = List.copyOf(committed);
        Map<String, List<Map<String, Object>>> staged = new HashMap<>();
        sessions.forEach((id, view) -> staged.put(id, List.copyOf(view)));
        return () -> {
            committed = new ArrayList<>(before);
            staged.forEach((id, view) -> sessions.replace(id, new ArrayList<>(view)));
        };
    }

    @Override
    protected boolean counts(Ask ask) {
        return ask.path().equals("/ubus") && !ask.body().contains("\"session\"");
    }

    @Override
    protected Answer answer(Ask ask) {
        if (!ask.path().equals("/ubus")) {
            return Answer.of(
                    200,
                    "text/html",
                    "<meta http-equiv=refresh content='0; URL=/cgi-bin/luci/'>"
                            + "<a href=/cgi-bin/luci/>LuCI - Lua Configuration Interface</a>");
        }
        try {
            Map<String, Object> call = JSON.std.mapFrom(ask.body());
            List<?> params = (List<?>) call.get("params");
            return Answer.json(JSON.std
                    .with(JSON.Feature.WRITE_NULL_PROPERTIES)
                    .asString(reply(call, (String) params.get(0), params.get(1) + "." + params.get(2), (Map<?, ?>)
                            params.get(3))));
        } catch (IOException | RuntimeException e) {
            return Answer.json("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"Parse error\"}}");
        }
    }

    private Map<String, Object> reply(Map<String, Object> call, String sid, String method, Map<?, ?> args) {
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("jsonrpc", "2.0");
        reply.put("id", call.get("id"));
        if (!sid.equals(NOBODY) && !sessions.containsKey(sid)
                || sid.equals(NOBODY) && !method.equals("session.login")) {
            reply.put("error", Map.of("code", -32002, "message", "Access denied"));
            return reply;
        }
        reply.put("result", result(sid, method, args));
        return reply;
    }

    private List<Object> result(String sid, String method, Map<?, ?> args) {
        return switch (method) {
            case "session.login" -> login(args);
            case "session.destroy" -> {
                sessions.remove(sid);
                yield List.of(0);
            }
            case "uci.get" -> List.of(0, Map.of("values", listed(sessions.get(sid))));
            case "uci.add" -> add(sessions.get(sid), (Map<?, ?>) args.get("values"));
            case "uci.delete" -> delete(sessions.get(sid), String.valueOf(args.get("section")));
            case "uci.apply" -> apply(sid);
            case "uci.changes" ->
                List.of(
                        0,
                        Map.of("changes", sessions.get(sid).equals(committed) ? List.of() : List.of(List.of("add"))));
            case "network.interface.wan.status" ->
                List.of(0, Map.of("ipv4-address", List.of(Map.of("address", "203.0.113.9", "mask", 24))));
            default -> List.of(3);
        };
    }

    private List<Object> login(Map<?, ?> args) {
        countLogin();
        if (!"root".equals(args.get("username")) || !password.equals(args.get("password"))) {
            return List.of(6);
        }
        String sid = String.format("%032x", ++next);
        sessions.put(sid, new ArrayList<>(committed));
        return List.of(0, Map.of("ubus_rpc_session", sid, "timeout", 300));
    }

    /** Names of sections are made of their position, so that they are reused. */
    private static Map<String, Object> listed(List<Map<String, Object>> sections) {
        Map<String, Object> values = new TreeMap<>();
        for (int i = 0; i < sections.size(); i++) {
            Map<String, Object> section = new LinkedHashMap<>();
            section.put(".anonymous", true);
            section.put(".type", "redirect");
            section.put(".name", id(i));
            section.put(".index", i);
            section.putAll(sections.get(i));
            values.put(id(i), section);
        }
        return values;
    }

    private static String id(int index) {
        return String.format("cfg%02d3837", index);
    }

    private static List<Object> add(List<Map<String, Object>> sections, Map<?, ?> values) {
        Map<String, Object> section = new LinkedHashMap<>();
        values.forEach((name, value) -> section.put(String.valueOf(name), value));
        sections.add(section);
        return List.of(0, Map.of("section", id(sections.size() - 1)));
    }

    private static List<Object> delete(List<Map<String, Object>> sections, String id) {
        for (int i = 0; i < sections.size(); i++) {
            if (id(i).equals(id)) {
                sections.remove(i);
                return List.of(0);
            }
        }
        return List.of(4);
    }

    private List<Object> apply(String sid) {
        if (pending) {
            return List.of(0);
        }
        if (sessions.get(sid).equals(committed)) {
            return List.of(5);
        }
        committed = new ArrayList<>(sessions.get(sid));
        return List.of(0);
    }
}
