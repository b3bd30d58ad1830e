package dev.porthole.routers.internal.milesight;

import dev.porthole.SourcePolicy;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.TransportProtocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes rules under known field names. Source port is the external port, destination port the internal one
 * (the vendor's guide); a source of 0.0.0.0/0 means anyone.
 */
final class RuleForm {
    private static final String ANYONE = "0.0.0.0/0";

    private final FieldNames names;

    RuleForm(FieldNames names) {
        this.names = names;
    }

    /** What a rule says: one mapping, two where it holds for both transports, none where it cannot be read. */
    List<PortMapping> read(Map<String, Object> rule) {
        Optional<PortRange> external = Echo.ports(rule.get(names.sourcePort()));
        if (external.isEmpty()) {
            return List.of();
        }
        List<PortMapping> mappings = new ArrayList<>();
        for (TransportProtocol protocol : transports(rule.get(names.protocol()))) {
            mappings.add(new PortMapping(
                    protocol,
                    external.get(),
                    text(rule.get(names.destinationAddress())),
                    Echo.ports(rule.get(names.destinationPort()))
                            .map(PortRange::first)
                            .orElse(0),
                    names.sourceAddress().map(name -> source(rule.get(name))).orElse(""),
                    names.description().map(name -> text(rule.get(name))).orElse(""),
                    Optional.empty(),
                    names.enabled().map(name -> on(rule.get(name))).orElse(true)));
        }
        return mappings;
    }

    private static List<TransportProtocol> transports(@Nullable Object value) {
        String text = text(value).toLowerCase(Locale.ROOT);
        return switch (text) {
            case "tcp" -> List.of(TransportProtocol.TCP);
            case "udp" -> List.of(TransportProtocol.UDP);
            // An unknown transport may be any: its port is taken.
            default -> List.of(TransportProtocol.TCP, TransportProtocol.UDP);
        };
    }

    private static String source(@Nullable Object value) {
        String text = text(value);
        return text.equals(ANYONE) || text.equals("0.0.0.0") || text.equalsIgnoreCase("any") ? "" : text;
    }

    private static boolean on(@Nullable Object value) {
        return !String.valueOf(value).matches("0|false|off");
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value).strip();
    }

    /** A new rule, in the forms that the router's own rules have. Its index is null: the router chooses it. */
    Map<String, @Nullable Object> write(MappingRequest request) {
        Map<String, @Nullable Object> rule = new LinkedHashMap<>(names.template());
        names.sourceAddress().ifPresent(name -> rule.put(name, source(request.source())));
        rule.put(names.sourcePort(), like(names.sourcePort(), request.externalPort()));
        rule.put(names.destinationAddress(), request.internal().address().getHostAddress());
        rule.put(
                names.destinationPort(),
                like(names.destinationPort(), request.internal().port()));
        rule.put(names.protocol(), transport(request.protocol()));
        names.description().ifPresent(name -> rule.put(name, request.description()));
        names.enabled()
                .ifPresent(name -> rule.put(name, switchedOn(names.template().get(name))));
        rule.put("index", null);
        return rule;
    }

    private static String source(SourcePolicy policy) {
        return policy.isAnyone() ? ANYONE : policy.blocks().get(0).toString();
    }

    private Object like(String name, int port) {
        return names.template().get(name) instanceof String ? Integer.toString(port) : (Object) port;
    }

    private String transport(TransportProtocol protocol) {
        boolean lower = names.template().get(names.protocol()) instanceof String text
                && text.equals(text.toLowerCase(Locale.ROOT));
        return lower ? protocol.name().toLowerCase(Locale.ROOT) : protocol.name();
    }

    private static Object switchedOn(@Nullable Object pattern) {
        if (pattern instanceof Boolean) {
            return true;
        }
        return switch (String.valueOf(pattern)) {
            case "true", "false" -> "true";
            case "on", "off" -> "on";
            default -> pattern instanceof String ? "1" : (Object) 1;
        };
    }
}
