package dev.porthole.pcp.internal.wire;

import dev.porthole.mapping.TransportProtocol;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A reply, RFC 6886 sections 3.2, 3.3 and 3.5.
 *
 * @param opcode what it replies to
 * @param code the result's number
 * @param epoch seconds since the gateway's state was set up, unsigned 32 bits
 * @param external the external address; empty unless it was asked for and told
 * @param map what was mapped; empty unless that was asked for and granted
 */
public record NatPmpReply(int opcode, int code, long epoch, Optional<InetAddress> external, Optional<Mapped> map) {
    /** Version, opcode, result and time: an error need not have more. */
    private static final int ERROR_BYTES = 8;

    private static final int ADDRESS_BYTES = 12;
    private static final int MAP_BYTES = 16;
    /** Room for what a careless gateway sends behind; anything longer is not NAT-PMP. */
    private static final int MOST_BYTES = 64;

    private static final long UNSIGNED = 0xFFFF_FFFFL;

    /**
     * A granted mapping.
     *
     * @param internalPort the request's internal port
     * @param externalPort the external port granted, 0 to 65535
     * @param lifetime seconds, unsigned 32 bits
     */
    public record Mapped(int internalPort, int externalPort, long lifetime) {}

    /**
     * Reads a datagram.
     *
     * @param bytes untrusted
     * @return the reply
     * @throws MalformedReplyException where it is none
     */
    public static NatPmpReply parse(byte[] bytes) throws MalformedReplyException {
        if (bytes.length < ERROR_BYTES || bytes.length > MOST_BYTES) {
            throw new MalformedReplyException("a NAT-PMP reply has 8 to 16 bytes; this has " + bytes.length, bytes);
        }
        if (bytes[0] != 0) {
            throw new MalformedReplyException("version " + (bytes[0] & 0xFF) + " is not NAT-PMP's", bytes);
        }
        if ((bytes[1] & NatPmp.RESPONSE) == 0) {
            throw new MalformedReplyException("this is a NAT-PMP request, not a reply", bytes);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 2, bytes.length - 2);
        int opcode = bytes[1] & 0x7F;
        int code = in.getShort() & 0xFFFF;
        long epoch = in.getInt() & UNSIGNED;
        if (code != NatPmpResult.SUCCESS.ordinal()) {
            return new NatPmpReply(opcode, code, epoch, Optional.empty(), Optional.empty());
        }
        int needed = opcode == NatPmp.EXTERNAL_ADDRESS ? ADDRESS_BYTES : MAP_BYTES;
        if (bytes.length < needed) {
            throw new MalformedReplyException(
                    "this NAT-PMP reply has " + needed + " bytes, not " + bytes.length, bytes);
        }
        if (opcode == NatPmp.EXTERNAL_ADDRESS) {
            InetAddress external = Addresses.of(Arrays.copyOfRange(bytes, ERROR_BYTES, ADDRESS_BYTES));
            return new NatPmpReply(opcode, code, epoch, Optional.of(external), Optional.empty());
        }
        Mapped map = new Mapped(in.getShort() & 0xFFFF, in.getShort() & 0xFFFF, in.getInt() & UNSIGNED);
        return new NatPmpReply(opcode, code, epoch, Optional.empty(), Optional.of(map));
    }

    /**
     * The result.
     *
     * @return the result, or empty where the RFC has none of this number
     */
    public Optional<NatPmpResult> result() {
        return NatPmpResult.of(code);
    }

    /**
     * Whether this is about the external address.
     *
     * @return true where it is
     */
    public boolean aboutAddress() {
        return opcode == NatPmp.EXTERNAL_ADDRESS;
    }

    /**
     * Whether this replies to a request for a mapping. A refusal names no port.
     *
     * @param protocol the request's transport
     * @param internalPort the request's internal port
     * @return true where it does
     */
    public boolean repliesTo(TransportProtocol protocol, int internalPort) {
        return opcode == NatPmp.opcode(protocol)
                && map.map(m -> m.internalPort() == internalPort).orElse(true);
    }
}
