package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.pcp.internal.wire.NatPmp;
import dev.porthole.pcp.internal.wire.NatPmpReply;
import dev.porthole.pcp.internal.wire.UnsupportedVersionException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;

/** A turn with a gateway that speaks NAT-PMP. Used by one thread. */
final class NatPmpSession implements AutoCloseable {
    private final Turn turn;

    private NatPmpSession(Turn turn) {
        this.turn = turn;
    }

    static NatPmpSession open(GatewayState state, InetSocketAddress server, Deadline deadline)
            throws InterruptedException {
        return new NatPmpSession(Turn.take(state, server, Optional.empty(), deadline));
    }

    /** This host's address on the way to the gateway. */
    InetAddress local() {
        return turn.local();
    }

    NatPmpReply externalAddress(Deadline deadline) throws InterruptedException {
        return ask(NatPmp.addressRequest(), NatPmpReply::aboutAddress, deadline);
    }

    /** Asks for a mapping; with an external port and a lifetime of zero for its end. */
    NatPmpReply map(TransportProtocol protocol, int internalPort, int externalPort, long lifetime, Deadline deadline)
            throws InterruptedException {
        return ask(
                NatPmp.mapRequest(protocol, internalPort, externalPort, lifetime),
                reply -> reply.repliesTo(protocol, internalPort),
                deadline);
    }

    private NatPmpReply ask(byte[] request, Predicate<NatPmpReply> ours, Deadline deadline)
            throws InterruptedException {
        try {
            NatPmpReply reply = turn.ask(
                    request,
                    datagram -> Optional.of(NatPmpReply.parse(datagram)).filter(ours),
                    Retransmission.NATPMP_TRIES,
                    deadline);
            turn.state().epoch(reply.epoch());
            return reply;
        } catch (UnsupportedVersionException e) {
            throw new NatTraversalException(
                    FindingCode.MALFORMED_REPLY,
                    turn.state().gateway() + " does not speak NAT-PMP: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        turn.close();
    }
}
