package dev.porthole.routers.fakes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.porthole.routers.RouterUnderTest.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A simulated router on loopback: counts the requests of sessions, and lets one of them go wrong. What is asked and answered
 * is a brand's own.
 *
 * @param <Q> a request
 * @param <A> an answer
 */
public abstract class LoopbackRouter<Q, A> implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<Trouble> trouble = Optional.empty();
    private Optional<A> puzzle = Optional.empty();
    private int troubleAt;
    private int requests;
    private int logins;
    private boolean started;

    /** A router that answers from when it is asked where it is. */
    protected LoopbackRouter() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
    }

    /** Reads a request. */
    protected abstract Q question(HttpExchange exchange, byte[] body);

    /** Does what is asked for and answers; called by one thread at a time, under this object's lock. */
    protected abstract A answer(Q question);

    /** Sends an answer. */
    protected abstract void send(HttpExchange exchange, A answer) throws IOException;

    /** Whether a request is one of a session, not of looking who is there, of logging in or out. */
    protected abstract boolean counts(Q question);

    /** What brings the settings back that are there now, so that a lie can take back what was done. */
    protected abstract Runnable undo();

    /** Forgets every session. */
    protected void endSessions() {}

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Q question = question(exchange, exchange.getRequestBody().readAllBytes());
            Optional<Trouble> now = next(question);
            if (now.equals(Optional.of(Trouble.HANG))) {
                closed.await();
                return;
            }
            if (now.equals(Optional.of(Trouble.REFUSED))) {
                exchange.sendResponseHeaders(500, -1);
            }
            if (now.equals(Optional.of(Trouble.REFUSED)) || now.equals(Optional.of(Trouble.LOST_REQUEST))) {
                return;
            }
            A answer = answered(question, now);
            if (!now.equals(Optional.of(Trouble.LOST_REPLY))) {
                send(exchange, answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Trouble> next(Q question) {
        boolean counted = counts(question);
        requests += counted ? 1 : 0;
        return counted && requests == troubleAt ? trouble : Optional.empty();
    }

    private synchronized A answered(Q question, Optional<Trouble> now) {
        if (now.equals(Optional.of(Trouble.SESSION_ENDED))) {
            endSessions();
        }
        Runnable undo = undo();
        int before = logins;
        A answer = answer(question);
        if (now.equals(Optional.of(Trouble.LIE))) {
            undo.run();
        }
        return logins > before ? puzzle.orElse(answer) : answer;
    }

    /** Where it is, without a slash at the end. */
    public synchronized URI uri() {
        if (!started) {
            server.createContext("/", this::handle);
            server.start();
            started = true;
        }
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Somebody tried to log in, or showed a wrong account. */
    protected final void countLogin() {
        logins++;
    }

    public synchronized int logins() {
        return logins;
    }

    public synchronized int requests() {
        return requests;
    }

    public synchronized void trouble(int request, Trouble kind) {
        requests = 0;
        troubleAt = request;
        trouble = Optional.of(kind);
    }

    /** Answers so from now on to whoever tries to log in. */
    public synchronized void puzzle(A answer) {
        puzzle = Optional.of(answer);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
