package dev.porthole.verify.internal.rtsp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reply of an RTSP server (RFC 2326 section 7). Header names are compared without case. */
final class RtspReply {
    /** RFC 2326 section 12.37. */
    private static final Pattern TIMEOUT = Pattern.compile("(?i);\\s*timeout\\s*=\\s*\"?(\\d{1,6})");

    private final int status;
    private final String reason;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /**
     * Takes the parts.
     *
     * @param headers by lower-case name
     */
    RtspReply(int status, String reason, Map<String, List<String>> headers, byte[] body) {
        this.status = status;
        this.reason = reason;
        this.headers = headers;
        this.body = body;
    }

    int status() {
        return status;
    }

    /** Status code and reason phrase. */
    String statusLine() {
        return (status + " " + reason).strip();
    }

    /** The values of all headers of a name, in order. */
    List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The first header of a name. */
    Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** Whether the server closes the connection after this reply. */
    boolean closes() {
        return headers("Connection").stream().anyMatch(value -> value.equalsIgnoreCase("close"));
    }

    /** The session's name without its parameters: {@code id} of {@code id;timeout=60}. */
    Optional<String> session() {
        return header("Session").map(value -> value.split(";", 2)[0].strip()).filter(id -> !id.isEmpty());
    }

    /** How long the server keeps the session without hearing from us; empty where it does not tell. */
    Optional<Duration> sessionTimeout() {
        return header("Session")
                .map(TIMEOUT::matcher)
                .filter(Matcher::find)
                .map(found -> Duration.ofSeconds(Integer.parseInt(found.group(1))));
    }

    String body() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
