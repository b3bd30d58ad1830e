package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.plan.PortPlan;
import java.util.List;
import java.util.Optional;

/**
 * What publishing would do; nothing was changed.
 *
 * @param gateway the gateway; the first that takes a camera, where one gateway cannot take all; empty where none answers
 * @param externalAddress the gateway's external address
 * @param ports the external ports, and why, on whichever gateway takes the camera; empty where there is no gateway
 * @param findings what stands in the way, the cause first
 */
public record PublicationPlan(
        Optional<Gateway> gateway, ExternalAddress externalAddress, PortPlan ports, List<Finding> findings) {
    /** Copies the list. */
    public PublicationPlan {
        findings = List.copyOf(findings);
    }
}
