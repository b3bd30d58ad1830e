package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.pcp.internal.wire.MalformedReplyException;
import dev.porthole.pcp.internal.wire.MapRequest;
import dev.porthole.pcp.internal.wire.NatPmp;
import dev.porthole.pcp.internal.wire.NatPmpReply;
import dev.porthole.pcp.internal.wire.PcpReply;
import dev.porthole.pcp.internal.wire.UnsupportedVersionException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** A turn with a gateway that speaks PCP. Used by one thread. */
final class PcpSession implements AutoCloseable {
    private final Turn turn;

    private PcpSession(Turn turn) {
        this.turn = turn;
    }

    static PcpSession open(GatewayState state, InetSocketAddress server, Deadline deadline)
            throws InterruptedException {
        return new PcpSession(Turn.take(state, server, Optional.empty(), deadline));
    }

    /**
     * A turn about an internal client. A host has several addresses of IPv6, and that on the way to the gateway is of the
     * link alone: where the client is this host, it asks from the client's address, and needs no THIRD_PARTY.
     */
    static PcpSession open(GatewayState state, InetSocketAddress server, InetAddress client, Deadline deadline)
            throws InterruptedException {
        boolean here = client instanceof Inet6Address && server.getAddress() instanceof Inet6Address && own(client);
        return new PcpSession(Turn.take(state, server, here ? Optional.of(client) : Optional.empty(), deadline));
    }

    private static boolean own(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    /** This host's address on the way to the gateway. */
    InetAddress local() {
        return turn.local();
    }

    /** Asks for a mapping, or for its end. */
    PcpReply map(MapRequest request, Deadline deadline) throws InterruptedException {
        try {
            PcpReply reply = turn.ask(
                    request.encode(),
                    datagram -> Optional.of(PcpReply.parse(datagram))
                            .filter(r ->
                                    r.map().filter(m -> m.repliesTo(request)).isPresent()),
                    Retransmission.PCP_TRIES,
                    deadline);
            turn.state().epoch(reply.epoch());
            return reply;
        } catch (UnsupportedVersionException e) {
            throw versionChanged(e);
        }
    }

    /**
     * Asks for the external address by NAT-PMP, which most servers of PCP speak besides.
     *
     * @return empty where this one does not
     */
    Optional<NatPmpReply> externalAddress(Deadline deadline) throws InterruptedException {
        try {
            return Optional.of(
                    turn.ask(NatPmp.addressRequest(), PcpSession::addressReply, Retransmission.NATPMP_TRIES, deadline));
        } catch (UnsupportedVersionException e) {
            return Optional.empty();
        } catch (NatTraversalException e) {
            if (e.code() == FindingCode.TIMED_OUT || e.code() == FindingCode.MALFORMED_REPLY) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<NatPmpReply> addressReply(byte[] datagram)
            throws MalformedReplyException, UnsupportedVersionException {
        if (datagram.length > 0 && datagram[0] != 0) {
            // A server without NAT-PMP says so in its own version's format.
            PcpReply.parse(datagram);
        }
        return Optional.of(NatPmpReply.parse(datagram)).filter(NatPmpReply::aboutAddress);
    }

    private NatTraversalException versionChanged(UnsupportedVersionException e) {
        return new NatTraversalException(
                FindingCode.MALFORMED_REPLY,
                turn.state().gateway() + " does not speak PCP any more: " + e.getMessage()
                        + ". Look for gateways again.",
                e);
    }

    @Override
    public void close() {
        turn.close();
    }
}
