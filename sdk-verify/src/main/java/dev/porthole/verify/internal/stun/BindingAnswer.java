package dev.porthole.verify.internal.stun;

import dev.porthole.verify.internal.stun.StunMessage.Attribute;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What a server answered to a Binding request. */
sealed interface BindingAnswer {
    /** The address by which the server saw us. */
    record Seen(InetAddress address) implements BindingAnswer {}

    /** The server refuses; {@code code} is that of RFC 8489 section 14.8, 0 where it gives none. */
    record Refused(int code) implements BindingAnswer {}

    /** An answer to our request that cannot be used, and why. */
    record Unusable(String why) implements BindingAnswer {}

    int MAPPED_ADDRESS = 0x0001;
    int ERROR_CODE = 0x0009;
    int XOR_MAPPED_ADDRESS = 0x0020;

    /**
     * Attributes below 0x8000 that may stand in an answer and need not be read: RFC 8489 (USERNAME,
     * MESSAGE-INTEGRITY, UNKNOWN-ATTRIBUTES, REALM, NONCE, MESSAGE-INTEGRITY-SHA256, PASSWORD-ALGORITHM, USERHASH), and
     * what servers add that also speak RFC 3489 and RFC 5780 (RESPONSE-ADDRESS, CHANGE-REQUEST, SOURCE-ADDRESS,
     * CHANGED-ADDRESS, PASSWORD, REFLECTED-FROM, PADDING, RESPONSE-PORT).
     */
    Set<Integer> HARMLESS = Set.of(
            0x0006, 0x0008, 0x000A, 0x0014, 0x0015, 0x001C, 0x001D, 0x001E, 0x0002, 0x0003, 0x0004, 0x0005, 0x0007,
            0x000B, 0x0026, 0x0027);

    /** Reads a message; empty where it does not answer a Binding request. */
    static Optional<BindingAnswer> of(StunMessage message) {
        return switch (message.type()) {
            case StunMessage.BINDING_SUCCESS -> Optional.of(success(message));
            case StunMessage.BINDING_ERROR -> Optional.of(new Refused(errorCode(message)));
            default -> Optional.empty();
        };
    }

    private static BindingAnswer success(StunMessage message) {
        Optional<Attribute> unknown = message.attributes().stream()
                .filter(Attribute::comprehensionRequired)
                .filter(a -> a.type() != MAPPED_ADDRESS && a.type() != XOR_MAPPED_ADDRESS && a.type() != ERROR_CODE)
                .filter(a -> !HARMLESS.contains(a.type()))
                .findFirst();
        if (unknown.isPresent()) {
            return new Unusable(String.format(
                    "it needs attribute 0x%04x, which is not known",
                    unknown.get().type()));
        }
        Optional<Attribute> xored = first(message, XOR_MAPPED_ADDRESS);
        Optional<InetAddress> address = xored.isPresent()
                ? address(xored.get().value(), mask(message))
                : first(message, MAPPED_ADDRESS).flatMap(mapped -> address(mapped.value(), new byte[16]));
        return address.<BindingAnswer>map(Seen::new).orElseGet(() -> new Unusable("it holds no usable address"));
    }

    /** Of attributes of one type the first counts: RFC 8489 section 14. */
    private static Optional<Attribute> first(StunMessage message, int type) {
        return message.attributes().stream().filter(a -> a.type() == type).findFirst();
    }

    /** What addresses are combined with: magic cookie and transaction id. */
    private static byte[] mask(StunMessage message) {
        return Arrays.copyOfRange(message.encode(), 4, StunMessage.HEADER);
    }

    /** RFC 8489 sections 14.1 and 14.2: a zero, the family, the port, the address. */
    private static Optional<InetAddress> address(byte[] value, byte[] mask) {
        int family = value.length < 4 ? 0 : value[1];
        int length = family == 1 ? 4 : family == 2 ? 16 : 0;
        if (length == 0 || value.length != 4 + length) {
            return Optional.empty();
        }
        byte[] address = Arrays.copyOfRange(value, 4, value.length);
        for (int i = 0; i < length; i++) {
            address[i] ^= mask[i];
        }
        try {
            InetAddress seen = InetAddress.getByAddress(address);
            return seen.isAnyLocalAddress() || seen.isMulticastAddress() ? Optional.empty() : Optional.of(seen);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }

    private static int errorCode(StunMessage message) {
        return first(message, ERROR_CODE)
                .map(Attribute::value)
                .filter(value -> value.length >= 4)
                .map(value -> (value[2] & 7) * 100 + (value[3] & 0xFF) % 100)
                .orElse(0);
    }
}
