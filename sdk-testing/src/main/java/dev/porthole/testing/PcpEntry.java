package dev.porthole.testing;

import java.net.InetAddress;
import java.util.List;

/**
 * A mapping that a {@link FakePcpServer} holds.
 *
 * @param protocol the transport's number, 6 for TCP and 17 for UDP
 * @param externalPort the external port
 * @param internal the internal client
 * @param internalPort the internal port
 * @param lifetime seconds granted
 * @param nonce PCP's nonce in hexadecimal; empty for NAT-PMP
 * @param filters who may connect, as {@code address/prefix length}; empty for anyone
 */
public record PcpEntry(
        int protocol,
        int externalPort,
        InetAddress internal,
        int internalPort,
        long lifetime,
        String nonce,
        List<String> filters) {
    /** Copies the list. */
    public PcpEntry {
        filters = List.copyOf(filters);
    }
}
