package dev.porthole.pcp.internal.wire;

import java.util.Optional;

/** The result codes of RFC 6887 section 7.4; a code's number is its place in this list. */
public enum PcpResult {
    /** Done. */
    SUCCESS("done"),
    /** The version is not spoken. */
    UNSUPP_VERSION("it does not speak this version of PCP"),
    /** The request, its client or its third party is not allowed. */
    NOT_AUTHORIZED("it does not allow this"),
    /** The request was not understood. */
    MALFORMED_REQUEST("it takes the request for malformed"),
    /** The opcode is not known. */
    UNSUPP_OPCODE("it knows no such operation"),
    /** An option that must be processed is not known. */
    UNSUPP_OPTION("it does not know one of the options"),
    /** An option was not understood. */
    MALFORMED_OPTION("it takes an option for malformed"),
    /** The server's own network is not up. */
    NETWORK_FAILURE("its own uplink is not up"),
    /** No resources of the server. */
    NO_RESOURCES("it has no room, or no external address at the moment"),
    /** The transport is not known. */
    UNSUPP_PROTOCOL("it does not map this transport"),
    /** The client has too many mappings. */
    USER_EX_QUOTA("this host has as many mappings as it may have"),
    /** The suggested external port or address cannot be given. */
    CANNOT_PROVIDE_EXTERNAL("it cannot give this external port"),
    /** A NAT stands between client and server. */
    ADDRESS_MISMATCH("the request came from another address than it says: a NAT stands in between"),
    /** Too many filters. */
    EXCESSIVE_REMOTE_PEERS("it cannot keep so many source filters");

    private final String words;

    PcpResult(String words) {
        this.words = words;
    }

    /**
     * The result of a code.
     *
     * @param code 0 to 255
     * @return the result, or empty where the RFC has none of this number
     */
    public static Optional<PcpResult> of(int code) {
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
