package dev.porthole.routers.profiles;

import com.sun.net.httpserver.HttpExchange;
import dev.porthole.routers.fakes.LoopbackRouter;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A simulated router that a profile speaks to. */
public abstract class FakeRouter extends LoopbackRouter<FakeRouter.Ask, FakeRouter.Answer> {
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

    protected FakeRouter() throws IOException {}

    @Override
    protected Ask question(HttpExchange exchange, byte[] body) {
        return new Ask(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                String.valueOf(exchange.getRequestURI().getRawQuery()),
                exchange,
                new String(body, StandardCharsets.UTF_8));
    }

    @Override
    protected void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", answer.type());
        answer.headers().forEach(exchange.getResponseHeaders()::add);
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }
}
