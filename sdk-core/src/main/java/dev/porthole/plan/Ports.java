package dev.porthole.plan;

import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.TransportProtocol;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Port numbers of which each can be given once: those of the gateway, or those of an internal client's IPv6 address, which
 * is not translated.
 *
 * @param protocol the transport
 * @param address the IPv6 address; empty for the gateway
 */
record Ports(TransportProtocol protocol, Optional<InetAddress> address) {
    private static final Ports TCP = new Ports(TransportProtocol.TCP, Optional.empty());
    private static final Ports UDP = new Ports(TransportProtocol.UDP, Optional.empty());

    static Ports ofGateway(TransportProtocol protocol) {
        return switch (protocol) {
            case TCP -> TCP;
            case UDP -> UDP;
        };
    }

    static Ports of(PlanItem item) {
        return of(item.protocol(), item.internal().address());
    }

    static Ports of(LedgerEntry entry) {
        return of(entry.protocol(), entry.internal().address());
    }

    /** Lists are long, and most of what is in them is IPv4: only with a colon is the client worth reading. */
    static Ports of(PortMapping mapping) {
        return mapping.internalClient().indexOf(':') < 0
                ? ofGateway(mapping.protocol())
                : IpLiteral.parse(mapping.internalClient())
                        .map(client -> of(mapping.protocol(), client))
                        .orElse(ofGateway(mapping.protocol()));
    }

    private static Ports of(TransportProtocol protocol, InetAddress internal) {
        return internal instanceof Inet6Address ? new Ports(protocol, Optional.of(internal)) : ofGateway(protocol);
    }

    boolean ofGateway() {
        return address.isEmpty();
    }
}
