package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.pcp.internal.wire.MapRequest;
import dev.porthole.pcp.internal.wire.MapRequest.Filter;
import dev.porthole.pcp.internal.wire.Nonce;
import dev.porthole.pcp.internal.wire.PcpReply;
import dev.porthole.pcp.internal.wire.PcpResult;
import java.util.Optional;

/**
 * Whether a gateway looks at filters at all. miniupnpd 2.3.1 answers SUCCESS to any and lets everyone in; its reply echoes
 * the option. So it is asked, for a port of this host that nobody offers, for a filter that cannot be: a prefix of 255
 * bits. Who looks at it must refuse it (RFC 6887 section 13.3), and nobody else is trusted with a source restriction.
 */
final class FilterTrial {
    /** The discard port. */
    private static final int NOBODYS_PORT = 9;
    /** The shortest that servers commonly grant, should the release get lost. */
    private static final long SHORT_LIFETIME = 120;

    private final PcpSession session;
    private final GatewayState state;

    FilterTrial(PcpSession session, GatewayState state) {
        this.session = session;
        this.state = state;
    }

    boolean passed(Deadline deadline) throws InterruptedException {
        if (state.filters().isEmpty()) {
            state.filters(refusesTheImpossible(deadline));
        }
        return state.filters().orElseThrow();
    }

    private boolean refusesTheImpossible(Deadline deadline) throws InterruptedException {
        Nonce nonce = Nonces.random();
        PcpReply reply = session.map(request(nonce, SHORT_LIFETIME, Filter.IMPOSSIBLE), deadline);
        if (reply.success()) {
            session.map(request(nonce, 0, Filter.NONE), deadline);
        }
        return reply.code() == PcpResult.MALFORMED_OPTION.ordinal()
                || reply.code() == PcpResult.MALFORMED_REQUEST.ordinal();
    }

    private MapRequest request(Nonce nonce, long lifetime, Filter filter) {
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
                filter);
    }
}
