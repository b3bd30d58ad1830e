package dev.porthole.pcp.internal.wire;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A reply, RFC 6887 sections 7.2 and 11.1.
 *
 * @param opcode what it replies to
 * @param code the result's number
 * @param lifetime seconds: of the mapping, or for which an error is to be believed; unsigned 32 bits
 * @param epoch the server's count of seconds, unsigned 32 bits
 * @param map what a reply to MAP says besides; empty for others
 */
public record PcpReply(int opcode, int code, long lifetime, long epoch, Optional<Mapped> map) {
    private static final int MAP_BYTES = 36;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    /**
     * What a reply to MAP says of the mapping. In an error all but the external port and address is the request's.
     *
     * @param nonce the request's nonce
     * @param protocol the transport's number
     * @param internalPort the request's internal port
     * @param externalPort the external port granted, 0 to 65535
     * @param external the external address granted
     */
    public record Mapped(Nonce nonce, int protocol, int internalPort, int externalPort, InetAddress external) {
        /**
         * Whether this replies to a request.
         *
         * @param request the request
         * @return true where nonce, transport and internal port are the same
         */
        public boolean repliesTo(MapRequest request) {
            return nonce.equals(request.nonce())
                    && protocol == Pcp.number(request.protocol())
                    && internalPort == request.internalPort();
        }
    }

    /**
     * Reads a datagram.
     *
     * @param bytes untrusted
     * @return the reply
     * @throws MalformedReplyException where it is none
     * @throws UnsupportedVersionException where the server says that it does not speak this version
     */
    public static PcpReply parse(byte[] bytes) throws MalformedReplyException, UnsupportedVersionException {
        checkVersion(bytes);
        if (bytes.length < Pcp.HEADER_BYTES || bytes.length > Pcp.MAX_BYTES || bytes.length % 4 != 0) {
            throw new MalformedReplyException(
                    "a PCP reply has 24 to 1100 bytes, in fours; this has " + bytes.length, bytes);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 2, bytes.length - 2);
        if ((bytes[1] & Pcp.RESPONSE) == 0) {
            throw new MalformedReplyException("this is a PCP request, not a reply", bytes);
        }
        int opcode = bytes[1] & 0x7F;
        in.get();
        int code = in.get() & 0xFF;
        long lifetime = in.getInt() & UNSIGNED;
        long epoch = in.getInt() & UNSIGNED;
        in.position(Pcp.HEADER_BYTES);
        Optional<Mapped> map = opcode == Pcp.MAP ? Optional.of(readMap(in, bytes)) : Optional.empty();
        return new PcpReply(opcode, code, lifetime, epoch, map);
    }

    /**
     * Servers of another version say so in that version's own format: NAT-PMP's (version 0) with a result of 16 bits, in
     * 4 bytes or 8; others in PCP's header.
     */
    private static void checkVersion(byte[] bytes) throws MalformedReplyException, UnsupportedVersionException {
        if (bytes.length < 4) {
            throw new MalformedReplyException("a reply has at least 4 bytes; this has " + bytes.length, bytes);
        }
        int version = bytes[0] & 0xFF;
        if (version == Pcp.VERSION && bytes[3] != PcpResult.UNSUPP_VERSION.ordinal()) {
            return;
        }
        boolean reply = (bytes[1] & Pcp.RESPONSE) != 0;
        boolean unsupported = reply && bytes[3] == PcpResult.UNSUPP_VERSION.ordinal();
        if (!unsupported) {
            throw new MalformedReplyException("version " + version + " is not PCP's", bytes);
        }
        throw new UnsupportedVersionException(version);
    }

    private static Mapped readMap(ByteBuffer in, byte[] bytes) throws MalformedReplyException {
        if (in.remaining() < MAP_BYTES) {
            throw new MalformedReplyException("a reply to MAP has at least 60 bytes; this has " + bytes.length, bytes);
        }
        Nonce nonce = Nonce.get(in);
        int protocol = in.get() & 0xFF;
        in.position(in.position() + 3);
        int internalPort = in.getShort() & 0xFFFF;
        int externalPort = in.getShort() & 0xFFFF;
        return new Mapped(nonce, protocol, internalPort, externalPort, Addresses.get(in));
    }

    /**
     * The result.
     *
     * @return the result, or empty where the RFC has none of this number
     */
    public Optional<PcpResult> result() {
        return PcpResult.of(code);
    }

    /**
     * Whether this replies to ANNOUNCE.
     *
     * @return true where it does
     */
    public boolean isAnnouncement() {
        return opcode == Pcp.ANNOUNCE;
    }

    /**
     * Whether the request was granted.
     *
     * @return true where it was
     */
    public boolean success() {
        return code == PcpResult.SUCCESS.ordinal();
    }
}
