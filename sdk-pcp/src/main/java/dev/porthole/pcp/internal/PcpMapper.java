package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.SourcePolicy;
import dev.porthole.SourcePolicy.Cidr;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.pcp.internal.GatewayState.Made;
import dev.porthole.pcp.internal.wire.MapRequest;
import dev.porthole.pcp.internal.wire.MapRequest.Filter;
import dev.porthole.pcp.internal.wire.Nonce;
import dev.porthole.pcp.internal.wire.PcpReply;
import dev.porthole.pcp.internal.wire.PcpResult;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes or renews one mapping by PCP. Used once, by one thread. */
final class PcpMapper {
    private static final Logger LOG = LoggerFactory.getLogger(PcpMapper.class);

    private final PcpSession session;
    private final GatewayState state;
    private final MappingRequest wanted;
    private final int externalPort;
    private final Deadline deadline;
    private final Nonces nonces;
    private final PcpRefusals refusals;

    PcpMapper(
            PcpSession session,
            GatewayState state,
            Nonces nonces,
            MappingRequest wanted,
            int externalPort,
            Deadline deadline) {
        this.session = session;
        this.state = state;
        this.nonces = nonces;
        this.wanted = wanted;
        this.externalPort = externalPort;
        this.deadline = deadline;
        this.refusals = new PcpRefusals(wanted.internal(), externalPort, wanted.protocol());
    }

    /** What a refusal says of how long it holds is believed, RFC 6887 section 7.2. */
    MappingOutcome map() throws InterruptedException {
        Optional<Refused> told = state.refusals().held(wanted, externalPort);
        return told.isPresent() ? told.get() : ask();
    }

    private MappingOutcome ask() throws InterruptedException {
        Optional<Made> known = state.made(wanted.protocol(), wanted.internal());
        boolean elsewhere = known.filter(made -> made.mapping().externalPort() != externalPort)
                .isPresent();
        if (elsewhere && !wanted.otherPortAccepted()) {
            return refusals.oneMappingOnly(known.get().mapping().externalPort());
        }
        Optional<Filter> filter = filter(known.filter(Made::restricted).isPresent());
        if (filter.isEmpty()) {
            return refusals.sources(wanted.source());
        }
        if (!filter.get().blocks().isEmpty() && !new FilterTrial(session, state).passed(deadline)) {
            return refusals.filterIgnored();
        }
        return wanted.internal().address() instanceof Inet6Address ? anew(filter.get(), known) : ask(filter.get());
    }

    /**
     * A pinhole that is renewed loses its nonce (miniupnpd 2.3.1), and nobody could end it: it is ended and made anew. The new
     * one cannot come first, because both are one to the gateway (RFC 6887 section 11.3). Where it is refused, the former
     * one is made again.
     */
    private MappingOutcome anew(Filter filter, Optional<Made> known) throws InterruptedException {
        takeBack();
        MappingOutcome outcome = ask(filter);
        boolean ended = state.made(wanted.protocol(), wanted.internal()).isEmpty();
        if (outcome instanceof Refused && known.isPresent() && ended) {
            putBack(known.get());
        }
        return outcome;
    }

    private void putBack(Made former) throws InterruptedException {
        if (former.ends().remaining().toSeconds() == 0) {
            return;
        }
        MappingRequest asItWas = MappingRequest.to(
                        wanted.internal(), former.mapping().externalPort())
                .protocol(wanted.protocol())
                .description(former.mapping().description())
                .source(former.source())
                .lease(former.ends().remaining())
                .build();
        PcpMapper mapper =
                new PcpMapper(session, state, nonces, asItWas, former.mapping().externalPort(), deadline);
        try {
            MappingOutcome outcome = mapper.ask(mapper.filter(false).orElseThrow());
            LOG.info("{}: {} was to be replaced; asked to have it back: {}", state.gateway(), former, outcome);
        } catch (NatTraversalException e) {
            LOG.warn("{}: {} could not be put back: {}", state.gateway(), former, e.getMessage());
        }
    }

    private MappingOutcome ask(Filter filter) throws InterruptedException {
        MapRequest request = request(filter, !wanted.otherPortAccepted());
        PcpReply reply = session.map(request, deadline);
        if (isUnsupportedOption(reply) && request.preferFailure()) {
            request = request(filter, false);
            reply = session.map(request, deadline);
        }
        return reply.success() ? granted(request, reply) : refused(request, reply);
    }

    private Refused refused(MapRequest request, PcpReply reply) throws InterruptedException {
        Refused why = new PcpDiagnosis(session, state, refusals, deadline).of(request, reply);
        state.refusals().hold(wanted, externalPort, why, Duration.ofSeconds(reply.lifetime()));
        return why;
    }

    private static boolean isUnsupportedOption(PcpReply reply) {
        return reply.code() == PcpResult.UNSUPP_OPTION.ordinal();
    }

