package dev.porthole.routers.internal.milesight;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a router names the fields of a port mapping.
 *
 * @param sourceAddress who may connect; empty where rules have no such field
 * @param sourcePort the external port, on the router
 * @param destinationAddress the internal client
 * @param destinationPort the internal port
 * @param protocol the transport
 * @param description the rule's name; empty where rules have none
 * @param enabled whether the rule is on; empty where rules have no such field
 * @param template every other field and its value, and for the above values of the form that the router uses: numbers or
 *     digits, upper or lower case
 */
public record FieldNames(
        Optional<String> sourceAddress,
        String sourcePort,
        String destinationAddress,
        String destinationPort,
        String protocol,
        Optional<String> description,
        Optional<String> enabled,
        Map<String, Object> template) {
    /** Copies the template, whose values may be null. */
    public FieldNames {
        template = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(template));
    }

    /**
     * The style of a sibling page (UR35, firmware 35.3.0.10, inbound and outbound rules). Not verified for this page.
     *
     * @return names that may be wrong
     */
    public static FieldNames unverified() {
        return new FieldNames(
                Optional.of("source_ip"),
                "source_port",
                "target_ip",
                "target_port",
                "protocol",
                Optional.of("description"),
                Optional.empty(),
                Map.of("source_port", 0, "target_port", 0, "protocol", "TCP"));
    }

    /** The names that every rule has. */
    List<String> required() {
        return List.of(sourcePort, destinationAddress, destinationPort, protocol);
    }
}
