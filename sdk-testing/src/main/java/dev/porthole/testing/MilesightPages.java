package dev.porthole.testing;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a {@link SimulatedMilesight} answers. */
final class MilesightPages implements HttpHandler {
    private final SimulatedMilesight router;
    private final MilesightOptions options;

    MilesightPages(SimulatedMilesight router, MilesightOptions options) {
        this.router = router;
        this.options = options;
    }

    @Override
    public RecordedRequest understand(RecordedRequest request) {
        return request.understoodAs(kind(request), Map.of());
    }

    private String kind(RecordedRequest request) {
        return switch (request.target()) {
            case "/islogin" -> SimulatedMilesight.IDENTITY;
            case "/logout" -> SimulatedMilesight.LOGOUT;
            case "/cgi" -> {
                Map<String, Object> call = call(request);
                String core = String.valueOf(call.get("core"));
                String function = String.valueOf(call.get("function"));
                yield core.equals("user") && function.equals("login")
                        ? SimulatedMilesight.LOGIN
                        : core + ":" + name(function);
            }
            default -> RecordedRequest.OTHER;
        };
    }

    /** The function, under one name where it deletes on this firmware, and under none where it does on another. */
    private String name(String function) {
        boolean deletes = function.equals("delete") || function.equals("del");
        return !deletes ? function : function.equals(options.flavour.deleteFunction) ? "delete" : "unknown";
    }

    private static Map<String, Object> call(RecordedRequest request) {
        try {
            return JSON.std.mapFrom(request.body());
        } catch (IOException | RuntimeException e) {
            return Map.of();
        }
    }

    @Override
    public HttpReply answer(RecordedRequest request, boolean apply) {
        synchronized (router) {
            if (router.tooFast()) {
                return HttpReply.html(503, "Service Temporarily Unavailable", "<h1>503</h1>");
            }
            return switch (request.kind()) {
                case SimulatedMilesight.IDENTITY -> json("\"status\":0,\"result\":[{\"login\":\"false\"}]");
                case SimulatedMilesight.LOGIN -> apply ? login(request) : json("\"status\":-2");
                case SimulatedMilesight.LOGOUT -> logout(request, apply);
                case RecordedRequest.OTHER -> HttpReply.html(404, "Not Found", "<h1>404</h1>");
                default -> cgi(request, apply);
            };
        }
    }

    private HttpReply login(RecordedRequest request) {
        Object tried = router.login().tried(values(call(request)));
        if (!(tried instanceof MilesightLogin.Session session)) {
            return json(String.valueOf(tried));
        }
        boolean inCookie = options.flavour == MilesightFlavour.UR_3_0_8;
        String td = inCookie ? "" : ",\"td\":\"" + session.td() + "\"";
        HttpReply reply = json("\"status\":0,\"result\":[{\"ysrole\":4,\"ystimeout\":3600,\"ysexpires\":3599,"
                + "\"username\":\"" + options.user + "\"" + td + "}]");
        return inCookie ? reply.with("Set-Cookie", "td=" + session.td() + "; path=/") : reply;
    }

    private HttpReply logout(RecordedRequest request, boolean apply) {
        if (apply) {
            router.login().leave(request);
        }
        return json("\"status\":0");
    }

    private HttpReply cgi(RecordedRequest request, boolean apply) {
        if (!router.login().open(request)) {
            return json(options.flavour.noSession());
        }
        Map<String, Object> values = values(call(request));
        MilesightTable table = router.table();
        return switch (request.kind()) {
            case SimulatedMilesight.LIST -> list(values);
            case SimulatedMilesight.ADD -> done(apply, () -> table.add(values, own()));
            case SimulatedMilesight.DELETE -> done(apply, () -> table.delete(values.get("index")));
            case SimulatedMilesight.COMMIT -> {
                if (apply) {
                    table.commit();
                }
                yield json("\"status\":0,\"result\":[{\"reboot\":0}]");
            }
            case SimulatedMilesight.SECURITY -> get("yruo_firewall_security", options.security);
            case SimulatedMilesight.STATUS ->
                get(
                        "yruo_status_network",
                        options.externalAddress.isEmpty() ? Map.of() : Map.of("ip", options.externalAddress));
            default -> json("\"status\":-1");
        };
    }

    private Set<Integer> own() {
        return options.security.values().stream()
                .filter(Integer.class::isInstance)
                .map(Integer.class::cast)
                .collect(Collectors.toSet());
    }

    private HttpReply done(boolean apply, Runnable work) {
        if (apply) {
            work.run();
        }
        return json("\"status\":0,\"result\":[{}]");
    }

    private HttpReply list(Map<String, Object> values) {
        List<?> all = router.table().entries();
        Map<String, Object> result = new LinkedHashMap<>();
        if (options.pageSize == 0) {
            result.put("get", all);
        } else {
            int start = values.get("start") instanceof Integer from ? Math.min(Math.max(0, from), all.size()) : 0;
            result.put("count", all.size());
            result.put("get", all.subList(start, Math.min(all.size(), start + options.pageSize)));
        }
        return json("\"status\":0,\"result\":[" + text(result) + "]");
    }

    private HttpReply get(String type, Map<String, ?> value) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("type", type);
        entry.put("index", 1);
        entry.put("value", value);
        return json("\"status\":0,\"result\":[" + text(Map.of("get", List.of(entry))) + "]");
    }

    static String text(Object value) {
        try {
            return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(value);
        } catch (IOException e) {
            throw new IllegalStateException("maps of text and numbers can be written", e);
        }
    }

    private static Map<String, Object> values(Map<String, Object> call) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (call.get("values") instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> values.put(String.valueOf(name), value));
        }
        return values;
    }

    private HttpReply json(String rest) {
        String body = "{\"id\":\"1\",\"model\":\"" + options.flavour.model
                + "\",\"pn\":\"\",\"oem\":\"0000\",\"rtver\":\"" + options.flavour.firmware + "\"," + rest + "}";
        return HttpReply.html(200, "OK", body).with("Content-Type", "application/json");
    }
}
