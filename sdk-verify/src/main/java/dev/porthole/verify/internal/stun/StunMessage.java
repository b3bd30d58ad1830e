package dev.porthole.verify.internal.stun;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A STUN message, RFC 8489 sections 5 and 14. Immutable.
 *
 * @param type class and method
 * @param transaction the transaction id, 24 hexadecimal digits
 * @param attributes in order, without those after FINGERPRINT, which are to be ignored
 */
record StunMessage(int type, String transaction, List<Attribute> attributes) {
    static final int BINDING_REQUEST = 0x0001;
    static final int BINDING_SUCCESS = 0x0101;
    static final int BINDING_ERROR = 0x0111;

    /** The header: type, length, magic cookie, transaction id. */
    static final int HEADER = 20;

    /** Larger than any datagram that crosses the Internet in one piece. */
    static final int MAX_LENGTH = 2048;

    private static final int COOKIE = 0x2112_A442;
    private static final int FINGERPRINT = 0x8028;
    private static final int FINGERPRINT_XOR = 0x5354_554E;
    private static final int ATTRIBUTE_HEADER = 4;
    private static final HexFormat HEX = HexFormat.of();

    /**
     * One attribute.
     *
     * @param type its number
     * @param value its value without padding; not copied, changed by nobody
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody but tests, by content.
    record Attribute(int type, byte[] value) {
        /** Whether who does not know it must not use the message. */
        boolean comprehensionRequired() {
            return type < 0x8000;
        }

        private int paddedLength() {
            return padded(value.length);
        }
    }

    StunMessage {
        attributes = List.copyOf(attributes);
    }

    /** Reads a datagram; empty where it is no STUN message, or its FINGERPRINT does not fit. */
    static Optional<StunMessage> decode(byte[] datagram) {
        if (datagram.length < HEADER || datagram.length > MAX_LENGTH) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(datagram);
        int type = in.getShort() & 0xFFFF;
        int length = in.getShort() & 0xFFFF;
        boolean stun = type < 0x4000 && in.getInt() == COOKIE;
        if (!stun || length != datagram.length - HEADER || length % 4 != 0) {
            return Optional.empty();
        }
        String transaction = HEX.formatHex(datagram, HEADER - 12, HEADER);
        in.position(HEADER);
        List<Attribute> attributes = new ArrayList<>();
        while (in.hasRemaining()) {
            // The length is a multiple of four, and so is every step: a whole attribute header is there.
            int start = in.position();
            int attribute = in.getShort() & 0xFFFF;
            int size = in.getShort() & 0xFFFF;
            if (padded(size) > in.remaining()) {
                return Optional.empty();
            }
            byte[] value = Arrays.copyOfRange(datagram, in.position(), in.position() + size);
            in.position(in.position() + padded(size));
            if (attribute == FINGERPRINT) {
                return fits(datagram, start, value)
                        ? Optional.of(new StunMessage(type, transaction, attributes))
                        : Optional.empty();
            }
            attributes.add(new Attribute(attribute, value));
        }
        return Optional.of(new StunMessage(type, transaction, attributes));
    }

    /** The message as a datagram; padding is zero and there is no FINGERPRINT. */
    byte[] encode() {
        int length = attributes.stream()
                .mapToInt(attribute -> ATTRIBUTE_HEADER + attribute.paddedLength())
                .sum();
        ByteBuffer out = ByteBuffer.allocate(HEADER + length);
        out.putShort((short) type).putShort((short) length).putInt(COOKIE).put(HEX.parseHex(transaction));
        for (Attribute attribute : attributes) {
            out.putShort((short) attribute.type()).putShort((short) attribute.value().length);
            out.put(attribute.value());
            out.put(new byte[attribute.paddedLength() - attribute.value().length]);
        }
        return out.array();
    }

    /** RFC 8489 section 14.7: CRC-32 of all that stands before, with a length that ends with the FINGERPRINT. */
    private static boolean fits(byte[] datagram, int start, byte[] value) {
        if (value.length != 4) {
            return false;
        }
        byte[] covered = Arrays.copyOf(datagram, start);
        ByteBuffer.wrap(covered).putShort(2, (short) (start + ATTRIBUTE_HEADER + value.length - HEADER));
        CRC32 crc = new CRC32();
        crc.update(covered);
        return ((int) crc.getValue() ^ FINGERPRINT_XOR)
                == ByteBuffer.wrap(value).getInt();
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }
}
