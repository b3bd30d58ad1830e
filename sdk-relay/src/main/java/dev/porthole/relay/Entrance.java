package dev.porthole.relay;

import dev.porthole.mapping.Forwarder;
import dev.porthole.mapping.InternalEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One port that listens for one service, with its connections. All but what it is for is the relay's thread's. */
final class Entrance implements Forwarder.Forwarding, Ready {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** As many as one system keeps waiting by default; a flood must not keep those who are connected from their turn. */
    private static final int ACCEPTED_AT_ONCE = 64;

    private static final int BACKLOG = 128;

    /** After the system had no socket left. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Loop loop;
    private final Forwarder.Request request;
    private final ServerSocketChannel channel;
    private final InternalEndpoint listening;
    private final Set<Connection> connections = new HashSet<>();
    private @Nullable SelectionKey key;
    private long pausedUntil;
    private boolean paused;

    private Entrance(Loop loop, Forwarder.Request request, ServerSocketChannel channel, InternalEndpoint listening) {
        this.loop = loop;
        this.request = request;
        this.channel = channel;
        this.listening = listening;
    }

    /** Binds; called by whoever asks for it, so that a taken port is told at once. */
    static Entrance bind(Loop loop, Forwarder.Request request) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            // Connections of an earlier run that linger must not keep this one from its port.
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(request.address(), request.port()), BACKLOG);
            channel.configureBlocking(false);
            InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
            return new Entrance(loop, request, channel, new InternalEndpoint(request.address(), bound.getPort()));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Begins to accept. */
    void begin() throws IOException {
        key = loop.register(channel, SelectionKey.OP_ACCEPT, this);
    }

    @Override
    public void ready(int operations) {
        try {
            for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
                SocketChannel client = channel.accept();
                if (client == null) {
                    return;
                }
                accepted(client);
            }
        } catch (IOException e) {
            // Usually no file descriptor is left; asking again at once would ask for ever.
            pause(e);
        }
    }

    private void pause(IOException cause) {
        if (key != null && key.isValid()) {
            LOG.warn("{}: no connection can be accepted for now: {}", listening, cause.getMessage());
            key.interestOps(0);
            pausedUntil = loop.now() + PAUSE_NANOS;
            paused = true;
        }
    }

    private void accepted(SocketChannel client) throws IOException {
        InetSocketAddress source = (InetSocketAddress) client.getRemoteAddress();
        if (source == null) {
            Loop.close(client, true);
            return;
        }
        Circle.Ends ends = new Circle.Ends(source, client.getLocalAddress());
        Optional<RelayRefusal> refusal = refusal(source, ends);
        if (refusal.isPresent()) {
            Loop.close(client, true);
            loop.refused(refusal.get(), source);
            return;
        }
        SocketChannel camera;
        try {
            camera = SocketChannel.open();
        } catch (IOException e) {
            Loop.close(client, true);
            throw e;
        }
        Connection connection = new Connection(loop, this, client, camera, source, ends);
        connections.add(connection);
        loop.sources().add(source.getAddress());
        loop.tally().accepted();
        loop.opened(1);
        InternalEndpoint target = request.target();
        connection.begin(loop.limits().route().apply(new InetSocketAddress(target.address(), target.port())));
    }

    private Optional<RelayRefusal> refusal(InetSocketAddress source, Circle.Ends ends) {
        if (!request.source().allows(source.getAddress())) {
            return Optional.of(RelayRefusal.SOURCE_NOT_ALLOWED);
        } else if (loop.circle().closes(ends)) {
            return Optional.of(RelayRefusal.LOOP);
        } else if (loop.sources().count(source.getAddress()) >= loop.limits().connectionsPerSource()) {
            return Optional.of(RelayRefusal.TOO_MANY_FROM_SOURCE);
        }
        return loop.open() >= loop.limits().connections() ? Optional.of(RelayRefusal.TOO_MANY) : Optional.empty();
    }

    /** For a connection that is over. */
    void ended(Connection connection) {
        if (connections.remove(connection)) {
            loop.sources().remove(connection.source().getAddress());
            loop.opened(-1);
        }
    }

    /** Looks whose time is over. */
    void check(long now) {
        List.copyOf(connections).forEach(connection -> connection.check(now));
        if (paused && now - pausedUntil >= 0 && key != null && key.isValid()) {
            paused = false;
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    /** Whether {@link #check} has to be called, even where there is no connection. */
    boolean waits() {
        return paused;
    }

    /** Closes everything; on the relay's thread. */
    void end() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("{}: closing: {}", listening, e.getMessage());
        }
        List.copyOf(connections).forEach(connection -> connection.end(RelayEnding.CLOSED));
    }

    @Override
    public void fail() {
        LOG.warn("{}: no longer listens", listening);
        loop.endLater(this);
    }

    @Override
    public InternalEndpoint listening() {
        return listening;
    }

    @Override
    public InternalEndpoint target() {
        return request.target();
    }

    @Override
    public void close() {
        loop.close(this);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }
}
