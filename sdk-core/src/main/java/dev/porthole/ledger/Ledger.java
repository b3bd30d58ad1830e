package dev.porthole.ledger;

import dev.porthole.Secret;
import dev.porthole.mapping.RememberedGateway;
import java.util.List;
import java.util.Optional;

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
     * Whether any gateway holds a mapping of this name, also one that is not known any more.
     *
     * @param tag the mapping's description
     * @return true where there is an entry; false too where a ledger cannot tell
     */
    default boolean holds(String tag) {
        return false;
    }

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

    /**
     * Writes down a gateway that was used, in the place of what was remembered of it. Only a few are kept, the latest ones.
     *
     * @param gateway the gateway
     */
    default void remember(RememberedGateway gateway) {}

    /**
     * Gateways that were used before.
     *
     * @return an unmodifiable list, the latest last; empty (the default) where this ledger keeps none: then they are known
     *     to the {@link dev.porthole.Porthole} alone that used them
     */
    default List<RememberedGateway> gateways() {
        return List.of();
    }

    /**
     * Whether what is written here is known to a later process. Where it is not, ways to map ports that list what is mapped
     * go before those that do not: a later process could not release what it cannot see.
     *
     * @return true (the default) where it is
     */
    default boolean lasting() {
        return true;
    }

    /**
     * A random key of this installation, made when it is first asked for and the same for as long as the ledger lives.
     * From it protocols derive what proves to a gateway, also after a restart, that a mapping is ours (PCP's nonce).
     *
     * @return the key, for the caller to close, or empty (the default) where this ledger keeps none: mappings made by PCP
     *     then can be renewed and released only by the process that made them
     */
    default Optional<Secret> installationKey() {
        return Optional.empty();
    }
}
