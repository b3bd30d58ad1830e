package dev.porthole.diagnose;

/**
 * What a {@link Finding} is about. Codes are stable: more may come, none changes its meaning. Hosts may compare them and
 * keep them.
 */
public enum FindingCode {
    // Finding a gateway.
    /** No gateway was found and the system has no default route. */
    NO_GATEWAY(Severity.ERROR),
    /** A router is there and no mapping protocol answers. */
    UPNP_OFF(Severity.ERROR),
    /** A device answered with something that is not the protocol's. */
    MALFORMED_REPLY(Severity.ERROR),
    /** A device did not answer in time. */
    TIMED_OUT(Severity.ERROR),

    // Refusals.
    /** The gateway grants mappings only for the host that asks. */
    SECURE_MODE(Severity.ERROR),
    /** The gateway lets nobody, or not this host, change mappings. */
    NOT_AUTHORIZED(Severity.ERROR),
    /** A permission rule on the gateway excludes an external or internal port. */
    ROUTER_POLICY(Severity.ERROR),
    /** Another mapping holds the external port. */
    PORT_CONFLICT(Severity.ERROR),
    /** The router itself uses the external port. */
    ROUTER_SERVICE_PORT(Severity.ERROR),
    /** The gateway maps only to the same port number. */
    SAME_PORT_REQUIRED(Severity.ERROR),
    /** The gateway cannot restrict a mapping to the wanted remote hosts. */
    SOURCE_RESTRICTION_UNSUPPORTED(Severity.ERROR),
    /** The gateway has no room for another mapping. */
    TABLE_FULL(Severity.ERROR),
    /** Every port of the range to choose from is taken. */
    PORT_RANGE_FULL(Severity.ERROR),
    /** The gateway said yes and did not keep the mapping. */
    NOT_STORED(Severity.ERROR),
    /** A mapping could not be released after a failure; it is tried again. */
    ROLLBACK_PENDING(Severity.ERROR),
    /** The target is not a host on a LAN of ours behind the gateway. */
    TARGET_NOT_ON_LAN(Severity.ERROR),
    /** The gateway answered with an error of its own that has no other code here. */
    ROUTER_ERROR(Severity.ERROR),

    // The web administration of routers.
    /** The router refused the account; it is not tried again. */
    LOGIN_REFUSED(Severity.ERROR),
    /** The router lets nobody log in for a while, after too many wrong passwords. */
    LOGIN_LOCKED(Severity.ERROR),
    /** A page of the router's administration is not what was expected there. */
    PAGE_NOT_UNDERSTOOD(Severity.ERROR),
    /** A table of port forwardings can be read in more than one way. */
    AMBIGUOUS_TABLE(Severity.ERROR),
    /** A page of the router's administration is made by a script, which is not run. */
    NEEDS_SCRIPT(Severity.ERROR),
    /** How the router names the fields of a rule is not known, and was not said. */
    SCHEMA_UNKNOWN(Severity.ERROR),

    // TLS of routers and cameras.
    /** A device shows another TLS key than the one that was trusted on first use. */
    CERTIFICATE_CHANGED(Severity.ERROR),

    // Addresses.
    /** Another NAT router stands in front of the gateway. */
    DOUBLE_NAT(Severity.ERROR),
    /** The provider translates addresses itself. */
    CGNAT(Severity.ERROR),
    /** The gateway reports no usable external address. */
    EXTERNAL_ADDRESS_UNUSABLE(Severity.ERROR),
    /** The camera has a global address and needs no mapping. */
    NO_NAT_NEEDED(Severity.INFO),

    // Reachability.
    /** A service has no mapping on the gateway. */
    NOT_MAPPED(Severity.ERROR),
    /** The camera does not answer on the LAN. */
    CAMERA_DOWN(Severity.ERROR),
    /** The camera answers on the LAN, and no answer of its leaves the LAN. */
    CAMERA_HAS_NO_DEFAULT_ROUTE(Severity.ERROR),
    /** The provider drops connections to this external port; others get through. */
    ISP_BLOCKS_PORT(Severity.ERROR),
    /** The gateway lists the mapping, and it leads nowhere until it is made again. */
    STALE_MAPPING(Severity.ERROR),
    /** The web page is reachable and the stream is not mapped. */
    RTSP_NOT_MAPPED(Severity.ERROR),
    /** The camera names another port for its stream than the one that is mapped. */
    RTSP_PORT_MISMATCH(Severity.ERROR),
    /** The camera accepts to play, and no video comes. */
    MEDIA_NOT_FLOWING(Severity.ERROR),
    /** Another device than the camera answered. */
    WRONG_DEVICE(Severity.ERROR),
    /** Something answers, and nothing tells whether it is the camera. */
    DEVICE_NOT_RECOGNISED(Severity.WARNING),
    /** The camera refused the account. */
    AUTH_FAILED(Severity.ERROR),
    /** Reachable; the camera asks for an account and none was given. */
    AUTH_REQUIRED(Severity.INFO),
    /** The router does not lead its external address back to the LAN, so a test from inside proves nothing. */
    NO_HAIRPIN(Severity.WARNING),
    /** The service cannot be reached from the vantage. */
    NOT_REACHABLE(Severity.ERROR),
    /** The camera's stream server is reachable and has no stream at the path asked for. */
    STREAM_NOT_FOUND(Severity.ERROR),

    // The relay.
    /** The services are reached by way of this host, as long as its process runs. */
    RELAYED(Severity.WARNING),
    /** A mapping leads to a relay on this host that does not run. */
    RELAY_DOWN(Severity.ERROR),
    /** This host cannot listen for the relay. */
    RELAY_UNUSABLE(Severity.ERROR),

    // Exposure.
    /** Video or passwords travel without encryption. */
    CLEAR_TEXT(Severity.WARNING),
    /** Everyone on the Internet may connect. */
    OPEN_TO_ANYONE(Severity.WARNING),
    /** The camera shows its page or its stream to whoever asks, without a login. */
    NO_LOGIN(Severity.WARNING),

    // The outside vantage.
    /** The probe agent cannot be used: it does not answer, refuses the token, or has had enough. */
    AGENT_UNUSABLE(Severity.WARNING),
    /** Nobody outside tells by which address this host is seen. */
    REFLEXIVE_ADDRESS_UNKNOWN(Severity.INFO),

    // This host and its user.
    /** What was asked for cannot be understood or contradicts itself; nothing was done. */
    INVALID_INPUT(Severity.ERROR),
    /** The ledger's file is in use, damaged or cannot be written. */
    LEDGER_UNUSABLE(Severity.ERROR),
    /** The work was interrupted before its end. */
    INTERRUPTED(Severity.ERROR),
    /** A fault of this program. */
    INTERNAL_ERROR(Severity.ERROR);

    private final Severity severity;

    FindingCode(Severity severity) {
        this.severity = severity;
    }

    /**
     * How much a finding of this code matters, unless the finding says otherwise.
     *
     * @return the usual severity
     */
    public Severity severity() {
        return severity;
    }
}
