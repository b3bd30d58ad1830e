package dev.porthole.pcp.internal;

import dev.porthole.pcp.internal.wire.MalformedReplyException;
import dev.porthole.pcp.internal.wire.NatPmpReply;
import dev.porthole.pcp.internal.wire.PcpReply;
import dev.porthole.pcp.internal.wire.UnsupportedVersionException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what gateways announce by multicast of one family. Anyone on the LAN can send such a datagram, so that it counts only where
 * it comes from the address and port of a gateway that was met, and then tells the gateway's count of seconds, nothing
 * else. One thread, which mostly sleeps.
 */
public final class AnnouncementReceiver implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(AnnouncementReceiver.class);
    /** All hosts of the link (RFC 6887 section 14.1.3, RFC 6886 section 3.2.1): 224.0.0.1 and ff02::1. */
    private static final byte[] ALL_HOSTS = {(byte) 224, 0, 0, 1};

    private static final byte[] ALL_HOSTS_IPV6 = {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    /** The longest message of either protocol, and one byte more. */
    private static final int BUFFER = 1101;

    private final DatagramChannel channel;
    private final List<GatewayStates> known;

    private AnnouncementReceiver(DatagramChannel channel, List<GatewayStates> known) {
        this.channel = channel;
        this.known = known;
    }

    /**
     * Starts receiving.
     *
     * @param family IPv4 or IPv6
     * @param port the port of announcements
     * @param interfaces where to join the group; one that cannot is left out
     * @param known the gateways that count
     * @return the receiver, which runs until it is closed
     * @throws IOException where the port cannot be had
     */
    public static AnnouncementReceiver start(
            StandardProtocolFamily family, int port, List<NetworkInterface> interfaces, List<GatewayStates> known)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open(family);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(port));
            byte[] group = family == StandardProtocolFamily.INET ? ALL_HOSTS : ALL_HOSTS_IPV6;
            join(channel, InetAddress.getByAddress(group), interfaces);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        AnnouncementReceiver receiver = new AnnouncementReceiver(channel, known);
        Thread thread = new Thread(receiver::run, "porthole-announcements");
        thread.setDaemon(true);
        thread.start();
        return receiver;
    }

    private static void join(DatagramChannel channel, InetAddress group, List<NetworkInterface> interfaces) {
        for (NetworkInterface nic : interfaces) {
            try {
                channel.join(group, nic);
            } catch (IOException | IllegalArgumentException e) {
                LOG.debug("{}: no announcements from there: {}", nic.getName(), e.getMessage());
            }
        }
    }

    /** The port on which it receives. */
    public int port() {
        return channel.socket().getLocalPort();
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (channel.isOpen()) {
            try {
                buffer.clear();
                if (channel.receive(buffer) instanceof InetSocketAddress source) {
                    take(source, Arrays.copyOf(buffer.array(), buffer.position()));
                }
            } catch (AsynchronousCloseException e) {
                return;
            } catch (IOException e) {
                LOG.debug("announcements: {}", e.getMessage());
            }
        }
    }

    private void take(InetSocketAddress source, byte[] datagram) {
        for (GatewayStates states : known) {
            states.met(source).ifPresent(state -> {
                try {
                    epoch(datagram).ifPresent(state::announced);
                } catch (MalformedReplyException | UnsupportedVersionException e) {
                    LOG.debug("{}: not an announcement: {}", source, e.getMessage());
                }
            });
        }
    }

    /**
     * The count of seconds of an announcement. A gateway that speaks both protocols has one count, and may announce by one
     * only (miniupnpd 2.3.1 by PCP).
     */
    private static OptionalLong epoch(byte[] datagram) throws MalformedReplyException, UnsupportedVersionException {
        if (datagram.length > 0 && datagram[0] == 0) {
            NatPmpReply reply = NatPmpReply.parse(datagram);
            return reply.aboutAddress() ? OptionalLong.of(reply.epoch()) : OptionalLong.empty();
        }
        PcpReply reply = PcpReply.parse(datagram);
        return reply.isAnnouncement() && reply.success() ? OptionalLong.of(reply.epoch()) : OptionalLong.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
