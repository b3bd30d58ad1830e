package dev.porthole.upnp.internal;

import dev.porthole.mapping.PortMapping;
import dev.porthole.upnp.internal.WanConnection.Wanted;
import java.time.Duration;

/** What a gateway holds, compared with what it was asked for. */
final class Comparison {
    private Comparison() {}

    /** Whether an entry is all that was wanted: forwards to the same endpoint, and is open to the same remote hosts. */
    static boolean stored(PortMapping entry, Wanted granted) {
        return sameEndpoint(entry, granted) && entry.remoteHost().equals(granted.remoteHost());
    }

    private static boolean sameEndpoint(PortMapping entry, Wanted asked) {
        // A name for the client (some gateways show names) cannot be compared; then our own tag stands for it.
        boolean client = entry.internalAddress()
                .map(address -> address.getHostAddress().equals(asked.internalClient()))
                .orElse(!entry.internalClient().isEmpty() && entry.description().equals(asked.description()));
        return client && entry.internalPort() == asked.internalPort() && entry.enabled();
    }

    /** Whether adding again left the lease as it was. */
    static boolean notExtended(PortMapping before, PortMapping after, Wanted granted) {
        if (after.lease().isEmpty()
                || before.lease().isEmpty()
                || granted.lease().isZero()) {
            return false;
        }
        Duration now = after.lease().get();
        Duration almost = granted.lease().dividedBy(10).multipliedBy(9);
        return now.compareTo(before.lease().get()) <= 0 && now.compareTo(almost) < 0;
    }

    /**
     * Whether an entry needs no refreshing: it counts its lease down, and more than half of the one wanted is left. A full
     * one may be that of a gateway that tells what was asked for once, and not what is left.
     */
    static boolean lasts(PortMapping entry, Wanted wanted) {
        return entry.lease()
                .filter(left -> left.compareTo(wanted.lease()) < 0)
                .filter(left -> left.compareTo(wanted.lease().dividedBy(2)) > 0)
                .isPresent();
    }

    /** An entry in a message. */
    static String words(PortMapping entry) {
        return entry.externalPort() + "/" + entry.protocol() + " -> " + entry.internalClient() + ":"
                + entry.internalPort() + (entry.enabled() ? "" : " (disabled)");
    }
}
