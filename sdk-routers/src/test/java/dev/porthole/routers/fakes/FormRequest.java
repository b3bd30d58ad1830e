package dev.porthole.routers.fakes;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request as a simulated router with forms sees it. */
public final class FormRequest {
    private final HttpExchange exchange;
    private final String body;

    FormRequest(HttpExchange exchange, byte[] body) {
        this.exchange = exchange;
        this.body = new String(body, StandardCharsets.UTF_8);
    }

    boolean post() {
        return exchange.getRequestMethod().equals("POST");
    }

    String path() {
        return exchange.getRequestURI().getRawPath();
    }

    String query() {
        return Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    }

    String body() {
        return body;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** The router as this request names it. */
    String host() {
        return header("Host").orElse("");
    }

    /** Whether the page that sent here is one of this router. */
    boolean fromOwnPage() {
        String own = "http://" + host() + "/";
        return header("Referer").filter(page -> page.startsWith(own)).isPresent();
    }

    Optional<String> cookie(String name) {
        Matcher matcher = Pattern.compile("(?:^|;\\s*)" + Pattern.quote(name) + "=([^;]*)")
                .matcher(header("Cookie").orElse(""));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** User and password of HTTP's Basic scheme, with a colon between. */
    Optional<String> basic() {
        return header("Authorization")
                .filter(value -> value.startsWith("Basic "))
                .map(value -> new String(Base64.getDecoder().decode(value.substring(6)), StandardCharsets.UTF_8));
    }

    /** The fields of the query and of the body; of two with one name the first. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : (query() + "&" + body).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    String field(String name) {
        return fields().getOrDefault(name, "");
    }

    boolean has(String name) {
        return fields().containsKey(name);
    }

    static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
