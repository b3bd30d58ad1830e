package dev.porthole.ledger;

import java.util.List;

/**
 * Remembers which external ports this installation gave to which camera on which gateway, so that a camera keeps its port
 * across restarts and a port promised to one camera is given to no other. Thread-safe.
 */
public interface Ledger {
    /**
     * What is held on a gateway.
     *
     * @param gatewayId the gateway's id
     * @return an unmodifiable list, also of entries whose mapping is not known to exist
     */
    List<LedgerEntry> entries(String gatewayId);

    /**
     * Writes down that a mapping is about to be made. Returns when the entry would survive a crash.
     *
     * @param entry the entry
     */
    void intend(LedgerEntry entry);

    /**
     * Writes down that the mapping of an entry exists.
     *
     * @param entry an entry given to {@link #intend}
     */
    void done(LedgerEntry entry);

    /**
     * Forgets an entry: its mapping was released or never made.
     *
     * @param entry the entry
     */
    void forget(LedgerEntry entry);
}
