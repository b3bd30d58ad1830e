package dev.porthole.testing;

import java.net.InetAddress;
import java.util.List;

/**
 * A request to add a mapping, as the rules of a {@link GatewayBehaviour} see it.
 *
 * @param wanted what is asked for, with the lease asked for
 * @param requester the host that asks
 * @param table the table as it is, newest first
 */
public record AddCall(TableEntry wanted, InetAddress requester, List<TableEntry> table) {
    /** Copies the table. */
    public AddCall {
        table = List.copyOf(table);
    }

    /**
     * Whether the mapping is for another host than the one that asks.
     *
     * @return true where it is
     */
    public boolean forAnother() {
        return !wanted.internalClient().equals(requester.getHostAddress());
    }

    /**
     * Whether the table holds the external port already.
     *
     * @return true where it does
     */
    public boolean heldAlready() {
        return table.stream().anyMatch(entry -> entry.holds(wanted.protocol(), wanted.externalPort()));
    }

    /**
     * Whether the external port is held by another client than the one asked for.
     *
     * @return true where it is
     */
    public boolean heldByAnother() {
        return table.stream()
                .anyMatch(entry -> entry.holds(wanted.protocol(), wanted.externalPort())
                        && !entry.internalClient().equals(wanted.internalClient()));
    }
}
