package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.pcp.internal.wire.Pcp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.Optional;

/** UDP sockets connected to gateways. */
final class Datagrams {
    private Datagrams() {}

    static DatagramChannel connect(InetSocketAddress server, Selector selector) throws IOException {
        return connect(server, Optional.empty(), selector);
    }

    /**
     * Connects.
     *
     * @param source this host's address from which to ask; empty for the system's choice
     */
    static DatagramChannel connect(InetSocketAddress server, Optional<InetAddress> source, Selector selector)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            if (source.isPresent()) {
                channel.bind(new InetSocketAddress(source.get(), 0));
            }
            channel.connect(server);
            channel.register(selector, SelectionKey.OP_READ);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    static InetAddress local(DatagramChannel channel) {
        try {
            return ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        } catch (IOException e) {
            throw new IllegalStateException("the socket was closed", e);
        }
    }

    static void send(DatagramChannel channel, byte[] bytes) throws IOException {
        channel.write(ByteBuffer.wrap(bytes));
    }

    /**
     * Takes a datagram that is there.
     *
     * @return its bytes, one more than PCP allows at most, or empty where there is none
     * @throws IOException where the socket fails; a {@link java.net.PortUnreachableException} where the gateway's host
     *     says that nothing listens
     */
    static Optional<byte[]> receive(DatagramChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Pcp.MAX_BYTES + 1);
        int length = channel.read(buffer);
        return length <= 0 ? Optional.empty() : Optional.of(Arrays.copyOf(buffer.array(), length));
    }

    /** Waits until something is there or the time is over. */
    static void select(Selector selector, Deadline until) throws IOException, InterruptedException {
        int millis = until.remainingMillis();
        if (millis > 0) {
            selector.select(millis);
        } else {
            selector.selectNow();
        }
        selector.selectedKeys().clear();
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while waiting for a gateway");
        }
    }
}
