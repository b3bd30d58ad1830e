package dev.porthole.pcp.internal;

import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.pcp.internal.wire.NatPmpReply;
import dev.porthole.pcp.internal.wire.NatPmpResult;
import java.util.OptionalInt;

/**
 * The refusals in words.
 *
 * @param internal where traffic was to arrive
 * @param externalPort the external port asked for
 * @param protocol the transport
 */
record NatPmpRefusals(InternalEndpoint internal, int externalPort, TransportProtocol protocol) {
    /** Known before anything is asked for. */
    Refused thirdParty() {
        return new Refused(
                Refusal.THIRD_PARTY,
                OptionalInt.empty(),
                "NAT-PMP maps ports only to the host that asks, not to "
                        + internal.address().getHostAddress()
                        + ". Switch on UPnP on the router, or use its own port forwarding page.");
    }

    Refused sources() {
        return new Refused(
                Refusal.SOURCE_RESTRICTION_UNSUPPORTED,
                OptionalInt.empty(),
                "NAT-PMP cannot restrict who may connect. Allow anyone, or restrict the source on the router's firewall"
                        + " page.");
    }

    Refused of(NatPmpReply reply) {
        NatPmpResult result = reply.result().orElse(NatPmpResult.SUCCESS);
        Refusal reason = switch (result) {
            case NOT_AUTHORIZED -> Refusal.NOT_AUTHORIZED;
            case OUT_OF_RESOURCES -> Refusal.TABLE_FULL;
            case SUCCESS, UNSUPPORTED_VERSION, NETWORK_FAILURE, UNSUPPORTED_OPCODE -> Refusal.OTHER;
        };
        String advice = reason == Refusal.NOT_AUTHORIZED
                ? ". Port mapping is switched off on the router, or a permission rule excludes external port "
                        + externalPort + " or internal port " + internal.port() + "."
                : ".";
        return new Refused(reason, OptionalInt.of(reply.code()), words(reply) + advice);
    }

    Refused otherPort(int granted) {
        return new Refused(
                Refusal.CONFLICT,
                OptionalInt.of(NatPmpResult.SUCCESS.ordinal()),
                "external port " + externalPort + "/" + protocol + " is not free: the router gave " + granted
                        + " instead, which was released. Choose another external port.");
    }

    Refused grantedNothing(NatPmpReply.Mapped granted) {
        return new Refused(
                Refusal.NOT_STORED,
                OptionalInt.of(NatPmpResult.SUCCESS.ordinal()),
                "the router said yes, but to external port " + granted.externalPort() + " for " + granted.lifetime()
                        + " s, which is no mapping. Restart the router.");
    }

    /** What the router answered. */
    static String words(NatPmpReply reply) {
        return "the router answers code " + reply.code()
                + reply.result()
                        .map(result -> ", " + result.name() + ", " + result.words())
                        .orElse("");
    }
}
