package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.PortMapping;
import java.util.List;

/**
 * What is known of the gateways of this LAN.
 *
 * @param gateways the gateways, best first
 * @param findings what was wrong with answers that could not be used, or why there is no gateway
 */
public record GatewayReport(List<Entry> gateways, List<Finding> findings) {
    /**
     * One gateway.
     *
     * @param gateway the gateway
     * @param capabilities what it can do
     * @param externalAddress its external address
     * @param mappings its mappings; empty unless they were asked for
     * @param findings what was found out about it
     */
    public record Entry(
            Gateway gateway,
            Capabilities capabilities,
            ExternalAddress externalAddress,
            List<PortMapping> mappings,
            List<Finding> findings) {
        /** Copies the lists. */
        public Entry {
            mappings = List.copyOf(mappings);
            findings = List.copyOf(findings);
        }
    }

    /** Copies the lists. */
    public GatewayReport {
        gateways = List.copyOf(gateways);
        findings = List.copyOf(findings);
    }
}
