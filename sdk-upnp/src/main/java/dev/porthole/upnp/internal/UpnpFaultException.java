package dev.porthole.upnp.internal;

import java.util.OptionalInt;

/** A gateway properly refused an action. */
final class UpnpFaultException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final boolean numbered;

    UpnpFaultException(OptionalInt code, String description) {
        super(description, null, false, false);
        this.code = code.orElse(0);
        this.numbered = code.isPresent();
    }

    /** The error code, or 0 where the gateway gave none. */
    int code() {
        return code;
    }

    OptionalInt protocolCode() {
        return numbered ? OptionalInt.of(code) : OptionalInt.empty();
    }

    /** {@code error 718 (ConflictInMappingEntry)}. */
    String words() {
        String description = getMessage() == null ? "" : getMessage();
        String name = numbered ? "error " + code : "an error without a code";
        return description.isEmpty() ? name : name + " (" + description + ")";
    }
}
