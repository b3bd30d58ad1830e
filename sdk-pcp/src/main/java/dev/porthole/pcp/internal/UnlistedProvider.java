package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.ReservedPort;
import dev.porthole.mapping.StateLossListener;
import dev.porthole.mapping.TransportProtocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What PCP and NAT-PMP have in common: neither lists mappings, so {@link #mappings} is empty, and {@link #mapping} knows
 * those that this process made, by this finder. Thread-safe.
 */
abstract class UnlistedProvider implements PortMappingProvider {
    private final GatewayState state;
    private final List<StateLossListener> listeners = new CopyOnWriteArrayList<>();

    UnlistedProvider(GatewayState state) {
        this.state = state;
    }

    final GatewayState state() {
        return state;
    }

    /** Maps, or renews, on one external port. */
    abstract MappingOutcome map(MappingRequest request, int externalPort, Deadline deadline)
            throws InterruptedException;

    @Override
    public final Gateway gateway() {
        return state.gateway();
    }

    @Override
    public final List<PortMapping> mappings(Deadline deadline) {
        return List.of();
    }

    @Override
    public final Optional<PortMapping> mapping(TransportProtocol protocol, int externalPort, Deadline deadline) {
        return state.made(protocol, externalPort).map(GatewayState.Made::mapping);
    }

    @Override
    public final Set<ReservedPort> reservedPorts(Deadline deadline) {
        return Set.of();
    }

    @Override
    public final MappingOutcome map(MappingRequest request, Deadline deadline) throws InterruptedException {
        return map(request, request.externalPort(), deadline);
    }

    /** The same request, for the external port that was granted. */
    @Override
    public final MappingOutcome renew(PortMapping mapping, MappingRequest request, Deadline deadline)
            throws InterruptedException {
        return map(request, mapping.externalPort(), deadline);
    }

    @Override
    public final void onStateLost(StateLossListener listener) {
        listeners.add(listener);
        state.add(listener);
    }

    @Override
    public final void close() {
        listeners.forEach(state::remove);
    }
}
