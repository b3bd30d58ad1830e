package dev.porthole;

import dev.porthole.Precedence.Aim;
import dev.porthole.diagnose.Finding;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortMappingProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A walk from gateway to gateway, for what is asked of each alike.
 *
 * @param order the order in which gateways are told to people
 * @param searched what was wrong with answers to the search
 * @param visited what kept visits from their end
 */
record GatewayWalk(Comparator<Gateway> order, List<Finding> searched, List<Finding> visited) {
    /** What is done with each gateway; false ends the walk. */
    interface Visit {
        boolean gateway(PortMappingProvider provider) throws InterruptedException;
    }

    /**
     * Finds gateways and visits each as soon as it has answered.
     *
     * @param cameras whose network is preferred
     * @param aim whether every gateway is looked for, or the one that would be used
     */
    static GatewayWalk walk(Settings settings, List<Camera> cameras, Aim aim, Deadline deadline, Visit visit)
            throws InterruptedException {
        List<Finding> visited = new ArrayList<>();
        try (Race race = Race.start(settings, settings.network().get(), cameras, aim, deadline)) {
            Set<MappingProtocol> told = EnumSet.allOf(MappingProtocol.class);
            Optional<PortMappingProvider> next = race.next(cameras);
            while (next.isPresent()) {
                try {
                    if (!visit.gateway(next.get())) {
                        told = Rungs.upTo(next.get().gateway().protocol());
                        break;
                    }
                } catch (NatTraversalException e) {
                    visited.add(Findings.of(e));
                }
                next = race.next(cameras);
            }
            return new GatewayWalk(race.precedence().order(), race.findings(told), visited);
        }
    }

    /** All of it, the search's first. */
    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(searched);
        all.addAll(visited);
        return all;
    }
}
