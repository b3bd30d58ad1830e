package dev.porthole.plan;

import java.util.List;
import java.util.Optional;

/**
 * External ports for the services of cameras behind one gateway, with the reason for each.
 *
 * @param assignments the services that got a port, in the order of the request
 * @param rejections the services that got none, in the order of the request
 */
public record PortPlan(List<Assignment> assignments, List<Rejection> rejections) {
    /** Copies the lists. */
    public PortPlan {
        assignments = List.copyOf(assignments);
        rejections = List.copyOf(rejections);
    }

    /**
     * Whether every service got a port.
     *
     * @return true where nothing was rejected
     */
    public boolean complete() {
        return rejections.isEmpty();
    }

    /**
     * The assignment of a service.
     *
     * @param item the service
     * @return the assignment, or empty where it was rejected or not asked for
     */
    public Optional<Assignment> assignment(PlanItem item) {
        return assignments.stream().filter(a -> a.item().equals(item)).findFirst();
    }
}
