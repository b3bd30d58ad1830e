package dev.porthole.testing;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers SSDP searches on a UDP socket, and on the multicast group where asked to. */
final class SsdpResponder implements AutoCloseable {
    /** The group and port of SSDP. */
    static final InetSocketAddress GROUP = new InetSocketAddress("239.255.255.250", 1900);

    private static final Logger LOG = LoggerFactory.getLogger(SsdpResponder.class);
    private static final int MAX_DATAGRAM = 8192;
    private static final Pattern TARGET = Pattern.compile("(?im)^ST:\\s*(\\S+)\\s*$");

    /** A search as it came. */
    record Search(InetSocketAddress from, byte[] bytes, boolean multicast, Optional<String> target) {}

    private final Function<Search, List<SsdpReply>> answers;
    private final Duration delay;
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private final ScheduledExecutorService sender =
            Executors.newSingleThreadScheduledExecutor(TcpServer.daemons("fake-ssdp-sender"));

    private SsdpResponder(Function<Search, List<SsdpReply>> answers, Duration delay) {
        this.answers = answers;
        this.delay = delay;
    }

    static SsdpResponder start(
            InetSocketAddress at,
            Optional<NetworkInterface> multicast,
            Duration delay,
            Function<Search, List<SsdpReply>> answers)
            throws IOException {
        SsdpResponder responder = new SsdpResponder(answers, delay);
        try {
            responder.sockets.add(new DatagramSocket(at));
            if (multicast.isPresent()) {
                MulticastSocket group = new MulticastSocket(GROUP.getPort());
                responder.sockets.add(group);
                group.joinGroup(GROUP, multicast.get());
            }
        } catch (IOException e) {
            responder.close();
            throw new IOException("the fake gateway cannot listen for searches on " + at + ": " + e.getMessage(), e);
        }
        for (int i = 0; i < responder.sockets.size(); i++) {
            DatagramSocket socket = responder.sockets.get(i);
            boolean group = i > 0;
            TcpServer.daemons("fake-ssdp")
                    .newThread(() -> responder.listen(socket, group))
                    .start();
        }
        return responder;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) sockets.get(0).getLocalSocketAddress();
    }

    private void listen(DatagramSocket socket, boolean multicast) {
        byte[] buffer = new byte[MAX_DATAGRAM];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] bytes = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
                Search search =
                        new Search((InetSocketAddress) packet.getSocketAddress(), bytes, multicast, target(bytes));
                List<SsdpReply> replies = answers.apply(search);
                sender.schedule(() -> send(replies, search.from()), delay.toNanos(), TimeUnit.NANOSECONDS);
            } catch (IOException | java.util.concurrent.RejectedExecutionException e) {
                LOG.debug("SSDP: receiving ended: {}", e.toString());
            }
        }
    }

    private static Optional<String> target(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Matcher target = TARGET.matcher(text);
        return text.startsWith("M-SEARCH ") && target.find() ? Optional.of(target.group(1)) : Optional.empty();
    }

    private void send(List<SsdpReply> replies, InetSocketAddress to) {
        // The first socket is bound to the gateway's own address, so that replies to multicast come from it too.
        DatagramSocket own = sockets.get(0);
        InetAddress address = own.getLocalAddress();
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(address, 0))) {
            for (SsdpReply reply : replies) {
                byte[] bytes = reply.text().getBytes(StandardCharsets.UTF_8);
                (reply.fromOtherPort() ? other : own).send(new DatagramPacket(bytes, bytes.length, to));
            }
        } catch (IOException e) {
            LOG.debug("SSDP: sending to {} ended: {}", to, e.toString());
        }
    }

    @Override
    public void close() {
        sockets.forEach(DatagramSocket::close);
        sender.shutdownNow();
    }
}
