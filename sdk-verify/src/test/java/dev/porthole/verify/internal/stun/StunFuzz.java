package dev.porthole.verify.internal.stun;

/** Any datagram as a STUN server's answer. */
public final class StunFuzz {
    private StunFuzz() {}

    /** What {@code fuzz/run} calls. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        StunMessage.decode(bytes).flatMap(BindingAnswer::of);
    }
}
