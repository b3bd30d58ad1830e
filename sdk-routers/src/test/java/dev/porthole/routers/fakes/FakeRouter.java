package dev.porthole.routers.fakes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.porthole.Credentials;
import dev.porthole.Secret;
import dev.porthole.mapping.MappingTag;
import dev.porthole.routers.RouterBrand;
import dev.porthole.routers.RouterUnderTest;
import dev.porthole.routers.WebRouter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A router with a machine interface, on loopback. A brand's class answers as the brand's clients, guides and firmware
 * sources show it; where each was seen stands in {@code QUIRKS.md}. Nothing is forwarded.
 */
public abstract class FakeRouter implements RouterUnderTest {
    static final String USER = "admin";
    static final String PASSWORD = "s3cret&/+ %x<\"";

    /** The rules as the router holds them, each with its fields in the router's order. Used under this object's lock. */
    final List<Map<String, Object>> rules = new ArrayList<>();

    private final String brand;
    private final String nameField;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> log = new ArrayList<>();
    private Trouble trouble = Trouble.HANG;
    private int troubleAt;
    private int requests;
    private Optional<Answer> puzzle = Optional.empty();
    int logins;

    /**
     * A router, listening.
     *
     * @param brand its profile's name
     * @param nameField what the rules' name is called
     */
    FakeRouter(String brand, String nameField) throws IOException {
        this.brand = brand;
        this.nameField = nameField;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Does what a request asks for, and answers. */
    abstract Answer answer(Call call);

    /** Whether a request is one of a session, not of looking who is there, of logging in or out. */
    abstract boolean counts(Call call);

    /** Forgets every session. */
    void endSessions() {}

    /** A rule, or another row of others, as it was there before. */
    static Map<String, Object> row(Object... fields) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            row.put((String) fields[i], fields[i + 1]);
        }
        return row;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Call call = new Call(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    new String(body, StandardCharsets.UTF_8));
            Trouble now = next(call);
            if (now == Trouble.HANG) {
                closed.await();
                return;
            }
            Answer answer = answered(call, now);
            if (now != Trouble.LOST_REPLY) {
                send(exchange, answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Trouble next(Call call) {
        log.add(call.method() + " " + call.path());
        boolean counted = counts(call);
        requests += counted ? 1 : 0;
        return counted && requests == troubleAt ? trouble : null;
    }

    private synchronized Answer answered(Call call, Trouble now) {
        if (now == Trouble.SESSION_ENDED) {
            endSessions();
        }
        List<Map<String, Object>> before = copy(rules);
        int tries = logins;
        Answer answer = answer(call);
        if (puzzle.isPresent() && logins > tries) {
            return puzzle.get();
        }
        if (now == Trouble.LIE) {
            rules.clear();
            rules.addAll(before);
        }
        return answer;
    }

    private static List<Map<String, Object>> copy(List<Map<String, Object>> rules) {
        List<Map<String, Object>> copies = new ArrayList<>();
        rules.forEach(rule -> copies.add(new LinkedHashMap<>(rule)));
        return copies;
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(field -> exchange.getResponseHeaders().add(field.getKey(), field.getValue()));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Where it is. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Every request so far, as {@code METHOD /path}. */
    public synchronized List<String> log() {
        return List.copyOf(log);
    }

    /** The rules as the router holds them. */
    public synchronized List<Map<String, Object>> held() {
        return copy(rules);
    }

    /** Adds a row past all checks. */
    public synchronized void hold(Map<String, Object> row) {
        rules.add(new LinkedHashMap<>(row));
    }

    @Override
    public WebRouter.Builder connect(Credentials account) {
        RouterBrand spoken = RouterBrand.byId(brand).orElseThrow();
        return WebRouter.builder(uri(), spoken).credentials(account).pace(Duration.ZERO);
    }

    @Override
    public Credentials account() {
        return new Credentials(USER, Secret.of(PASSWORD));
    }

    private synchronized List<String> rows(boolean ours) {
        return rules.stream()
                .filter(rule -> MappingTag.isOurs(String.valueOf(rule.get(nameField))) == ours)
                .map(Object::toString)
                .toList();
    }

    @Override
    public List<String> foreign() {
        return rows(false);
    }

    @Override
    public List<String> ours() {
        return rows(true);
    }

    @Override
    public int foreignPort() {
        return 9000;
    }

    @Override
    public synchronized int logins() {
        return logins;
    }

    @Override
    public int sessions() {
        return 0;
    }

    @Override
    public synchronized void trouble(int request, Trouble kind) {
        requests = 0;
        troubleAt = request;
        trouble = kind;
    }

    @Override
    public synchronized int requests() {
        return requests;
    }

    @Override
    public void lock(Duration time) {
        throw new UnsupportedOperationException(brand + " locks nobody out");
    }

    @Override
    public synchronized void puzzle(int status) {
        puzzle = Optional.of(Answer.html(status, PUZZLE));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
