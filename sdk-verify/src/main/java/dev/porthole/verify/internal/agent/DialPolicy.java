package dev.porthole.verify.internal.agent;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/**
 * Which addresses may be dialled: those that are globally reachable by the registries of special-purpose addresses
 * (RFC 6890, as IANA keeps them), and not this host's own. Thread-safe.
 */
public final class DialPolicy {
    /** Everything of IPv4 that is not plain unicast of the Internet. */
    private static final Blocks SPECIAL_V4 = Blocks.of(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by providers, RFC 6598
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays, withdrawn
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarking
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    /** Nothing else of IPv6 is global unicast: unique local, link-local, NAT64 and mapped addresses lie outside. */
    private static final Blocks GLOBAL_V6 = Blocks.of("2000::/3");

    private static final Blocks SPECIAL_V6 = Blocks.of(
            "2001::/23", // protocol assignments; holds Teredo, which embeds IPv4 addresses
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4, embeds IPv4 addresses
            "3fff::/20"); // documentation

    private final Blocks allowed;

    /** A policy; {@code allowed} names what may be dialled besides. */
    public DialPolicy(Blocks allowed) {
        this.allowed = allowed;
    }

    /** Why an address may not be dialled, in words that follow "address is"; empty where it may. */
    Optional<String> objection(InetAddress address) {
        if (allowed.contains(address)) {
            return Optional.empty();
        } else if (!global(address)) {
            return Optional.of("not a public address of the Internet");
        }
        return own(address) ? Optional.of("the agent's own") : Optional.empty();
    }

    static boolean global(InetAddress address) {
        return address instanceof Inet4Address
                ? !SPECIAL_V4.contains(address)
                : GLOBAL_V6.contains(address) && !SPECIAL_V6.contains(address);
    }

    private static boolean own(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            // Where the system does not tell, nothing is dialled.
            return true;
        }
    }
}
