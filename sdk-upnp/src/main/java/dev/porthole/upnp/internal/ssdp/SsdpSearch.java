package dev.porthole.upnp.internal.ssdp;

import dev.porthole.internal.LocalNetwork.Attachment;
import dev.porthole.upnp.internal.wire.SsdpGroup;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one search: one per interface for multicast, one for what is asked directly. Used by one thread; {@link
 * #wakeUp()} by any.
 */
public final class SsdpSearch implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SsdpSearch.class);

    /** What nearly every gateway answers to. No more is asked for at first: each reply keeps a gateway busy. */
    private static final List<String> FIRST = List.of("urn:schemas-upnp-org:device:InternetGatewayDevice:1");

    /** For those that answer to one of these only; {@code ssdp:all} alone misses some (Sagemcom F3890). */
    private static final List<String> SECOND = List.of(
            "urn:schemas-upnp-org:device:InternetGatewayDevice:2",
            "urn:schemas-upnp-org:service:WANIPConnection:1",
            "urn:schemas-upnp-org:service:WANIPConnection:2",
            "urn:schemas-upnp-org:service:WANPPPConnection:1");

    /** For those that were silent to the former: legacy names (Huawei HG531), then whatever there is. */
    private static final List<String> FURTHER = List.of(
            "urn:dslforum-org:device:InternetGatewayDevice:1",
            "urn:dslforum-org:service:WANIPConnection:1",
            "urn:dslforum-org:service:WANPPPConnection:1",
            "upnp:rootdevice",
            "ssdp:all");

    private static final List<String> ALL =
            Stream.of(FIRST, SECOND, FURTHER).flatMap(List::stream).toList();

    /**
     * What is sent when. Searches get lost like any datagram; a device one hop away that got one answers well before the
     * next.
     */
    private static final List<Round> ROUNDS = List.of(
            new Round(Duration.ZERO, FIRST),
            new Round(Duration.ofMillis(100), SECOND),
            new Round(Duration.ofMillis(300), ALL),
            new Round(Duration.ofMillis(800), ALL),
            new Round(Duration.ofMillis(1500), ALL));

    private record Round(Duration at, List<String> targets) {}

    /** Within the site, UPnP Device Architecture 1.1 section 1.3.2. */
    private static final int TTL = 2;

    private static final int AT_ONCE = 64;
    /** Room for a storm of replies, as far as the system gives it. */
    private static final int RECEIVE_BUFFER = 1 << 20;

    private final SearchPaths paths;
    private final int port;
    private final Selector selector;
    private final List<DatagramChannel> multicast = new ArrayList<>();
    private final DatagramChannel direct;
    private final ByteBuffer buffer = ByteBuffer.allocate(SsdpReply.MAX_BYTES);

    /**
     * Opens the sockets. An interface that cannot be used is left out.
     *
     * @param paths where to search
     * @param port SSDP's port, for multicast
     * @throws IOException where the system gives no sockets at all
     */
    public SsdpSearch(SearchPaths paths, int port) throws IOException {
        this.paths = paths;
        this.port = port;
        selector = Selector.open();
        try {
            direct = open(Optional.empty());
            for (Attachment attachment : paths.multicast()) {
                try {
                    multicast.add(open(Optional.of(attachment)));
                } catch (IOException e) {
                    LOG.debug("{}: cannot search there: {}", attachment.address(), e.getMessage());
                }
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private DatagramChannel open(Optional<Attachment> attachment) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            if (attachment.isPresent()) {
                channel.setOption(
                        StandardSocketOptions.IP_MULTICAST_IF, attachment.get().networkInterface());
                channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, TTL);
                channel.bind(new InetSocketAddress(attachment.get().address(), 0));
            } else {
                channel.bind(new InetSocketAddress(0));
            }
            channel.register(selector, SelectionKey.OP_READ);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * When a round of searches is to be sent.
     *
     * @param round counted from 0
     * @return the time since the first, or empty where there is no such round
     */
    public static Optional<Duration> timeOf(int round) {
        return round < ROUNDS.size() ? Optional.of(ROUNDS.get(round).at()) : Optional.empty();
    }

    /**
     * Sends a round of searches.
     *
     * @param round counted from 0
     */
    public void send(int round) {
        List<String> targets = ROUNDS.get(round).targets();
        for (InetSocketAddress gateway : paths.direct()) {
            if (gateway.getAddress() instanceof Inet4Address) {
                targets.forEach(target -> send(direct, gateway, target));
            }
        }
        InetSocketAddress group = new InetSocketAddress(SsdpGroup.ADDRESS, port);
        for (DatagramChannel channel : multicast) {
            targets.forEach(target -> send(channel, group, target));
        }
    }

    private static void send(DatagramChannel channel, InetSocketAddress to, String target) {
        InetAddress address = to.getAddress();
        // Exactly so: upper-case names, quotes round ssdp:discover, whole seconds (old stacks compare bytes).
        String message = "M-SEARCH * HTTP/1.1\r\nHOST: " + address.getHostAddress() + ":" + to.getPort()
                + "\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: " + target + "\r\n\r\n";
        try {
            channel.send(ByteBuffer.wrap(message.getBytes(StandardCharsets.US_ASCII)), to);
        } catch (IOException e) {
            LOG.debug("{}: search not sent: {}", to, e.getMessage());
        }
    }

    /**
     * Waits for replies.
     *
     * @param millis at most so long; 0 does not wait
     * @param replies is given each reply
     * @return how many datagrams came
     * @throws InterruptedException where the thread was interrupted
     * @throws IOException where the sockets fail
     */
    public int receive(long millis, Consumer<SsdpReply> replies) throws InterruptedException, IOException {
        if (millis > 0) {
            selector.select(millis);
        } else {
            selector.selectNow();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while searching for gateways");
        }
        int count = 0;
        for (SelectionKey key : selector.selectedKeys()) {
            count += drain((DatagramChannel) key.channel(), replies);
        }
        selector.selectedKeys().clear();
        return count;
    }

    private int drain(DatagramChannel channel, Consumer<SsdpReply> replies) {
        // Bounded, so that a flood does not keep the caller from its deadline.
        for (int i = 0; i < AT_ONCE; i++) {
            buffer.clear();
            try {
                if (!(channel.receive(buffer) instanceof InetSocketAddress source)) {
                    return i;
                }
                SsdpReply.parse(source, buffer.array(), buffer.position()).ifPresent(replies);
            } catch (IOException e) {
                // On some systems a refused datagram of ours shows up here.
                LOG.debug("search: {}", e.getMessage());
            }
        }
        return AT_ONCE;
    }

    /** Makes a {@link #receive} under way, or the next one, return at once. */
    public void wakeUp() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : List.copyOf(selector.keys())) {
            key.channel().close();
        }
        selector.close();
    }
}
