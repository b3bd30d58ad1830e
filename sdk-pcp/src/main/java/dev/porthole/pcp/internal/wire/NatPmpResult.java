package dev.porthole.pcp.internal.wire;

import java.util.Optional;

/** The result codes of RFC 6886 section 3.5; a code's number is its place in this list. */
public enum NatPmpResult {
    /** Done. */
    SUCCESS("done"),
    /** The version is not spoken. */
    UNSUPPORTED_VERSION("it does not speak this version of NAT-PMP"),
    /** Mapping is switched off, or not allowed for this host or port. */
    NOT_AUTHORIZED("it does not allow this"),
    /** The gateway has no address from its provider. */
    NETWORK_FAILURE("its own uplink is not up"),
    /** No room. */
    OUT_OF_RESOURCES("it has no room for another mapping"),
    /** The opcode is not known. */
    UNSUPPORTED_OPCODE("it knows no such operation");

    private final String words;

    NatPmpResult(String words) {
        this.words = words;
    }

    /**
     * The result of a code.
     *
     * @param code 0 to 65535
     * @return the result, or empty where the RFC has none of this number
     */
    public static Optional<NatPmpResult> of(int code) {
        return code < values().length ? Optional.of(values()[code]) : Optional.empty();
    }

    /**
     * The result for a person, to stand after "the router says that".
     *
     * @return a clause
     */
    public String words() {
        return words;
    }
}
