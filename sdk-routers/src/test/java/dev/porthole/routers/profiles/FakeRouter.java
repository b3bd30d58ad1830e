package dev.porthole.routers.profiles;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;

/** A simulated router on loopback with state and faults; a brand answers its requests. */
public abstract class FakeRouter implements AutoCloseable {
    /** What goes wrong with one request. */
    public enum Fault {
        NONE,
        LOST_REPLY,
        LIE,
        SESSION_ENDED,
        HANG
    }

    /** A request. */
    public record Ask(String method, String path, String query, HttpExchange exchange, String body) {
        public String header(String name) {
            return String.valueOf(exchange.getRequestHeaders().getFirst(name));
        }
    }

    /** An answer. */
    public record Answer(int status, String type, byte[] body, Map<String, String> headers) {
        public static Answer of(int status, String type, String body) {
            return new Answer(status, type, body.getBytes(StandardCharsets.UTF_8), Map.of());
        }

        public static Answer html(String body, Charset charset) {
            return new Answer(200, "text/html; charset=" + charset.name(), body.getBytes(charset), Map.of());
        }

        public static Answer json(String body) {
            return of(200, "application/json", body);
        }

        public Answer with(String name, String value) {
            return new Answer(status, type, body, Map.of(name, value));
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Fault fault = Fault.NONE;
    private int faultAt;
    private int requests;
    private IntSupplier logins = () -> 0;
    private Optional<Answer> puzzle = Optional.empty();

    protected FakeRouter() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers and does what is asked for; called under the lock. */
    protected abstract Answer answer(Ask ask);

    /** Whether a request counts: those for identity, login and logout do not. */
    protected abstract boolean counts(Ask ask);

    /** The state, so that a lie can take back what was done. */
    protected abstract Runnable snapshot();

    protected abstract void endSessions();

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public synchronized void fault(int request, Fault kind) {
        requests = 0;
        faultAt = request;
        fault = kind;
    }

    /** What is answered from now on to requests that raise the count of logins. */
    public synchronized void puzzle(IntSupplier counted, Answer answer) {
        logins = counted;
        puzzle = Optional.of(answer);
    }

    public synchronized int requests() {
        return requests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Ask ask = new Ask(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestURI().getRawQuery()),
                    exchange,
                    body);
            Fault now = next(ask);
            if (now == Fault.HANG) {
                Thread.sleep(3_600_000);
            }
            Answer answer = answered(ask, now);
            if (now != Fault.LOST_REPLY) {
                exchange.getResponseHeaders().add("Content-Type", answer.type());
                answer.headers().forEach(exchange.getResponseHeaders()::add);
                exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Fault next(Ask ask) {
        boolean counted = counts(ask);
        requests += counted ? 1 : 0;
        return counted && requests == faultAt ? fault : Fault.NONE;
    }

    private synchronized Answer answered(Ask ask, Fault now) {
        if (now == Fault.SESSION_ENDED) {
            endSessions();
        }
        Runnable undo = snapshot();
        int before = logins.getAsInt();
        Answer answer = answer(ask);
        if (puzzle.isPresent() && logins.getAsInt() > before) {
            return puzzle.get();
        }
        if (now == Fault.LIE) {
            undo.run();
        }
        return answer;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
