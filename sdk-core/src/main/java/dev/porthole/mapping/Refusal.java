package dev.porthole.mapping;

import dev.porthole.diagnose.FindingCode;

/** Why a gateway did not make a mapping. Each reason is told by one {@link FindingCode}. */
public enum Refusal {
    /** Mappings are granted only for the host that asks; other ports would be refused as well. */
    THIRD_PARTY(FindingCode.SECURE_MODE),
    /** The gateway lets nobody, or not this host, change mappings. */
    NOT_AUTHORIZED(FindingCode.NOT_AUTHORIZED),
    /** A permission rule on the gateway excludes this external or internal port. */
    POLICY(FindingCode.ROUTER_POLICY),
    /** Another mapping holds the external port. */
    CONFLICT(FindingCode.PORT_CONFLICT),
    /** The router itself uses the external port. */
    ROUTER_SERVICE(FindingCode.ROUTER_SERVICE_PORT),
    /** The gateway maps only to the same port number. */
    SAME_PORT_REQUIRED(FindingCode.SAME_PORT_REQUIRED),
    /** The gateway cannot restrict the mapping to the wanted remote hosts. */
    SOURCE_RESTRICTION_UNSUPPORTED(FindingCode.SOURCE_RESTRICTION_UNSUPPORTED),
    /** The gateway has no room for another mapping. */
    TABLE_FULL(FindingCode.TABLE_FULL),
    /** The gateway said yes and did not keep the mapping. */
    NOT_STORED(FindingCode.NOT_STORED),
    /** The gateway answered with an error that is none of the above. */
    OTHER(FindingCode.ROUTER_ERROR);

    private final FindingCode findingCode;

    Refusal(FindingCode findingCode) {
        this.findingCode = findingCode;
    }

    /**
     * The code by which a finding tells this reason.
     *
     * @return the code
     */
    public FindingCode findingCode() {
        return findingCode;
    }

    /**
     * Whether another external port may succeed where this one was refused.
     *
     * @return true for a conflict and for a port of the router's own
     */
    public boolean aboutThisPort() {
        return this == CONFLICT || this == ROUTER_SERVICE;
    }
}
