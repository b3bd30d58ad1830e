package dev.porthole.internal;

import java.net.InetAddress;

/** Addresses as rows of bits. */
public final class AddressBits {
    private AddressBits() {}

    /**
     * Whether two addresses begin alike.
     *
     * @param one an address
     * @param other another
     * @param prefix how many bits count; at most as many as an address of that family has
     * @return false for addresses of different families
     */
    public static boolean beginAlike(InetAddress one, InetAddress other, int prefix) {
        byte[] mine = one.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            if (((mine[bit / 8] ^ theirs[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
                return false;
            }
        }
        return true;
    }
}
