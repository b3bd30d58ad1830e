package dev.porthole.routers.internal;

import dev.porthole.http.internal.HeaderFields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cookies of one session with one router. Domains and paths are not looked at: there is one host, and nothing else is
 * ever asked. Used by one thread at a time.
 */
final class Cookies {
    /** More than any router sets. */
    private static final int MOST = 32;

    private static final int MAX_LENGTH = 4096;

    private final Map<String, String> values = new LinkedHashMap<>();

    /** Keeps what a reply sets, and forgets what it ends. */
    void take(HeaderFields headers) {
        for (String field : headers.all("Set-Cookie")) {
            String[] parts = field.split(";", -1);
            int equals = parts[0].indexOf('=');
            if (equals > 0 && field.length() <= MAX_LENGTH) {
                String name = parts[0].substring(0, equals).strip();
                String value = parts[0].substring(equals + 1).strip();
                if (ends(parts)) {
                    values.remove(name);
                } else {
                    set(name, value);
                }
            }
        }
    }

    private static boolean ends(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].strip().toLowerCase(java.util.Locale.ROOT).matches("max-age\\s*=\\s*\"?(0|-[0-9]+)\"?")) {
                return true;
            }
        }
        return false;
    }

    void set(String name, String value) {
        if (values.containsKey(name) || values.size() < MOST) {
            values.put(name, value);
        }
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    void clear() {
        values.clear();
    }

    /** The field's value; empty where there are no cookies. */
    Optional<String> field() {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining("; ")));
    }
}
