package dev.porthole.pcp.internal.wire;

import java.util.HexFormat;

/** A datagram that is not a reply of the protocol. The message says why, with its first bytes. */
public final class MalformedReplyException extends Exception {
    private static final long serialVersionUID = 1L;
    /** A header; nothing secret stands in it. */
    private static final int SHOWN = 12;

    MalformedReplyException(String why, byte[] bytes) {
        super(why + " (" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN)) + ")");
    }
}
