package dev.porthole.mapping;

import java.util.Objects;

/**
 * A port that the router itself uses on its outside, so that no mapping may take it.
 *
 * @param protocol the transport
 * @param ports the port or ports
 * @param holder what uses them, for messages, for example {@code remote administration}
 */
public record ReservedPort(TransportProtocol protocol, PortRange ports, String holder) {
    /** Checks that nothing is missing. */
    public ReservedPort {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(ports, "ports");
        Objects.requireNonNull(holder, "holder");
    }
}
