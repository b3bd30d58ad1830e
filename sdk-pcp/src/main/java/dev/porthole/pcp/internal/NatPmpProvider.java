package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.pcp.internal.wire.NatPmpReply;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One gateway by NAT-PMP, which maps to the asking host alone. The protocol lists no mappings: {@link #mappings} is empty,
 * and {@link #mapping} knows those that this process made, by this finder. Thread-safe; one operation at a time; no
 * thread and no socket between operations.
 */
public final class NatPmpProvider extends UnlistedProvider {
    private final InetSocketAddress server;
    private final AtomicReference<Optional<ExternalAddress>> told;

    /**
     * A provider.
     *
     * @param told the external address that the search brought; answered once
     */
    NatPmpProvider(InetSocketAddress server, GatewayState state, Optional<ExternalAddress> told) {
        super(state);
        this.server = server;
        this.told = new AtomicReference<>(told);
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.builder().thirdParty(false).listing(false).build();
    }

    @Override
    public ExternalAddress externalAddress(Deadline deadline) throws InterruptedException {
        Optional<ExternalAddress> first = told.getAndSet(Optional.empty());
        if (first.isPresent()) {
            return first.get();
        }
        try (NatPmpSession session = open(deadline)) {
            return ExternalAddressQuestion.read(session.externalAddress(deadline))
                    .orElse(ExternalAddress.UNKNOWN);
        }
    }

    @Override
    MappingOutcome map(MappingRequest request, int externalPort, Deadline deadline) throws InterruptedException {
        NatPmpRefusals refusals = new NatPmpRefusals(request.internal(), externalPort, request.protocol());
        if (!request.source().isAnyone()) {
            return refusals.sources();
        }
        try (NatPmpSession session = open(deadline)) {
            if (!request.internal().address().equals(session.local())) {
                return refusals.thirdParty();
            }
            // A lifetime of zero releases: what is to stay is asked for by the day, and renewed like others.
            Duration lease = request.lease().isZero() ? MappingRequest.DEFAULT_LEASE : request.lease();
            NatPmpReply reply = session.map(
                    request.protocol(), request.internal().port(), externalPort, lease.toSeconds(), deadline);
            if (reply.map().isEmpty()) {
                return refusals.of(reply);
            }
            return granted(session, request, externalPort, reply.map().get(), refusals, deadline);
        }
    }

    /** Where the port is taken the gateway gives another, without a word (RFC 6886 section 3.3). */
    private MappingOutcome granted(
            NatPmpSession session,
            MappingRequest request,
            int externalPort,
            NatPmpReply.Mapped granted,
            NatPmpRefusals refusals,
            Deadline deadline)
            throws InterruptedException {
        boolean nothing = granted.externalPort() == 0 || granted.lifetime() == 0;
        boolean wrong = granted.externalPort() != externalPort && !request.otherPortAccepted();
        if (nothing || wrong) {
            session.map(request.protocol(), request.internal().port(), 0, 0, deadline);
            state().forget(request.protocol(), request.internal());
            return nothing ? refusals.grantedNothing(granted) : refusals.otherPort(granted.externalPort());
        }
        Duration lease = Duration.ofSeconds(granted.lifetime());
        PortMapping mapping = new PortMapping(
                request.protocol(),
                PortRange.of(granted.externalPort()),
                request.internal().address().getHostAddress(),
                request.internal().port(),
                "",
                request.description(),
                Optional.of(lease),
                true);
        return state().remember(
                        request.internal(), new GatewayState.Made(mapping, request.source(), Deadline.after(lease)));
    }

    /** Whoever asks, the gateway ends mappings of the asking host alone, so that no foreign one is touched. */
    @Override
    public void release(PortMapping mapping, Deadline deadline) throws InterruptedException {
        Optional<InternalEndpoint> internal = Internals.of(mapping);
        if (internal.isEmpty()) {
            return;
        }
        try (NatPmpSession session = open(deadline)) {
            if (!internal.get().address().equals(session.local())) {
                return;
            }
            NatPmpReply reply = session.map(mapping.protocol(), internal.get().port(), 0, 0, deadline);
            if (reply.map().isEmpty()) {
                throw new NatTraversalException(
                        FindingCode.ROUTER_ERROR,
                        gateway() + " did not release " + mapping.external() + "/" + mapping.protocol() + " -> "
                                + internal.get() + ": " + NatPmpRefusals.words(reply)
                                + ". It ends with its lease.");
            }
            state().forget(mapping.protocol(), internal.get());
        }
    }

    private NatPmpSession open(Deadline deadline) throws InterruptedException {
        return NatPmpSession.open(state(), server, deadline);
    }
}
