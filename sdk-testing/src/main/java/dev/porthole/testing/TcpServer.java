package dev.porthole.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts TCP connections and serves each on a daemon thread of its own. Closing it closes every connection. */
final class TcpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpServer.class);
    /** A test that opens more than this at once gets refusals from the system, as from a small router. */
    private static final int BACKLOG = 64;

    /** Serves one connection; the server closes it afterwards. */
    @FunctionalInterface
    interface Handler {
        void serve(Socket connection) throws IOException;
    }

    private final ServerSocket listener;
    private final String name;
    private final Handler handler;
    private final ExecutorService threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final CountDownLatch acceptingEnded = new CountDownLatch(1);

    private TcpServer(ServerSocket listener, String name, Handler handler) {
        this.listener = listener;
        this.name = name;
        this.handler = handler;
        this.threads = Executors.newCachedThreadPool(daemons(name));
    }

    static TcpServer start(InetSocketAddress at, String name, Handler handler) throws IOException {
        return start(at, name, handler, ServerSocketFactory.getDefault());
    }

    /** Listens with a socket of the factory's, for TLS. */
    static TcpServer start(InetSocketAddress at, String name, Handler handler, ServerSocketFactory sockets)
            throws IOException {
        ServerSocket listener = sockets.createServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(at, BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw new IOException(name + " cannot listen on " + at + ": " + e.getMessage(), e);
        }
        TcpServer server = new TcpServer(listener, name, handler);
        server.threads.execute(server::accept);
        return server;
    }

    static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** How many connections were accepted so far. */
    int connections() {
        return accepted.get();
    }

    private void accept() {
        try {
            acceptUntilClosed();
        } finally {
            acceptingEnded.countDown();
        }
    }

    private void acceptUntilClosed() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                accepted.incrementAndGet();
                open.add(connection);
                if (listener.isClosed()) {
                    connection.close();
                } else {
                    threads.execute(() -> serve(connection));
                }
            } catch (IOException | java.util.concurrent.RejectedExecutionException e) {
                LOG.debug("{}: accepting ended: {}", name, e.toString());
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            handler.serve(connection);
        } catch (IOException e) {
            LOG.debug("{}: connection from {} ended: {}", name, connection.getRemoteSocketAddress(), e.toString());
        } finally {
            open.remove(connection);
        }
    }

    /** Stops accepting; connections that are open go on. Afterwards connections are refused. */
    void stopAccepting() {
        try {
            listener.close();
            // Until the accepting thread has left the system's call, the system goes on listening.
            if (!acceptingEnded.await(1, TimeUnit.SECONDS)) {
                LOG.warn("{}: still accepting on {}", name, listener);
            }
        } catch (IOException e) {
            LOG.debug("{}: closing: {}", name, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopAccepting();
        for (Socket connection : open) {
            try {
                connection.close();
            } catch (IOException e) {
                LOG.debug("{}: closing: {}", name, e.toString());
            }
        }
        threads.shutdown();
    }
}
