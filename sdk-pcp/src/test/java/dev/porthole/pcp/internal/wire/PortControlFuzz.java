package dev.porthole.pcp.internal.wire;

/** Any datagram as a reply of PCP or NAT-PMP. */
public final class PortControlFuzz {
    private PortControlFuzz() {}

    /** What {@code fuzz/run} calls. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            PcpReply.parse(bytes);
        } catch (MalformedReplyException | UnsupportedVersionException e) {
            reason(e);
        }
        try {
            NatPmpReply.parse(bytes);
        } catch (MalformedReplyException e) {
            reason(e);
        }
    }

    private static void reason(Exception e) {
        if (String.valueOf(e.getMessage()).isBlank()) {
            throw new AssertionError("a refusal without a reason", e);
        }
    }
}
