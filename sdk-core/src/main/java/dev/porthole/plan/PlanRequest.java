package dev.porthole.plan;

import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.ReservedPort;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that a plan for one gateway depends on.
 *
 * @param items the services that need a port; tags are unique per transport
 * @param mappings what the gateway has, foreign and disabled mappings too
 * @param reserved the router's own ports, and ports that it refused before
 * @param held the ports held in the ledger for this gateway
 * @param avoid ports never to be chosen nor accepted, for example 554 where the provider blocks it
 * @param translation false where the gateway maps only to the same port number
 */
public record PlanRequest(
        List<PlanItem> items,
        List<PortMapping> mappings,
        Collection<ReservedPort> reserved,
        List<LedgerEntry> held,
        Set<PortRange> avoid,
        boolean translation) {
    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException where two items have the same tag and transport
     */
    public PlanRequest {
        items = List.copyOf(items);
        mappings = List.copyOf(mappings);
        reserved = List.copyOf(reserved);
        held = List.copyOf(held);
        avoid = Set.copyOf(avoid);
        Set<Object> tags = new HashSet<>(items.size() * 2);
        for (PlanItem item : items) {
            if (!tags.add(item.tag() + item.protocol())) {
                throw new IllegalArgumentException("two services are called '" + item.tag()
                        + "': give each camera behind a gateway a name of its own");
            }
        }
    }

    /**
     * A request for a gateway of which nothing is known to be taken.
     *
     * @param items the services that need a port
     * @return the request
     */
    public static PlanRequest of(List<PlanItem> items) {
        return new PlanRequest(items, List.of(), List.of(), List.of(), Set.of(), true);
    }
}
