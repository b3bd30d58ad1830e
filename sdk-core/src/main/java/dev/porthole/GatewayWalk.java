package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.GatewayFinder.Found;
import dev.porthole.mapping.PortMappingProvider;
import java.util.List;

/** Goes from gateway to gateway, for what is asked of each alike. */
final class GatewayWalk {
    private GatewayWalk() {}

    /** What is done with each gateway; false ends the walk. */
    interface Visit {
        boolean gateway(PortMappingProvider provider) throws InterruptedException;
    }

    /**
     * Finds gateways and visits each, the best first.
     *
     * @param cameras whose network is preferred
     * @param firstUsable whether one usable gateway is enough
     * @param findings takes what was wrong with answers to the search, and what kept a visit from its end
     */
    static void each(
            Settings settings,
            List<Camera> cameras,
            boolean firstUsable,
            Deadline deadline,
            List<Finding> findings,
            Visit visit)
            throws InterruptedException {
        for (GatewayFinder finder : settings.finders()) {
            settings.events()
                    .progress("looking for gateways by " + finder.protocol().id());
            Found found = finder.find(Ladder.scope(settings, cameras, firstUsable), deadline);
            findings.addAll(found.findings());
            try {
                for (PortMappingProvider provider : found.providers()) {
                    if (!visit.gateway(provider)) {
                        return;
                    }
                }
            } catch (NatTraversalException e) {
                findings.add(Findings.of(e));
            } finally {
                found.providers().forEach(PortMappingProvider::close);
            }
        }
    }
}
