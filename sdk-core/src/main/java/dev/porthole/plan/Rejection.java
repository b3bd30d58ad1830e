package dev.porthole.plan;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import java.util.List;
import java.util.Objects;

/**
 * Why a service got no port.
 *
 * @param item the service
 * @param code what it is about: PORT_CONFLICT, ROUTER_SERVICE_PORT, SAME_PORT_REQUIRED or PORT_RANGE_FULL
 * @param reason who holds the wanted port, or what is full
 * @param alternatives up to three external ports that are free after this plan, lowest first
 */
public record Rejection(PlanItem item, FindingCode code, String reason, List<Integer> alternatives) {
    /** Copies the alternatives. */
    public Rejection {
        Objects.requireNonNull(item, "item");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(reason, "reason");
        alternatives = List.copyOf(alternatives);
    }

    /**
     * The rejection as a finding.
     *
     * @return a finding with the alternatives in its remedy
     */
    public Finding finding() {
        String remedy = code == FindingCode.SAME_PORT_REQUIRED
                ? "This gateway maps a port only to the same number: set the camera's own port to the external port you"
                        + " want, and ask for equal ports (policy same)."
                : alternatives.isEmpty()
                        ? "Release mappings that are no longer needed, or allow another range of ports."
                        : "Free external ports: "
                                + String.join(
                                        ", ",
                                        alternatives.stream()
                                                .map(String::valueOf)
                                                .toList())
                                + ". Or let Porthole choose (policy auto).";
        return Finding.of(code, item.tag() + ": " + reason, remedy);
    }

    /** The rejection in words. */
    @Override
    public String toString() {
        return finding().toString();
    }
}
