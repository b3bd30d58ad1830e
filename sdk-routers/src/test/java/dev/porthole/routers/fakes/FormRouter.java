package dev.porthole.routers.fakes;

import com.sun.net.httpserver.HttpExchange;
import dev.porthole.Credentials;
import dev.porthole.Secret;
import dev.porthole.routers.RouterBrand;
import dev.porthole.routers.RouterUnderTest;
import dev.porthole.routers.WebRouter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A simulated router of a brand with forms and scripts, on loopback. Counts the requests of sessions, and lets one of them
 * go wrong.
 */
public abstract class FormRouter extends LoopbackRouter<FormRequest, FormReply> implements RouterUnderTest {
    private static final Credentials ACCOUNT = new Credentials("admin", Secret.of("s3cret&/+ %x"));

    private final String brand;
    private Optional<Duration> locked = Optional.empty();

    /**
     * A router, listening.
     *
     * @param brand by what name it is spoken to
     */
    FormRouter(String brand) throws IOException {
        this.brand = brand;
    }

    /** Whether a request is about who is there, or about logging in or out. */
    abstract boolean outsideOfSessions(FormRequest request);

    @Override
    protected final boolean counts(FormRequest request) {
        return !outsideOfSessions(request);
    }

    @Override
    protected final FormRequest question(HttpExchange exchange, byte[] body) {
        return new FormRequest(exchange, body);
    }

    @Override
    public final URI uri() {
        return URI.create(super.uri() + "/");
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

    @Override
    public final synchronized void lock(Duration time) {
        locked = Optional.of(time);
    }

    final Optional<Duration> locked() {
        return locked;
    }

    @Override
    public final void puzzle(int status) {
        puzzle(new FormReply(status, Map.of("Content-Type", "text/html"), PUZZLE));
    }

    @Override
    protected final void send(HttpExchange exchange, FormReply reply) throws IOException {
        if (reply == FormReply.NONE) {
            return;
        }
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
