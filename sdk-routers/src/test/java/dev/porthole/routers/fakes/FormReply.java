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

    /** Asks for the account of HTTP's Basic scheme. */
    static FormReply challenge(String realm, String body) {
        return new FormReply(
                401, Map.of("WWW-Authenticate", "Basic realm=\"" + realm + "\"", "Content-Type", "text/html"), body);
    }

    FormReply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new FormReply(status, more, body);
    }
}
