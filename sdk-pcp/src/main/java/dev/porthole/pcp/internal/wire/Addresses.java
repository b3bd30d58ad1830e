package dev.porthole.pcp.internal.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Addresses as PCP carries them: 128 bits, IPv4 as {@code ::ffff:a.b.c.d} (RFC 6887 section 5). */
final class Addresses {
    static final int BYTES = 16;

    private static final byte[] IPV4_MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFF};

    private Addresses() {}

    static void put(ByteBuffer to, InetAddress address) {
        if (address instanceof Inet4Address) {
            to.put(IPV4_MAPPED);
        }
        to.put(address.getAddress());
    }

    /** Java reads an IPv4-mapped address as the IPv4 address it is. */
    static InetAddress get(ByteBuffer from) {
        byte[] bytes = new byte[BYTES];
        from.get(bytes);
        return of(bytes);
    }

    static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
        }
    }

    /** All zeros of the same family: any address will do. */
    static InetAddress anyLike(InetAddress address) {
        return of(new byte[address.getAddress().length]);
    }
}
