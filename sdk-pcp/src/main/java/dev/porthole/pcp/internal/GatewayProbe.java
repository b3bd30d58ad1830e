package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.pcp.internal.wire.MalformedReplyException;
import dev.porthole.pcp.internal.wire.NatPmp;
import dev.porthole.pcp.internal.wire.NatPmpReply;
import dev.porthole.pcp.internal.wire.Pcp;
import dev.porthole.pcp.internal.wire.PcpReply;
import dev.porthole.pcp.internal.wire.UnsupportedVersionException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks gateways, all at once, whether they speak PCP or NAT-PMP. One that says that it does not speak PCP, or stays silent
 * to it, is asked by NAT-PMP on the same socket where that will do too. Used once, by one thread.
 */
final class GatewayProbe implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayProbe.class);

    private final Selector selector;
    private final Wish wish;
    private final List<Inquiry> inquiries = new ArrayList<>();

    /** What is looked for. */
    enum Wish {
        PCP,
        NATPMP,
        /** PCP, and NAT-PMP where there is no PCP. */
        EITHER
    }

    /**
     * One gateway and what is known of it.
     *
     * <p>Settled by a valid reply, by word that nothing listens, or by a version that is not wanted.
     */
    static final class Inquiry {
        private final InetSocketAddress server;
        private final @Nullable DatagramChannel channel;
        private Optional<PcpReply> pcp = Optional.empty();
        private Optional<NatPmpReply> natPmp = Optional.empty();
        private String malformed = "";
        private boolean otherVersion;
        private boolean settled;

        private Inquiry(InetSocketAddress server, @Nullable DatagramChannel channel) {
            this.server = server;
            this.channel = channel;
            this.settled = channel == null;
        }

        InetSocketAddress server() {
            return server;
        }

        Optional<PcpReply> pcp() {
            return pcp;
        }

        Optional<NatPmpReply> natPmp() {
            return natPmp;
        }

        boolean answered() {
            return pcp.isPresent() || natPmp.isPresent();
        }

        /** What was wrong with what it sent; empty where nothing was, or a valid reply came too. */
        String malformed() {
            return answered() ? "" : malformed;
        }

        /** Whether it speaks NAT-PMP and was asked for PCP alone. */
        boolean otherVersion() {
            return otherVersion;
        }
    }

    GatewayProbe(List<InetSocketAddress> servers, Wish wish) throws IOException {
        this.wish = wish;
        this.selector = Selector.open();
        for (InetSocketAddress server : servers) {
            inquiries.add(new Inquiry(server, connect(server)));
        }
    }

    private @Nullable DatagramChannel connect(InetSocketAddress server) {
        try {
            return Datagrams.connect(server, selector);
        } catch (IOException e) {
            LOG.debug("{} cannot be asked: {}", server, e.getMessage());
            return null;
        }
    }

    /**
     * Asks until every gateway has settled or the time is over.
     *
     * @param firstEnough whether one answer ends it
     * @return what came, in the order of the servers
     */
    List<Inquiry> run(boolean firstEnough, Deadline until) throws InterruptedException, IOException {
        Duration wait = Retransmission.FIRST;
        int round = 0;
        while (!until.expired() && !done(firstEnough)) {
            boolean again = round++ > 0;
            open().forEach(inquiry -> send(inquiry, again));
            Deadline next = until.within(Retransmission.jittered(wait));
            while (!next.expired() && !done(firstEnough)) {
                Datagrams.select(selector, next);
                open().forEach(this::receive);
            }
            wait = Retransmission.next(wait);
        }
        return List.copyOf(inquiries);
    }

    private boolean done(boolean firstEnough) {
        return open().isEmpty() || (firstEnough && inquiries.stream().anyMatch(Inquiry::answered));
    }

    private List<Inquiry> open() {
        return inquiries.stream().filter(inquiry -> !inquiry.settled).toList();
    }

    private void send(Inquiry inquiry, boolean again) {
        if (wish != Wish.NATPMP) {
            send(inquiry, Pcp.announce(Datagrams.local(channel(inquiry))));
        }
        // Some servers of NAT-PMP drop what they do not understand: after a silence both are asked.
        if (wish == Wish.NATPMP || (wish == Wish.EITHER && again)) {
            send(inquiry, NatPmp.addressRequest());
        }
    }

    private static DatagramChannel channel(Inquiry inquiry) {
        if (inquiry.channel == null) {
            throw new IllegalStateException("what has no socket is settled");
        }
        return inquiry.channel;
    }

    private static void send(Inquiry inquiry, byte[] bytes) {
        try {
            Datagrams.send(channel(inquiry), bytes);
        } catch (IOException e) {
            refused(inquiry, e);
        }
    }

    private void receive(Inquiry inquiry) {
        try {
            Optional<byte[]> datagram = Datagrams.receive(channel(inquiry));
            if (datagram.isPresent()) {
                read(inquiry, datagram.get());
            }
        } catch (IOException e) {
            refused(inquiry, e);
        } catch (MalformedReplyException e) {
            LOG.debug("{}: {}", inquiry.server, e.getMessage());
            inquiry.malformed = String.valueOf(e.getMessage());
        }
    }

    /** Nothing listens there, or there is no way there. */
    private static void refused(Inquiry inquiry, IOException e) {
        LOG.debug("{}: {}", inquiry.server, e.getMessage());
        inquiry.settled = true;
    }

    private void read(Inquiry inquiry, byte[] datagram) throws MalformedReplyException {
        if (wish == Wish.NATPMP || (wish == Wish.EITHER && isAddressReply(datagram))) {
            NatPmpReply reply = NatPmpReply.parse(datagram);
            if (reply.aboutAddress()) {
                inquiry.natPmp = Optional.of(reply);
                inquiry.settled = true;
            }
            return;
        }
        try {
            PcpReply reply = PcpReply.parse(datagram);
            inquiry.pcp = Optional.of(reply);
            inquiry.settled = true;
        } catch (UnsupportedVersionException e) {
            LOG.debug("{}: {}", inquiry.server, e.getMessage());
            if (wish == Wish.EITHER && e.isNatPmp()) {
                send(inquiry, NatPmp.addressRequest());
            } else {
                inquiry.otherVersion = e.isNatPmp();
                inquiry.settled = true;
            }
        }
    }

    /** Told from NAT-PMP's word on the version of a PCP request, which is an error and shorter. */
    private static boolean isAddressReply(byte[] datagram) throws MalformedReplyException {
        return datagram.length >= 8
                && datagram[0] == 0
                && NatPmpReply.parse(datagram).external().isPresent();
    }

    @Override
    public void close() throws IOException {
        for (Inquiry inquiry : inquiries) {
            if (inquiry.channel != null) {
                inquiry.channel.close();
            }
        }
        selector.close();
    }
}
