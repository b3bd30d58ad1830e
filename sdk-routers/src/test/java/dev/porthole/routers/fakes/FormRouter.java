package dev.porthole.routers.fakes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.porthole.Credentials;
import dev.porthole.Secret;
import dev.porthole.routers.RouterBrand;
import dev.porthole.routers.RouterUnderTest;
import dev.porthole.routers.WebRouter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A simulated router of a brand with forms and scripts, on loopback. Counts the requests of sessions, and lets one of them
 * go wrong.
 */
public abstract class FormRouter implements RouterUnderTest {
    private static final Credentials ACCOUNT = new Credentials("admin", Secret.of("s3cret&/+ %x"));

    private final String brand;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Optional<Trouble> trouble = Optional.empty();
    private int troubleAt;
    private int requests;
    private int logins;
    private Optional<FormReply> puzzle = Optional.empty();
    private Optional<Duration> locked = Optional.empty();

    /**
     * A router, listening.
     *
     * @param brand by what name it is spoken to
     */
    FormRouter(String brand) throws IOException {
        this.brand = brand;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers one request; called by one thread at a time. */
    abstract FormReply answer(FormRequest request);

    /** Whether a request is about who is there, or about logging in or out. */
    abstract boolean outsideOfSessions(FormRequest request);

    /** What brings the settings back that are there now. */
    abstract Runnable undo();

    /** Forgets every session. */
    abstract void endSessions();

    public final URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public final WebRouter.Builder connect(Credentials account) {
        RouterBrand known = RouterBrand.byId(brand).orElseThrow();
        return WebRouter.builder(uri(), known).credentials(account).pace(Duration.ZERO);
    }

    @Override
    public final Credentials account() {
        return ACCOUNT;
    }

    static String password() {
        return ACCOUNT.password().use(String::new);
    }

    final void countLogin() {
        logins++;
    }

    @Override
    public final synchronized int logins() {
        return logins;
    }

    @Override
    public final synchronized int requests() {
        return requests;
    }

    @Override
    public final synchronized void trouble(int request, Trouble kind) {
        requests = 0;
        troubleAt = request;
        trouble = Optional.of(kind);
    }

    @Override
    public final synchronized void lock(Duration time) {
        locked = Optional.of(time);
    }

    final Optional<Duration> locked() {
        return locked;
    }

    @Override
    public final synchronized void puzzle(int status) {
        puzzle = Optional.of(new FormReply(status, Map.of("Content-Type", "text/html"), PUZZLE));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            FormRequest request = new FormRequest(exchange);
            Optional<Trouble> now = next(request);
            if (now.equals(Optional.of(Trouble.HANG))) {
                Thread.sleep(3_600_000);
            }
            FormReply reply = answered(request, now);
            if (!now.equals(Optional.of(Trouble.LOST_REPLY)) && reply != FormReply.NONE) {
                send(exchange, reply);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Trouble> next(FormRequest request) {
        boolean counts = !outsideOfSessions(request);
        requests += counts ? 1 : 0;
        return counts && requests == troubleAt ? trouble : Optional.empty();
    }

    private synchronized FormReply answered(FormRequest request, Optional<Trouble> now) {
        if (now.equals(Optional.of(Trouble.SESSION_ENDED))) {
            endSessions();
        }
        Runnable undo = undo();
        int tries = logins;
        FormReply reply = answer(request);
        if (puzzle.isPresent() && logins > tries) {
            return puzzle.get();
        }
        if (now.equals(Optional.of(Trouble.LIE))) {
            undo.run();
        }
        return reply;
    }

    private static void send(HttpExchange exchange, FormReply reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public final void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
