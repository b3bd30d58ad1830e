package dev.porthole.pcp.internal.wire;

import dev.porthole.mapping.TransportProtocol;
import java.nio.ByteBuffer;

/** The requests of NAT-PMP, RFC 6886 sections 3.2 and 3.3. */
public final class NatPmp {
    static final int EXTERNAL_ADDRESS = 0;
    static final int RESPONSE = 0x80;

    private static final int MAP_BYTES = 12;

    private NatPmp() {}

    /**
     * Asks for the external address.
     *
     * @return the bytes
     */
    public static byte[] addressRequest() {
        return new byte[] {0, EXTERNAL_ADDRESS};
    }

    /**
     * Asks for a mapping to this host.
     *
     * @param protocol the transport
     * @param internalPort the internal port, 1 to 65535
     * @param externalPort the external port suggested; 0 to release
     * @param lifetime seconds, unsigned 32 bits; 0 to release
     * @return the bytes
     */
    public static byte[] mapRequest(TransportProtocol protocol, int internalPort, int externalPort, long lifetime) {
        return ByteBuffer.allocate(MAP_BYTES)
                .put((byte) 0)
                .put((byte) opcode(protocol))
                .putShort((short) 0)
                .putShort((short) internalPort)
                .putShort((short) externalPort)
                .putInt((int) lifetime)
                .array();
    }

    static int opcode(TransportProtocol protocol) {
        return switch (protocol) {
            case UDP -> 1;
            case TCP -> 2;
        };
    }
}
