package dev.porthole.routers.fakes;

import com.sun.net.httpserver.HttpExchange;
import dev.porthole.Credentials;
import dev.porthole.Secret;
import dev.porthole.mapping.MappingTag;
import dev.porthole.routers.RouterBrand;
import dev.porthole.routers.RouterUnderTest;
import dev.porthole.routers.WebRouter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A router with a machine interface, on loopback. A brand's class answers as the brand's clients, guides and firmware
 * sources show it; where each was seen stands in {@code QUIRKS.md}. Nothing is forwarded.
 */
public abstract class FakeRouter extends LoopbackRouter<Call, Answer> implements RouterUnderTest {
    static final String USER = "admin";
    static final String PASSWORD = "s3cret&/+ %x<\"";

    /** The rules as the router holds them, each with its fields in the router's order. Used under this object's lock. */
    final List<Map<String, Object>> rules = new ArrayList<>();

    private final String brand;
    private final String nameField;
    private final List<String> log = new ArrayList<>();

    /**
     * A router, listening.
     *
     * @param brand its profile's name
     * @param nameField what the rules' name is called
     */
    FakeRouter(String brand, String nameField) throws IOException {
        this.brand = brand;
        this.nameField = nameField;
    }

    /** A rule, or another row of others, as it was there before. */
    static Map<String, Object> row(Object... fields) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            row.put((String) fields[i], fields[i + 1]);
        }
        return row;
    }

    @Override
    protected Call question(HttpExchange exchange, byte[] body) {
        return new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders(),
                new String(body, StandardCharsets.UTF_8));
    }

    @Override
    protected final Answer answer(Call call) {
        log.add(call.method() + " " + call.path());
        return answered(call);
    }

    /** Does what a request asks for, and answers. */
    abstract Answer answered(Call call);

    @Override
    protected Runnable undo() {
        List<Map<String, Object>> before = copy(rules);
        return () -> {
            rules.clear();
            rules.addAll(before);
        };
    }

    private static List<Map<String, Object>> copy(List<Map<String, Object>> rules) {
        List<Map<String, Object>> copies = new ArrayList<>();
        rules.forEach(rule -> copies.add(new LinkedHashMap<>(rule)));
        return copies;
    }

    @Override
    protected void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(field -> exchange.getResponseHeaders().add(field.getKey(), field.getValue()));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
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
    public int sessions() {
        return 0;
    }

    @Override
    public void lock(Duration time) {
        throw new UnsupportedOperationException(brand + " locks nobody out");
    }

    @Override
    public void puzzle(int status) {
        puzzle(Answer.html(status, PUZZLE));
    }
}
