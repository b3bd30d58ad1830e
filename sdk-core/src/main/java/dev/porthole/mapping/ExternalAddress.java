package dev.porthole.mapping;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * A gateway's address on its outside, as the gateway reports it, and what that means.
 *
 * @param kind what the report means
 * @param address the address; empty where none was reported or it is not an IP literal
 * @param reported the gateway's own words, untrusted, at most 64 characters; empty where it gave none
 */
public record ExternalAddress(Kind kind, Optional<InetAddress> address, String reported) {
    /** What a reported address means for cameras behind the gateway. */
    public enum Kind {
        /** Usable from the Internet, as far as the address alone tells. */
        PUBLIC,
        /** Another NAT router stands in front: no mapping on this gateway can be reached from the Internet. */
        DOUBLE_NAT,
        /** The provider translates (100.64.0.0/10, RFC 6598; 192.0.0.0/24, RFC 6333): no mapping can be reached. */
        CGNAT,
        /** No address: empty, 0.0.0.0, loopback, multicast, or not an address. The gateway's uplink is down. */
        UNUSABLE,
        /** The gateway has no way to tell its address. */
        UNKNOWN
    }

    /** The gateway cannot tell. */
    public static final ExternalAddress UNKNOWN = new ExternalAddress(Kind.UNKNOWN, Optional.empty(), "");

    private static final int MAX_REPORTED = 64;

    /** Checks that nothing is missing and bounds the report. */
    public ExternalAddress {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(address, "address");
        reported = reported.length() <= MAX_REPORTED ? reported : reported.substring(0, MAX_REPORTED);
    }

    /**
     * Reads what a gateway reported.
     *
     * @param reported untrusted text
     * @return the address and its kind; never {@link Kind#UNKNOWN}
     */
    public static ExternalAddress reported(String reported) {
        Optional<InetAddress> address = IpLiteral.parse(reported);
        return new ExternalAddress(
                address.map(ExternalAddress::kindOf).orElse(Kind.UNUSABLE), address, reported.strip());
    }

    /**
     * What an address means as a gateway's external one. Documentation networks count as public: they mean nothing else
     * to a mapping.
     *
     * @param address the address
     * @return its kind
     */
    public static Kind kindOf(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isMulticastAddress()) {
            return Kind.UNUSABLE;
        }
        if (!(address instanceof Inet4Address)) {
            return address.isLinkLocalAddress() || address.isSiteLocalAddress() || isUniqueLocal(address)
                    ? Kind.DOUBLE_NAT
                    : Kind.PUBLIC;
        }
        byte[] octets = address.getAddress();
        int first = octets[0] & 0xFF;
        int second = octets[1] & 0xFF;
        if (first == 0 || first >= 240) {
            return Kind.UNUSABLE;
        }
        if (address.isSiteLocalAddress() || address.isLinkLocalAddress()) {
            return Kind.DOUBLE_NAT;
        }
        boolean shared = first == 100 && second >= 64 && second < 128;
        boolean dsLite = first == 192 && second == 0 && octets[2] == 0;
        return shared || dsLite ? Kind.CGNAT : Kind.PUBLIC;
    }

    private static boolean isUniqueLocal(InetAddress address) {
        return (address.getAddress()[0] & 0xFE) == 0xFC;
    }
}
