package dev.porthole.ledger;

import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.TransportProtocol;
import java.util.Objects;
import java.util.Optional;

/**
 * One external port held for one service of one camera.
 *
 * @param gatewayId the gateway's id
 * @param tag the mapping's description, which names camera and service
 * @param protocol the transport
 * @param externalPort the external port
 * @param internal where it leads
 * @param relayed the camera's service, where {@code internal} is a relay on this host; else empty
 */
public record LedgerEntry(
        String gatewayId,
        String tag,
        TransportProtocol protocol,
        int externalPort,
        InternalEndpoint internal,
        Optional<InternalEndpoint> relayed) {
    /** Checks the values. */
    public LedgerEntry {
        Objects.requireNonNull(gatewayId, "gatewayId");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(protocol, "protocol");
        PortRange.checkPort(externalPort);
        Objects.requireNonNull(internal, "internal");
        Objects.requireNonNull(relayed, "relayed");
    }

    /**
     * An entry that leads to the camera itself.
     *
     * @param gatewayId the gateway's id
     * @param tag the mapping's description
     * @param protocol the transport
     * @param externalPort the external port
     * @param internal where it leads
     */
    public LedgerEntry(
            String gatewayId, String tag, TransportProtocol protocol, int externalPort, InternalEndpoint internal) {
        this(gatewayId, tag, protocol, externalPort, internal, Optional.empty());
    }

    /**
     * The service that is reached by it, whether by way of a relay or not.
     *
     * @return where it is on the LAN
     */
    public InternalEndpoint service() {
        return relayed.orElse(internal);
    }

    /**
     * Whether a mapping that a gateway lists is this entry's: same port, same endpoint.
     *
     * @param mapping as the gateway lists it
     * @return true where it is
     */
    public boolean holds(PortMapping mapping) {
        return mapping.protocol() == protocol && mapping.externalPort() == externalPort && mapping.leadsTo(internal);
    }

    /**
     * The mapping as the gateway should hold it.
     *
     * @return an enabled mapping of unknown lease
     */
    public PortMapping mapping() {
        return new PortMapping(
                protocol,
                PortRange.of(externalPort),
                internal.address().getHostAddress(),
                internal.port(),
                "",
                tag,
                Optional.empty(),
                true);
    }
}
