package dev.porthole.routers.internal.table;

import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.TransportProtocol;
import java.util.Set;

/**
 * One rule as a row of a table says it.
 *
 * @param name its name; empty where it has none
 * @param external the external port or ports
 * @param internal the first internal port
 * @param host the internal address, or the name that the router shows instead
 * @param protocols TCP, UDP or both
 * @param enabled whether it is in effect
 * @param source who may connect; empty for anyone
 */
record Rule(
        String name,
        PortRange external,
        int internal,
        String host,
        Set<TransportProtocol> protocols,
        boolean enabled,
        String source) {
    Rule {
        protocols = Set.copyOf(protocols);
    }
}
