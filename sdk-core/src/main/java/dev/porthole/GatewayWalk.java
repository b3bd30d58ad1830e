package dev.porthole;

import dev.porthole.Precedence.Aim;
import dev.porthole.diagnose.Finding;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortMappingProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A walk from gateway to gateway, for what is asked of each alike.
 *
 * @param order the order in which gateways are told to people
 * @param searched what was wrong with answers to the search
 * @param visited what kept visits from their end
 * @param turnedAway the cameras that no gateway can take, with what stands in the way at each
 */
record GatewayWalk(
        Comparator<Gateway> order,
        List<Finding> searched,
        List<Finding> visited,
        Map<Camera, List<Finding>> turnedAway) {
    /** What is done with each gateway; false ends the walk. */
    interface Visit {
        boolean gateway(PortMappingProvider provider) throws InterruptedException;
    }

    /** What is done at a gateway with the cameras that it can take, which may be none. */
    interface Halt {
        void gateway(PortMappingProvider provider, List<Camera> cameras) throws InterruptedException;
    }

    /**
     * Looks at gateways until each camera has come to one that can take it. Those at which a halt fails go on to the next.
     *
     * @param check who can take which camera
     */
    static GatewayWalk place(Settings settings, TargetCheck check, List<Camera> cameras, Deadline deadline, Halt halt)
            throws InterruptedException {
        List<Camera> pending = new ArrayList<>(cameras);
        Map<Camera, List<Finding>> turnedAway = new LinkedHashMap<>();
        GatewayWalk walk = walk(settings, pending, Aim.LOOK, deadline, provider -> {
            List<Camera> taken = new ArrayList<>(pending);
            taken.removeIf(camera -> {
                Optional<Finding> reason = check.check(camera, provider.gateway());
                reason.ifPresent(finding -> turnedAway
                        .computeIfAbsent(camera, c -> new ArrayList<>())
                        .add(finding));
                return reason.isPresent();
            });
            halt.gateway(provider, taken);
            pending.removeAll(taken);
            return !pending.isEmpty();
        });
        turnedAway.keySet().retainAll(pending);
        return new GatewayWalk(walk.order(), walk.searched(), walk.visited(), turnedAway);
    }

    /**
     * Finds gateways and visits each as soon as it has answered.
     *
     * @param cameras whose network is preferred; visits may take from them
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
            return new GatewayWalk(race.precedence().order(), race.findings(told), visited, Map.of());
        }
    }

    /** All of it, the search's first. */
    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(searched);
        all.addAll(visited);
        return all;
    }
}
