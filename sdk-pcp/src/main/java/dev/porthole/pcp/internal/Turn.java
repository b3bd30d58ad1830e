package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.pcp.internal.wire.UnsupportedVersionException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A turn with a gateway: its lock is held until the end. Each request has a socket of its own, so that a late copy of the
 * reply to one is never taken for the reply to the next. Used by one thread.
 */
final class Turn implements AutoCloseable {
    private final GatewayState state;
    private final InetSocketAddress server;
    private final Optional<InetAddress> source;
    private final ReentrantLock lock;
    private final InetAddress local;
    /** The one that told this host's address, for the first request. */
    private @Nullable GatewaySocket opened;

    private Turn(GatewayState state, InetSocketAddress server, Optional<InetAddress> source, ReentrantLock lock) {
        this.state = state;
        this.server = server;
        this.source = source;
        this.lock = lock;
        this.opened = GatewaySocket.open(state.gateway(), server, source);
        this.local = opened.local();
    }

    /**
     * Waits for its turn.
     *
     * @param source this host's address from which to ask; empty for the system's choice
     */
    static Turn take(GatewayState state, InetSocketAddress server, Optional<InetAddress> source, Deadline deadline)
            throws InterruptedException {
        ReentrantLock lock = state.take(deadline);
        try {
            return new Turn(state, server, source, lock);
        } catch (RuntimeException e) {
            lock.unlock();
            throw e;
        }
    }

    /** This host's address on the way to the gateway. */
    InetAddress local() {
        return local;
    }

    GatewayState state() {
        return state;
    }

    /** As {@link GatewaySocket#ask}. */
    <T> T ask(byte[] request, GatewaySocket.Reader<T> reader, int tries, Deadline deadline)
            throws InterruptedException, UnsupportedVersionException {
        GatewaySocket first = opened;
        opened = null;
        try (GatewaySocket socket = first != null ? first : GatewaySocket.open(state.gateway(), server, source)) {
            return socket.ask(request, reader, tries, deadline);
        }
    }

    @Override
    public void close() {
        try {
            if (opened != null) {
                opened.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
