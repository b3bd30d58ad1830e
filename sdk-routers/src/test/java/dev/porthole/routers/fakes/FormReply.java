package dev.porthole.routers.fakes;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a simulated router answers. */
record FormReply(int status, Map<String, String> headers, String body) {
    /** The router ends the connection without a word. */
    static final FormReply NONE = new FormReply(0, Map.of(), "");

    static FormReply html(String body) {
        return new FormReply(200, Map.of("Content-Type", "text/html; charset=utf-8"), body);
    }

    static FormReply json(String body) {
        return new FormReply(200, Map.of("Content-Type", "application/json;charset=UTF-8"), body);
    }

    static FormReply challenge(String realm) {
        return new FormReply(
                401,
                Map.of("WWW-Authenticate", "Basic realm=\"" + realm + "\"", "Content-Type", "text/html"),
                "<html><head><title>Error</title></head><body><h2>401 Unauthorized</h2></body></html>");
    }

    FormReply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new FormReply(status, more, body);
    }
}
