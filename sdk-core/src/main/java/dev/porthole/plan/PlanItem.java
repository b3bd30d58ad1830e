package dev.porthole.plan;

import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.TransportProtocol;
import java.util.Objects;

/**
 * One service of one camera that needs an external port.
 *
 * @param tag names camera and service on this gateway, see {@link dev.porthole.mapping.MappingTag}; the stable choice of
 *     port is derived from it
 * @param protocol the transport
 * @param internal where the service is on the LAN
 * @param policy how its external port is chosen
 */
public record PlanItem(String tag, TransportProtocol protocol, InternalEndpoint internal, PortPolicy policy) {
    /** Checks that nothing is missing. */
    public PlanItem {
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(internal, "internal");
        Objects.requireNonNull(policy, "policy");
    }
}
