package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.pcp.internal.wire.MapRequest;
import dev.porthole.pcp.internal.wire.MapRequest.Filter;
import dev.porthole.pcp.internal.wire.NatPmpReply;
import dev.porthole.pcp.internal.wire.NatPmpResult;
import dev.porthole.pcp.internal.wire.Nonce;
import dev.porthole.pcp.internal.wire.PcpReply;
import dev.porthole.pcp.internal.wire.PcpResult;
import java.time.Duration;
import java.util.Optional;

/** Asks a gateway that speaks PCP for its external address. Used once, by one thread. */
final class ExternalAddressQuestion {
    /** Two tries one hop away. */
    private static final Duration FOR_NATPMP = Duration.ofMillis(600);
    /** The discard port: nobody is reached by the mapping while it lasts. */
    private static final int NOBODYS_PORT = 9;
    /** The shortest that servers commonly grant, should the release get lost. */
    private static final long SHORT_LIFETIME = 120;

    private final PcpSession session;
    private final GatewayState state;
    private final Nonces nonces;

    ExternalAddressQuestion(PcpSession session, GatewayState state, Nonces nonces) {
        this.session = session;
        this.state = state;
        this.nonces = nonces;
    }

    ExternalAddress ask(Deadline deadline) throws InterruptedException {
        if (!state.pcpOnly()) {
            Optional<NatPmpReply> reply = session.externalAddress(deadline.within(FOR_NATPMP));
            Optional<ExternalAddress> told = reply.flatMap(ExternalAddressQuestion::read);
            if (told.isPresent()) {
                return told.get();
            }
            state.pcpOnly(true);
        }
        return byOwnMapping(deadline);
    }

    /** What a reply of NAT-PMP means; empty where it tells nothing. */
    static Optional<ExternalAddress> read(NatPmpReply reply) {
        if (reply.code() == NatPmpResult.NETWORK_FAILURE.ordinal()) {
            return Optional.of(ExternalAddress.reported(""));
        }
        return reply.external().map(address -> ExternalAddress.reported(address.getHostAddress()));
    }

    private ExternalAddress byOwnMapping(Deadline deadline) throws InterruptedException {
        Nonce nonce = nonces.of(state.gateway().id(), TransportProtocol.UDP, session.local(), NOBODYS_PORT);
        PcpReply reply = session.map(request(nonce, SHORT_LIFETIME), deadline);
        if (reply.success()) {
            session.map(request(nonce, 0), deadline);
            return reply.map()
                    .map(map -> ExternalAddress.reported(map.external().getHostAddress()))
                    .orElse(ExternalAddress.UNKNOWN);
        }
        return reply.code() == PcpResult.NETWORK_FAILURE.ordinal()
                ? ExternalAddress.reported("")
                : ExternalAddress.UNKNOWN;
    }

    private MapRequest request(Nonce nonce, long lifetime) {
        return new MapRequest(
                lifetime,
                session.local(),
                nonce,
                TransportProtocol.UDP,
                NOBODYS_PORT,
                0,
                Optional.empty(),
                Optional.empty(),
                false,
                Filter.NONE);
    }
}
