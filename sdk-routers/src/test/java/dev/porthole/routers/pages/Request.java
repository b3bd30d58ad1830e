package dev.porthole.routers.pages;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request as a simulated router's pages see it. */
public record Request(
        String path, boolean post, Map<String, List<String>> fields, String cookie, String token, String referer) {
    static Map<String, List<String>> parse(String encoded, Charset charset) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.computeIfAbsent(URLDecoder.decode(pair.substring(0, equals), charset), name -> new ArrayList<>())
                        .add(URLDecoder.decode(pair.substring(equals + 1), charset));
            }
        }
        return fields;
    }

    static Map<String, List<String>> parts(String body, String boundary) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String part : body.split("--" + boundary)) {
            int name = part.indexOf("name=\"");
            int blank = part.indexOf("\r\n\r\n");
            if (name >= 0 && blank >= 0) {
                fields.computeIfAbsent(part.substring(name + 6, part.indexOf('"', name + 6)), key -> new ArrayList<>())
                        .add(part.substring(blank + 4, part.length() - 2));
            }
        }
        return fields;
    }

    String get(String name) {
        return fields.getOrDefault(name, List.of("")).get(0);
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }
}
