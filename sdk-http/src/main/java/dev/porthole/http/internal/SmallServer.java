package dev.porthole.http.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP/1.1 server for JSON documents, made for hostile clients: one request per connection, a bound on connections
 * overall and per peer, and a time in which a whole request, handshake included, must have come, however it drips.
 *
 * <p>HttpCore reads and writes the messages. Its own server is not used, nor the JDK's: HttpCore's limits each read but
 * not the whole request, and starts threads without a bound; the JDK's can be bounded by properties of the whole process
 * only, which a library must not set.
 *
 * <p>Thread-safe. A daemon thread per open connection, which ends when idle.
 */
public final class SmallServer implements AutoCloseable {
    /** Handles requests. Called by many threads; interrupted when the server is closed. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Answers a request.
         *
         * @param request what came
         * @return the answer
         * @throws InterruptedException where the server is closing
         */
        ServerReply handle(ServerRequest request) throws InterruptedException;
    }

    /**
     * What clients may use.
     *
     * @param connections open at once
     * @param connectionsPerPeer open at once from one address
     * @param unlimitedPeers addresses to which {@code connectionsPerPeer} does not apply: proxies
     * @param bodyBytes of a request's body; a longer one is answered with 413
     * @param requestTime from connecting to the last byte of the request
     * @param handlingTime from there to the last byte of the reply
     * @param stackBytes of the threads that handle requests
     */
    public record Limits(
            int connections,
            int connectionsPerPeer,
            Predicate<InetAddress> unlimitedPeers,
            int bodyBytes,
            Duration requestTime,
            Duration handlingTime,
            long stackBytes) {}

    private static final Logger LOG = LoggerFactory.getLogger(SmallServer.class);

    /** Clients that connect at the same moment wait in the system, not refused. */
    private static final int BACKLOG = 1024;

    /** Where the system has no more descriptors, trying again at once would only burn time. */
    private static final long PAUSE_MILLIS = 50;

    private static final long IDLE_SECONDS = 10;
    private static final long CLOSING_SECONDS = 2;

    private final ServerSocket socket;
    private final Optional<SSLSocketFactory> tls;
    private final Limits limits;
    private final Handler handler;
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor clock;
    private final Map<Socket, InetAddress> open = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> perPeer = new ConcurrentHashMap<>();
    private final Thread acceptor;
    private volatile boolean closed;

    private SmallServer(ServerSocket socket, Optional<SSLSocketFactory> tls, Limits limits, Handler handler) {
        this.socket = socket;
        this.tls = tls;
        this.limits = limits;
        this.handler = handler;
        this.workers = new ThreadPoolExecutor(
                0,
                limits.connections(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                daemons("porthole-server", limits.stackBytes()));
        this.clock = new ScheduledThreadPoolExecutor(1, daemons("porthole-server-clock", 0));
        this.clock.setRemoveOnCancelPolicy(true);
        this.acceptor = daemons("porthole-server-accept", 0).newThread(this::accept);
    }

    /**
     * Listens and serves.
     *
     * @param address where to listen; port 0 takes a free one
     * @param tls for TLS; empty for plain TCP
     * @param limits what clients may use
     * @param handler answers the requests
     * @return the running server
     * @throws IOException where it cannot listen there
     */
    public static SmallServer start(
            InetSocketAddress address, Optional<SSLSocketFactory> tls, Limits limits, Handler handler)
            throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        SmallServer server = new SmallServer(socket, tls, limits, handler);
        server.acceptor.start();
        return server;
    }

    /**
     * A maker of daemon threads.
     *
     * @param name their name
     * @param stackBytes the size of their stacks; 0 for the system's own
     * @return the maker
     */
    public static ThreadFactory daemons(String name, long stackBytes) {
        return task -> {
            Thread thread = new Thread(null, task, name, stackBytes);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Where this server listens.
     *
     * @return address and port
     */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket accepted = socket.accept();
                if (!admit(accepted)) {
                    accepted.close();
                }
            } catch (IOException e) {
                if (!closed) {
                    LOG.warn("{}: no connection can be accepted: {}", address(), e.getMessage());
                    pause();
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            // Only close() interrupts, and has said so.
        }
    }

    /** Gives a connection to a thread; false where there are too many. */
    private boolean admit(Socket accepted) {
        InetAddress peer = accepted.getInetAddress();
        if (peer == null || !enter(peer)) {
            LOG.debug("{}: too many connections", peer);
            return false;
        }
        open.put(accepted, peer);
        try {
            workers.execute(() -> serve(accepted, peer));
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: too many connections overall", peer);
            leave(accepted, peer);
            return false;
        }
    }

    private boolean enter(InetAddress peer) {
        int now = perPeer.merge(peer, 1, Integer::sum);
        if (now <= limits.connectionsPerPeer() || limits.unlimitedPeers().test(peer)) {
            return true;
        }
        forget(peer);
        return false;
    }

    private void forget(InetAddress peer) {
        perPeer.computeIfPresent(peer, (address, count) -> count == 1 ? null : count - 1);
    }

    private void leave(Socket accepted, InetAddress peer) {
        open.remove(accepted);
        forget(peer);
    }

    private void serve(Socket accepted, InetAddress peer) {
        try (accepted) {
            if (closed) {
                return;
            }
            converse(accepted);
        } catch (IOException e) {
            LOG.debug("{}: {}", peer.getHostAddress(), e.getMessage());
        } catch (InterruptedException e) {
            LOG.debug("{}: closed while it was served", peer.getHostAddress());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("{}: a connection ended by a fault of this program", peer.getHostAddress(), e);
        } finally {
            leave(accepted, peer);
        }
    }

    private void converse(Socket accepted) throws IOException, InterruptedException {
        ScheduledFuture<?> end = closeAfter(accepted, limits.requestTime());
        try {
            ServerConversation conversation = new ServerConversation(accepted, tls, limits.bodyBytes());
            Optional<ServerRequest> request = conversation.receive();
            end.cancel(false);
            end = closeAfter(accepted, limits.handlingTime());
            conversation.reply(request.isPresent() ? handled(request.get()) : conversation.refusal());
        } finally {
            end.cancel(false);
        }
    }

    private ServerReply handled(ServerRequest request) throws InterruptedException {
        try {
            return handler.handle(request);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error(
                    "{}: a request failed by a fault of this program",
                    request.peer().getHostAddress(),
                    e);
            return ServerReply.of(500, ServerConversation.error("internal_error", "this server failed"));
        }
    }

    private ScheduledFuture<?> closeAfter(Socket accepted, Duration time) {
        return clock.schedule(() -> close(accepted), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void close(Socket accepted) {
        try {
            accepted.close();
        } catch (IOException e) {
            LOG.debug("closing: {}", e.getMessage());
        }
    }

    /** Stops listening, ends open connections and interrupts what handles them. Returns within two seconds. */
    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing: {}", e.getMessage());
        }
        acceptor.interrupt();
        workers.shutdownNow();
        open.keySet().forEach(SmallServer::close);
        try {
            if (!workers.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("some requests did not end when this server was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Last: requests that are ending may still set it.
            clock.shutdownNow();
        }
    }
}
