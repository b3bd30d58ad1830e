package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Gateway;
import dev.porthole.pcp.internal.wire.MalformedReplyException;
import dev.porthole.pcp.internal.wire.UnsupportedVersionException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket connected to one gateway, so that the system drops what others send. Opened for one operation: its port is
 * a new one each time, and an idle provider holds nothing. Used by one thread.
 */
final class GatewaySocket implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewaySocket.class);

    private final Gateway gateway;
    private final DatagramChannel channel;
    private final Selector selector;
    private String malformed = "";

    /**
     * Reads a datagram: a reply to the request that was sent, or empty where it replies to something else.
     *
     * @param <T> what is read
     */
    interface Reader<T> {
        Optional<T> read(byte[] datagram) throws MalformedReplyException, UnsupportedVersionException;
    }

    private GatewaySocket(Gateway gateway, DatagramChannel channel, Selector selector) {
        this.gateway = gateway;
        this.channel = channel;
        this.selector = selector;
    }

    /**
     * Opens one.
     *
     * @param source this host's address from which to ask; empty for the system's choice
     */
    static GatewaySocket open(Gateway gateway, InetSocketAddress server, Optional<InetAddress> source) {
        try {
            Selector selector = Selector.open();
            try {
                return new GatewaySocket(gateway, Datagrams.connect(server, source, selector), selector);
            } catch (IOException | RuntimeException e) {
                selector.close();
                throw e;
            }
        } catch (IOException e) {
            throw new NatTraversalException(
                    FindingCode.TIMED_OUT,
                    gateway + " cannot be sent anything: " + e.getMessage() + ". Check this host's network.",
                    e);
        }
    }

    /** This host's address, as the gateway sees it unless a NAT stands in between. */
    InetAddress local() {
        return Datagrams.local(channel);
    }

    /**
     * Sends a request, again and again, until a reply comes.
     *
     * @param <T> what is read
     * @param request the bytes
     * @param reader reads replies
     * @param tries how often to send it at most
     * @param deadline when to give up
     * @return the reply
     * @throws InterruptedException where the thread was interrupted
     * @throws UnsupportedVersionException where the gateway does not speak the request's version
     * @throws NatTraversalException where no valid reply came
     */
    <T> T ask(byte[] request, Reader<T> reader, int tries, Deadline deadline)
            throws InterruptedException, UnsupportedVersionException {
        try {
            Duration wait = Retransmission.FIRST;
            for (int sent = 0; sent < tries && !deadline.expired(); sent++) {
                Datagrams.send(channel, request);
                Optional<T> reply = await(reader, deadline.within(Retransmission.jittered(wait)));
                if (reply.isPresent()) {
                    return reply.get();
                }
                wait = Retransmission.next(wait);
            }
        } catch (PortUnreachableException e) {
            throw new NatTraversalException(
                    FindingCode.UPNP_OFF,
                    gateway
                            + " answers that nothing listens there any more: its mapping service was switched off, or is"
                            + " restarting. Try again in a minute.",
                    e);
        } catch (IOException e) {
            throw new NatTraversalException(
                    FindingCode.TIMED_OUT, gateway + " cannot be reached: " + e.getMessage() + ".", e);
        }
        throw malformed.isEmpty()
                ? new NatTraversalException(FindingCode.TIMED_OUT, gateway + " did not answer in time.")
                : new NatTraversalException(
                        FindingCode.MALFORMED_REPLY, gateway + " sent no valid reply: " + malformed + ".");
    }

    private <T> Optional<T> await(Reader<T> reader, Deadline until)
            throws IOException, InterruptedException, UnsupportedVersionException {
        do {
            Datagrams.select(selector, until);
            Optional<byte[]> datagram = Datagrams.receive(channel);
            while (datagram.isPresent()) {
                Optional<T> reply = read(reader, datagram.get());
                // A flood does not keep the caller from its deadline.
                if (reply.isPresent() || until.expired()) {
                    return reply;
                }
                datagram = Datagrams.receive(channel);
            }
        } while (!until.expired());
        return Optional.empty();
    }

    private <T> Optional<T> read(Reader<T> reader, byte[] datagram) throws UnsupportedVersionException {
        try {
            return reader.read(datagram);
        } catch (MalformedReplyException e) {
            LOG.debug("{}: {}", gateway, e.getMessage());
            malformed = String.valueOf(e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            LOG.debug("{}: {}", gateway, e.getMessage());
        }
    }
}
