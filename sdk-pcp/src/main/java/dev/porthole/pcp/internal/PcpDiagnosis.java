package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.pcp.internal.wire.MapRequest;
import dev.porthole.pcp.internal.wire.MapRequest.Filter;
import dev.porthole.pcp.internal.wire.PcpReply;
import dev.porthole.pcp.internal.wire.PcpResult;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Why a mapping was refused. Two codes mean several things, which are told apart by asking for the end of a mapping that
 * nobody has: it changes nothing, and has the same options without the same ports.
 */
final class PcpDiagnosis {
    /** The discard port, which no camera offers. */
    private static final int NOBODYS_PORT = 9;

    private final PcpSession session;
    private final GatewayState state;
    private final PcpRefusals refusals;
    private final Deadline deadline;

    PcpDiagnosis(PcpSession session, GatewayState state, PcpRefusals refusals, Deadline deadline) {
        this.session = session;
        this.state = state;
        this.refusals = refusals;
        this.deadline = deadline;
    }

    Refused of(MapRequest request, PcpReply reply) throws InterruptedException {
        Optional<PcpResult> result = reply.result();
        if (result.isEmpty()) {
            return refusals.other(reply);
        }
        return switch (result.get()) {
            case UNSUPP_OPTION -> unsupportedOption(request, reply);
            case NOT_AUTHORIZED -> notAuthorized(request, reply);
            case CANNOT_PROVIDE_EXTERNAL -> refusals.conflict(reply);
            case EXCESSIVE_REMOTE_PEERS -> refusals.filter(reply);
            case NO_RESOURCES, USER_EX_QUOTA -> refusals.full(reply);
            case ADDRESS_MISMATCH -> throw natInBetween();
            case SUCCESS,
                    UNSUPP_VERSION,
                    MALFORMED_REQUEST,
                    UNSUPP_OPCODE,
                    MALFORMED_OPTION,
                    NETWORK_FAILURE,
                    UNSUPP_PROTOCOL -> refusals.other(reply);
        };
    }

    /** RFC 6887 section 8.1: the server compares the address in the request with that from which it came. */
    private NatTraversalException natInBetween() {
        return new NatTraversalException(
                FindingCode.DOUBLE_NAT,
                state.gateway() + " sees this host's requests come from another address than "
                        + session.local().getHostAddress()
                        + ": another NAT stands between this host and that router, as the network of a container or of a"
                        + " virtual machine is, or a second router. Run this on the camera's own network (a container:"
                        + " with the network of its host).");
    }

    private Refused unsupportedOption(MapRequest request, PcpReply reply) throws InterruptedException {
        boolean filtered = request.filter().sent();
        if (request.thirdParty().isPresent()
                && (!filtered || endNothing(request.thirdParty()).code() == reply.code())) {
            state.thirdParty(false);
            return refusals.thirdParty(reply);
        }
        return filtered ? refusals.filter(reply) : refusals.other(reply);
    }

    private Refused notAuthorized(MapRequest request, PcpReply reply) throws InterruptedException {
        if (endNothing(request.thirdParty()).code() != reply.code()) {
            return refusals.policy(reply);
        }
        if (request.thirdParty().isPresent() && endNothing(Optional.empty()).code() != reply.code()) {
            state.thirdParty(false);
            return refusals.thirdParty(reply);
        }
        return refusals.notAuthorized(reply);
    }

    private PcpReply endNothing(Optional<InetAddress> thirdParty) throws InterruptedException {
        return session.map(
                new MapRequest(
                        0,
                        session.local(),
                        Nonces.random(),
                        TransportProtocol.UDP,
                        NOBODYS_PORT,
                        0,
                        Optional.empty(),
                        thirdParty,
                        false,
                        Filter.NONE),
                deadline);
    }
}
