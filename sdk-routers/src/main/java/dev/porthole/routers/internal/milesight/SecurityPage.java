package dev.porthole.routers.internal.milesight;

import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.ReservedPort;
import dev.porthole.mapping.TransportProtocol;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ports of the router's own services, from its page Network &gt; Firewall &gt; Security. Its fields are not public: a
 * field counts where its name, or a name beside it, is that of a service, and its value is a port.
 */
final class SecurityPage {
    /** The longer names first: "https" contains "http". */
    private static final List<String> SERVICES = List.of("https", "http", "ssh", "telnet");

    private static final int MOST_FIELDS = 500;
    /** Of a field within objects; no page nests deep, and longer ones cost time. */
    private static final int LONGEST_PATH = 200;

    private SecurityPage() {}

    /** The ports that can be told; none where the page cannot be read. */
    static Set<ReservedPort> ports(List<Object> entries) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            flatten("", CgiReply.map(entries.get(i)).get("value"), fields);
            rows("", CgiReply.map(entries.get(i)).get("value"), fields, i);
        }
        Set<ReservedPort> ports = new LinkedHashSet<>();
        fields.forEach((name, value) -> service(name)
                .ifPresent(service -> Echo.ports(value)
                        .filter(range -> range.size() == 1)
                        .ifPresent(port -> ports.add(reserved(service, port)))));
        return Set.copyOf(ports);
    }

    private static ReservedPort reserved(String service, PortRange port) {
        return new ReservedPort(
                TransportProtocol.TCP,
                port,
                "its own " + service.toUpperCase(Locale.ROOT)
                        + " service, which can be moved under Network > Firewall > Security");
    }

    private static Optional<String> service(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("port")
                ? SERVICES.stream().filter(lower::contains).findFirst()
                : Optional.empty();
    }

    private static void flatten(String path, @Nullable Object value, Map<String, Object> fields) {
        if (path.length() > LONGEST_PATH || fields.size() >= MOST_FIELDS) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> {
                if (String.valueOf(name).length() <= LONGEST_PATH) {
                    flatten(path + name + ".", inner, fields);
                }
            });
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> {
                flatten(path, inner, fields);
                rows(path, inner, fields, fields.size());
            });
        } else if (value != null) {
            fields.put(path, value);
        }
    }

    /** A row such as {@code {"service":"HTTPS","port":443}}. */
    private static void rows(String path, @Nullable Object value, Map<String, Object> fields, int number) {
        Map<String, Object> row = CgiReply.map(value);
        Object port = row.get("port");
        if (port == null || fields.size() >= MOST_FIELDS) {
            return;
        }
        row.values().stream()
                .filter(v -> v instanceof String text && SERVICES.contains(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .ifPresent(service -> fields.put(path + number + "." + service + ".port", port));
    }
}
