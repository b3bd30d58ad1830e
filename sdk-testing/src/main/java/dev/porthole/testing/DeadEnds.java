package dev.porthole.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Two places where no connection comes about: one refuses, the other never answers. */
final class DeadEnds implements AutoCloseable {
    /** More than any system lets wait for a backlog of 1. */
    private static final int WAITING = 8;

    /** Bound and not listening: its port is nobody else's, and the system refuses connections to it. */
    private final Socket refusing = new Socket();
    /** Listening, its queue full, and nobody accepts: the system drops what comes. */
    private final ServerSocket silent = new ServerSocket();

    private final List<SocketChannel> waiting = new ArrayList<>();

    DeadEnds() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try {
            refusing.bind(new InetSocketAddress(loopback, 0));
            silent.bind(new InetSocketAddress(loopback, 0), 1);
            for (int i = 0; i < WAITING; i++) {
                SocketChannel channel = SocketChannel.open();
                waiting.add(channel);
                channel.configureBlocking(false);
                channel.connect(silent.getLocalSocketAddress());
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    InetSocketAddress refusing() {
        return (InetSocketAddress) refusing.getLocalSocketAddress();
    }

    InetSocketAddress silent() {
        return (InetSocketAddress) silent.getLocalSocketAddress();
    }

    @Override
    public void close() {
        try {
            refusing.close();
            silent.close();
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("closing sockets that were never connected", e);
        }
    }
}
