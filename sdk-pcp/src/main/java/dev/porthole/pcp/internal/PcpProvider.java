package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.Capabilities.SourceRestriction;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.pcp.internal.wire.PcpReply;
import dev.porthole.pcp.internal.wire.PcpResult;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One gateway by PCP. The protocol lists no mappings: {@link #mappings} is empty, and {@link #mapping} knows those that
 * this process made, by this finder. Thread-safe; one operation at a time; no thread and no socket between operations.
 */
public final class PcpProvider extends UnlistedProvider {
    private final InetSocketAddress server;
    private final Nonces nonces;

    PcpProvider(InetSocketAddress server, GatewayState state, Nonces nonces) {
        super(state);
        this.server = server;
        this.nonces = nonces;
    }

    /** Third-party mappings and filters are taken for possible until the gateway has shown otherwise. */
    @Override
    public Capabilities capabilities() {
        return Capabilities.builder()
                .thirdParty(state().thirdParty())
                .listing(false)
                .translation(!ipv6())
                .sourceRestriction(state().filters().orElse(true) ? SourceRestriction.CIDR : SourceRestriction.NONE)
                .build();
    }

    /**
     * PCP has no question for it: NAT-PMP's is asked, which most servers answer too, and else a mapping of this host's own
     * is made and released again. With IPv6 there is none: each host is reached at its own address.
     */
    @Override
    public ExternalAddress externalAddress(Deadline deadline) throws InterruptedException {
        if (ipv6()) {
            return ExternalAddress.UNKNOWN;
        }
        try (PcpSession session = PcpSession.open(state(), server, deadline)) {
            return new ExternalAddressQuestion(session, state(), nonces).ask(deadline);
        }
    }

    @Override
    MappingOutcome map(MappingRequest request, int externalPort, Deadline deadline) throws InterruptedException {
        try (PcpSession session =
                PcpSession.open(state(), server, request.internal().address(), deadline)) {
            return new PcpMapper(session, state(), nonces, request, externalPort, deadline).map();
        }
    }

    @Override
    public void release(PortMapping mapping, Deadline deadline) throws InterruptedException {
        Optional<InternalEndpoint> internal = Internals.of(mapping);
        boolean elsewhere = internal.flatMap(i -> state().made(mapping.protocol(), i))
                .filter(made -> made.mapping().externalPort() != mapping.externalPort())
                .isPresent();
        if (internal.isEmpty() || elsewhere) {
            // PCP keeps one mapping per internal endpoint: where that has moved, the given one is gone.
            return;
        }
        try (PcpSession session =
                PcpSession.open(state(), server, internal.get().address(), deadline)) {
            PcpReply reply = session.map(
                    PcpMapper.end(session.local(), nonces, gateway(), mapping.protocol(), internal.get()), deadline);
            if (!PcpMapper.ended(reply)) {
                throw notReleased(mapping, reply);
            }
            state().forget(mapping.protocol(), internal.get());
        }
    }

    private NatTraversalException notReleased(PortMapping mapping, PcpReply reply) {
        String which = mapping.external() + "/" + mapping.protocol() + " -> " + mapping.internalClient() + ":"
                + mapping.internalPort();
        if (reply.code() == PcpResult.NOT_AUTHORIZED.ordinal()) {
            return new NatTraversalException(
                    FindingCode.NOT_AUTHORIZED,
                    gateway() + " does not let this program release " + which + ": somebody else made it, or this"
                            + " program with another ledger. It ends with its lease.");
        }
        return new NatTraversalException(
                FindingCode.ROUTER_ERROR,
                gateway() + " did not release " + which + ": " + PcpRefusals.words(reply) + ". It ends with its"
                        + " lease.");
    }

    private boolean ipv6() {
        return server.getAddress() instanceof Inet6Address;
    }
}
