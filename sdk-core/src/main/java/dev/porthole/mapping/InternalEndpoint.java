package dev.porthole.mapping;

import java.net.InetAddress;
import java.util.Objects;

/**
 * Where traffic is to arrive on the LAN: the internal client and its internal port. They travel together, so that an
 * internal port is never taken for an external one.
 *
 * @param address the internal client's address
 * @param port the internal port, 1 to 65535
 */
public record InternalEndpoint(InetAddress address, int port) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where the port is out of range
     */
    public InternalEndpoint {
        Objects.requireNonNull(address, "address");
        PortRange.checkPort(port);
    }

    /** {@code 192.168.69.110:554}, IPv6 addresses in brackets. */
    @Override
    public String toString() {
        String host = address.getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