    /** PREFER_FAILURE is ignored by some servers (miniupnpd 2.3.1): the port granted is looked at all the same. */
    private MappingOutcome granted(MapRequest request, PcpReply first) throws InterruptedException {
        PcpReply reply = first;
        if (port(reply) != externalPort && !wanted.otherPortAccepted()) {
            // It may be a mapping of ours, made before a restart, that is to move: without it, once more.
            takeBack();
            reply = session.map(request, deadline);
            if (!reply.success()) {
                return refused(request, reply);
            }
        }
        if (port(reply) == 0 || reply.lifetime() == 0) {
            takeBack();
            return refusals.grantedNothing(port(reply), reply.lifetime());
        }
        if (port(reply) != externalPort && !wanted.otherPortAccepted()) {
            takeBack();
            return refusals.otherPort(port(reply));
        }
        Optional<Refused> unusable = external(reply).flatMap(refusals::unusableAddress);
        if (unusable.isPresent()) {
            takeBack();
            return unusable.get();
        }
        Duration lease = Duration.ofSeconds(reply.lifetime());
        PortMapping mapping = new PortMapping(
                wanted.protocol(),
                PortRange.of(port(reply)),
                wanted.internal().address().getHostAddress(),
                wanted.internal().port(),
                wanted.source().isAnyone() ? "" : wanted.source().toString(),
                wanted.description(),
                Optional.of(lease),
                true);
        if (request.thirdParty().isPresent()) {
            state.thirdParty(true);
        }
        return state.remember(wanted.internal(), new Made(mapping, wanted.source(), Deadline.after(lease)));
    }

    private static int port(PcpReply reply) {
        return reply.map().map(PcpReply.Mapped::externalPort).orElse(0);
    }

    private static Optional<InetAddress> external(PcpReply reply) {
        return reply.map().map(PcpReply.Mapped::external);
    }

    private void takeBack() throws InterruptedException {
        PcpReply reply = session.map(
                end(session.local(), nonces, state.gateway(), wanted.protocol(), wanted.internal()), deadline);
        if (ended(reply)) {
            state.forget(wanted.protocol(), wanted.internal());
        }
    }

    /** Whether a mapping is there no more: miniupnpd 2.3.1 answers NO_RESOURCES where it was not, the RFC wants SUCCESS. */
    static boolean ended(PcpReply reply) {
        return reply.success() || reply.code() == PcpResult.NO_RESOURCES.ordinal();
    }

    /**
     * Who may connect; empty where that cannot be said. Sources of the other family cannot connect anyway.
     *
     * @param restricted whether the mapping is there and has filters
     */
    private Optional<Filter> filter(boolean restricted) {
        SourcePolicy source = wanted.source();
        if (source.isAnyone()) {
            return Optional.of(restricted ? Filter.CLEAR : Filter.NONE);
        }
        int family = wanted.internal().address().getAddress().length;
        List<Cidr> blocks = source.blocks().stream()
                .filter(block -> block.address().getAddress().length == family)
                .toList();
        return blocks.isEmpty() || blocks.size() > MapRequest.MOST_FILTERS
                ? Optional.empty()
                : Optional.of(Filter.only(blocks));
    }

    private MapRequest request(Filter filter, boolean preferFailure) {
        // PCP knows no permanent mappings: they are asked for by the day, and renewed like others.
        Duration lease = wanted.lease().isZero() ? MappingRequest.DEFAULT_LEASE : wanted.lease();
        return new MapRequest(
                lease.toSeconds(),
                session.local(),
                nonce(nonces, state.gateway(), wanted.protocol(), wanted.internal()),
                wanted.protocol(),
                wanted.internal().port(),
                externalPort,
                Optional.empty(),
                thirdParty(session.local(), wanted.internal().address()),
                preferFailure,
                filter);
    }

    /** A request that ends the mapping of an internal endpoint, RFC 6887 section 15.1. */
    static MapRequest end(
            InetAddress local, Nonces nonces, Gateway gateway, TransportProtocol protocol, InternalEndpoint internal) {
        return new MapRequest(
                0,
                local,
                nonce(nonces, gateway, protocol, internal),
                protocol,
                internal.port(),
                0,
                Optional.empty(),
                thirdParty(local, internal.address()),
                false,
                Filter.NONE);
    }

    private static Nonce nonce(Nonces nonces, Gateway gateway, TransportProtocol protocol, InternalEndpoint internal) {
        return nonces.of(gateway.id(), protocol, internal.address(), internal.port());
    }

    /** This host itself must not be named a third party, section 13.1. */
    private static Optional<InetAddress> thirdParty(InetAddress local, InetAddress internal) {
        return internal.equals(local) ? Optional.empty() : Optional.of(internal);
    }
}
