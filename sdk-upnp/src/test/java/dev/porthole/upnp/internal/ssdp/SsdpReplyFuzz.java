package dev.porthole.upnp.internal.ssdp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Any datagram as the answer to a search. */
public final class SsdpReplyFuzz {
    private static final InetSocketAddress ROUTER = router();

    private SsdpReplyFuzz() {}

    private static InetSocketAddress router() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, (byte) 168, 1, 1}), 1900);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** What {@code fuzz/run} calls. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        SsdpReply.parse(ROUTER, bytes, bytes.length);
    }
}
