package dev.porthole.verify.internal.onvif;

/** Any bytes as a camera's answer by ONVIF. */
public final class SoapLeavesFuzz {
    private SoapLeavesFuzz() {}

    /** What {@code fuzz/run} calls. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        SoapLeaves.parse(bytes);
    }
}
