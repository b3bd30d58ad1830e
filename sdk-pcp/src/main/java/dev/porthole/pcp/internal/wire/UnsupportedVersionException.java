package dev.porthole.pcp.internal.wire;

/** The server does not speak the version of the request, and says which it speaks. */
public final class UnsupportedVersionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int version;

    UnsupportedVersionException(int version) {
        super("it speaks version " + version + (version == 0 ? " (NAT-PMP)" : ""));
        this.version = version;
    }

    /**
     * Whether it speaks NAT-PMP.
     *
     * @return true for version 0
     */
    public boolean isNatPmp() {
        return version == 0;
    }
}
