package dev.porthole.pcp.internal.wire;

import dev.porthole.mapping.TransportProtocol;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** What all messages of PCP share, RFC 6887 sections 7 and 19. */
public final class Pcp {
    /** The port of servers, and NAT-PMP's too. */
    public static final int SERVER_PORT = 5351;
    /** Where announcements go by multicast. */
    public static final int CLIENT_PORT = 5350;
    /** The longest message, section 7. */
    public static final int MAX_BYTES = 1100;

    static final int VERSION = 2;
    static final int RESPONSE = 0x80;
    static final int ANNOUNCE = 0;
    static final int MAP = 1;
    static final int THIRD_PARTY = 1;
    static final int PREFER_FAILURE = 2;
    static final int FILTER = 3;
    static final int HEADER_BYTES = 24;

    private Pcp() {}

    /**
     * An ANNOUNCE request, section 14.1: every server answers it, and nothing changes.
     *
     * @param client this host's address as the request's source shows it
     * @return the bytes
     */
    public static byte[] announce(InetAddress client) {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES);
        putHeader(out, ANNOUNCE, 0, client);
        return out.array();
    }

    static void putHeader(ByteBuffer out, int opcode, long lifetime, InetAddress client) {
        out.put((byte) VERSION).put((byte) opcode).putShort((short) 0).putInt((int) lifetime);
        Addresses.put(out, client);
    }

    /** The transport's number, IANA protocol numbers. */
    static int number(TransportProtocol protocol) {
        return switch (protocol) {
            case TCP -> 6;
            case UDP -> 17;
        };
    }
}
