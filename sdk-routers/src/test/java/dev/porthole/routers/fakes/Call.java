package dev.porthole.routers.fakes;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request to a simulated router's machine interface. */
record Call(String method, URI uri, Headers headers, String body) {
    String path() {
        return uri.getPath();
    }

    boolean is(String wantedMethod, String wantedPath) {
        return method.equals(wantedMethod) && path().equals(wantedPath);
    }

    /** A header field, empty where it is missing. */
    String header(String name) {
        String value = headers.getFirst(name);
        return value == null ? "" : value;
    }

    /** A cookie, empty where it is missing. */
    String cookie(String name) {
        for (String part : header("Cookie").split(";", -1)) {
            if (part.strip().startsWith(name + "=")) {
                return part.strip().substring(name.length() + 1);
            }
        }
        return "";
    }

    /** The query's fields. */
    Map<String, String> query() {
        Map<String, String> fields = new LinkedHashMap<>();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    /** The body as a JSON object; an empty one where it is something else. */
    Map<String, Object> json() {
        try {
            return JSON.std.mapFrom(body);
        } catch (IOException | RuntimeException e) {
            return new LinkedHashMap<>();
        }
    }

    /** Whether a field of Basic authentication shows the account. */
    static boolean basic(String field) {
        String pair = FakeRouter.USER + ":" + FakeRouter.PASSWORD;
        return field.equals("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
}
