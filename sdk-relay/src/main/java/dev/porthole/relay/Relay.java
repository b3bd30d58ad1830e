package dev.porthole.relay;

import dev.porthole.mapping.Forwarder;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.TransportProtocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Forwards TCP connections from ports of this host to cameras: each port to one service, and to nothing else.
 *
 * <pre>{@code
 * try (Relay relay = Relay.builder().build()) {
 *     Forwarder.Forwarding door = relay.forward(new Forwarder.Request(
 *             TransportProtocol.TCP,
 *             new InternalEndpoint(InetAddress.getByName("192.168.69.110"), 554),
 *             InetAddress.getByName("192.168.69.10"), 8554, SourcePolicy.only("198.51.100.0/24")));
 *     …
 * }
 * }</pre>
 *
 * <p>One thread does it all, however many connections there are; it is a daemon and begins with the first port. What one
 * side does not take, the other is not asked for. The end of one direction is passed on after the last of its bytes and leaves the
 * other open; a broken connection is passed on as a reset. An idle connection holds no buffer, a blocked one holds at most
 * one for each direction: in all 2 × {@link Builder#connections} × {@link Builder#buffer} bytes outside the heap.
 *
 * <p>A camera that is down costs each client its own connection and no more: nothing is tried twice, and the next client finds
 * the camera when it is back. UDP is not forwarded: viewers must take RTSP over TCP (interleaved).
 *
 * <p>Thread-safe.
 */
public final class Relay implements Forwarder {
    /** A few screens with sixteen cameras each; more is a reason to think about a server. */
    public static final int DEFAULT_CONNECTIONS = 512;

    /** A browser opens six at a time to a host, and several people may share one address. */
    public static final int DEFAULT_CONNECTIONS_PER_SOURCE = 128;

    /** Longer than any camera's session timeout; a stream that flows is never idle. */
    public static final Duration DEFAULT_IDLE = Duration.ofMinutes(5);

    /** A camera on the LAN answers within milliseconds, or after the second SYN. */
    public static final Duration DEFAULT_CONNECT = Duration.ofSeconds(5);

    /** A large picture's key frame passes in a few rounds. */
    public static final int DEFAULT_BUFFER = 32 * 1024;

    private final Limits limits;
    private final RelayListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Entrance> entrances = new ArrayList<>();
    private volatile @Nullable Loop loop;
    private boolean closed;

    private Relay(Builder builder) {
        limits = new Limits(
                builder.connections,
                builder.connectionsPerSource,
                builder.idle,
                builder.connect,
                builder.buffer,
                builder.socketBuffer,
                builder.route);
        listener = builder.listener;
    }

    /**
     * A builder with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException where the relay is closed
     */
    @Override
    public Forwarding forward(Request request) throws IOException, InterruptedException {
        if (request.protocol() != TransportProtocol.TCP) {
            throw new IllegalArgumentException(request.protocol() + " is not relayed, only TCP: have viewers take "
                    + request.target() + " over TCP (RTSP: interleaved)");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this relay is closed");
            }
            entrances.removeIf(one -> !one.isOpen());
            Loop running = running();
            Entrance entrance = Entrance.bind(running, request);
            if (leadsToItself(entrance)) {
                entrance.end();
                throw new IllegalArgumentException(
                        entrance.listening() + " would lead to " + request.target() + ", which is this relay itself");
            }
            running.begin(entrance);
            entrances.add(entrance);
            return entrance;
        } finally {
            lock.unlock();
        }
    }

    private Loop running() throws IOException {
        Loop running = loop;
        if (running == null) {
            running = new Loop(limits, listener);
            loop = running;
        }
        return running;
    }

    /** Whether a circle would arise, with itself or with another port of this relay. */
    private boolean leadsToItself(Entrance added) {
        List<Entrance> all = new ArrayList<>(entrances);
        all.add(added);
        return all.stream()
                .anyMatch(one -> all.stream()
                        .anyMatch(other -> (one == added || other == added) && leadsTo(one.target(), other)));
    }

    private static boolean leadsTo(InternalEndpoint target, Entrance entrance) {
        if (target.port() != entrance.listening().port()) {
            return false;
        }
        if (target.address().equals(entrance.listening().address())) {
            return true;
        }
        return entrance.listening().address().isAnyLocalAddress() && isOfThisHost(target);
    }

    private static boolean isOfThisHost(InternalEndpoint target) {
        try {
            return NetworkInterface.getByInetAddress(target.address()) != null;
        } catch (SocketException e) {
            return target.address().isLoopbackAddress();
        }
    }

    /**
     * What has been done so far.
     *
     * @return a snapshot, as near as many threads allow
     */
    public RelayCounters counters() {
        // A listener may ask while somebody waits for the thread on which it is told.
        Loop running = loop;
        return running == null ? new Tally().counters(0, 0) : running.counters();
    }

    /** The thread and its selector; null before the first port. For tests. */
    @Nullable
    Loop loop() {
        return loop;
    }

    /** Stops listening, ends every connection and the thread. Ends within two seconds, whatever a listener does. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            Loop running = loop;
            if (running != null) {
                running.close();
            }
            entrances.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Builds a {@link Relay}. Not thread-safe. */
    public static final class Builder {
        private static final int MOST_CONNECTIONS = 100_000;
        private static final int LEAST_BUFFER = 1024;
        private static final int MOST_BUFFER = 1024 * 1024;

        private int connections = DEFAULT_CONNECTIONS;
        private int connectionsPerSource = DEFAULT_CONNECTIONS_PER_SOURCE;
        private Duration idle = DEFAULT_IDLE;
        private Duration connect = DEFAULT_CONNECT;
        private int buffer = DEFAULT_BUFFER;
        private int socketBuffer;
        private UnaryOperator<InetSocketAddress> route = UnaryOperator.identity();
        private RelayListener listener = new RelayListener() {};

        private Builder() {}

        /**
         * Sets how many connections there may be in all.
         *
         * @param value 1 to 100,000, default {@link Relay#DEFAULT_CONNECTIONS}; each takes two sockets of this process
         * @return this
         * @throws IllegalArgumentException where it is out of range
         */
        public Builder connections(int value) {
            connections = within("connections", value, 1, MOST_CONNECTIONS);
            return this;
        }

        /**
         * Sets how many connections one remote address may have. Some routers put their own address in the place of the
         * viewers'; behind those this bounds all viewers together.
         *
         * @param value 1 to 100,000, default {@link Relay#DEFAULT_CONNECTIONS_PER_SOURCE}
         * @return this
         * @throws IllegalArgumentException where it is out of range
         */
        public Builder connectionsPerSource(int value) {
            connectionsPerSource = within("connections from one source", value, 1, MOST_CONNECTIONS);
            return this;
        }

        /**
         * Sets how long a connection may stay without a byte in either direction.
         *
         * @param value more than zero, default {@link Relay#DEFAULT_IDLE}
         * @return this
         * @throws IllegalArgumentException where it is zero or negative
         */
        public Builder idleTimeout(Duration value) {
            idle = positive("idle time", value);
            return this;
        }

        /**
         * Sets how long a camera may take to accept a connection.
         *
         * @param value more than zero, default {@link Relay#DEFAULT_CONNECT}
         * @return this
         * @throws IllegalArgumentException where it is zero or negative
         */
        public Builder connectTimeout(Duration value) {
            connect = positive("connect time", value);
            return this;
        }

        /**
         * Sets how many bytes may be on their way in each direction of a connection.
         *
         * @param value 1 KiB to 1 MiB, default {@link Relay#DEFAULT_BUFFER}
         * @return this
         * @throws IllegalArgumentException where it is out of range
         */
        public Builder buffer(int value) {
            buffer = within("bytes of a buffer", value, LEAST_BUFFER, MOST_BUFFER);
            return this;
        }

        /** For tests: so little that the relay itself has to wait for a reader, not only the system. */
        Builder socketBuffer(int value) {
            socketBuffer = value;
            return this;
        }

        /**
         * Sets the way from a camera's address to the socket behind it, for simulated homes.
         *
         * @param value applied before each connection, by the relay's thread; must not wait. Default: none
         * @return this
         */
        public Builder route(UnaryOperator<InetSocketAddress> value) {
            route = Objects.requireNonNull(value, "route");
            return this;
        }

        /**
         * Sets who is told what happens.
         *
         * @param value default nobody
         * @return this
         */
        public Builder listener(RelayListener value) {
            listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /**
         * Builds the relay. It takes no port and no thread before it is asked to {@link Relay#forward}.
         *
         * @return a new relay
         */
        public Relay build() {
            return new Relay(this);
        }

        private static int within(String what, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException("between " + least + " and " + most + " " + what + ", not " + value);
            }
            return value;
        }

        private static Duration positive(String what, Duration value) {
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException(what + " of " + value + " leaves no time for anything");
            }
            return value;
        }
    }
}
