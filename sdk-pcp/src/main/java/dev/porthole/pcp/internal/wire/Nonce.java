package dev.porthole.pcp.internal.wire;

import java.nio.ByteBuffer;

/**
 * A mapping's nonce, 96 bits (RFC 6887 section 11.1). Who knows it may renew and release the mapping.
 *
 * @param high the first 32 bits
 * @param low the others
 */
public record Nonce(int high, long low) {
    /** The length on the wire. */
    public static final int BYTES = 12;

    /**
     * Takes the first bytes of a longer value.
     *
     * @param bytes at least {@value #BYTES}
     * @return the nonce
     */
    public static Nonce of(byte[] bytes) {
        return get(ByteBuffer.wrap(bytes));
    }

    static Nonce get(ByteBuffer from) {
        return new Nonce(from.getInt(), from.getLong());
    }

    void put(ByteBuffer to) {
        to.putInt(high).putLong(low);
    }

    /** Says nothing of the value: it is a secret. */
    @Override
    public String toString() {
        return "nonce ***";
    }
}
