package dev.porthole.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * An HTTP or RTSP reply that may be wrong on purpose. Immutable: each {@code with} gives a changed copy.
 *
 * <p>Unless told otherwise it carries a true Content-Length and nothing after the body.
 */
public final class HttpReply {
    private static final int CHUNK = 512;

    private final String statusLine;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;
    /** What Content-Length says; empty for none. */
    private final Optional<String> contentLength;

    private final boolean chunked;
    private final byte[] trailing;

    private HttpReply(
            String statusLine,
            List<Map.Entry<String, String>> headers,
            byte[] body,
            Optional<String> contentLength,
            boolean chunked,
            byte[] trailing) {
        this.statusLine = statusLine;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.contentLength = contentLength;
        this.chunked = chunked;
        this.trailing = trailing;
    }

    /**
     * A reply without header fields.
     *
     * @param status the status, for example 200
     * @param reason the reason phrase
     * @param body the body
     * @return the reply
     */
    public static HttpReply of(int status, String reason, byte[] body) {
        String length = Integer.toString(body.length);
        return new HttpReply(
                "HTTP/1.1 " + status + " " + reason, List.of(), body, Optional.of(length), false, new byte[0]);
    }

    /**
     * A page of HTML.
     *
     * @param status the status
     * @param reason the reason phrase
     * @param html the page, sent as UTF-8
     * @return the reply
     */
    public static HttpReply html(int status, String reason, String html) {
        return of(status, reason, html.getBytes(StandardCharsets.UTF_8)).with("Content-Type", "text/html");
    }

    /**
     * A document of XML as a gateway sends it.
     *
     * @param status the status
     * @param reason the reason phrase
     * @param xml the document, sent as UTF-8
     * @return the reply
     */
    public static HttpReply xml(int status, String reason, String xml) {
        return of(status, reason, xml.getBytes(StandardCharsets.UTF_8))
                .with("Content-Type", "text/xml; charset=\"utf-8\"");
    }

    /**
     * The status.
     *
     * @return for example 200
     */
    public int status() {
        return Integer.parseInt(statusLine.split(" ", 3)[1]);
    }

    /**
     * The body as text.
     *
     * @return the body read as UTF-8
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body.
     *
     * @return a copy
     */
    public byte[] body() {
        return body.clone();
    }

    /**
     * Adds a header field, or changes the one of this name.
     *
     * @param name the name
     * @param value the value
     * @return the changed reply
     */
    public HttpReply with(String name, String value) {
        List<Map.Entry<String, String>> changed = new ArrayList<>(headers);
        changed.removeIf(header -> header.getKey().equalsIgnoreCase(name));
        changed.add(Map.entry(name, value));
        return withHeaders(changed);
    }

    /**
     * Adds a header field beside those of the same name.
     *
     * @param name the name
     * @param value the value
     * @return the changed reply
     */
    public HttpReply withAlso(String name, String value) {
        return withAlso(List.of(Map.entry(name, value)));
    }

    HttpReply withAlso(List<Map.Entry<String, String>> more) {
        List<Map.Entry<String, String>> changed = new ArrayList<>(headers);
        changed.addAll(more);
        return withHeaders(changed);
    }

    /**
     * Adds a header field before all others.
     *
     * @param name the name
     * @param value the value
     * @return the changed reply
     */
    public HttpReply withFirst(String name, String value) {
        List<Map.Entry<String, String>> changed = new ArrayList<>(headers);
        changed.add(0, Map.entry(name, value));
        return withHeaders(changed);
    }

    /**
     * Removes a header field.
     *
     * @param name the name in any case
     * @return the changed reply
     */
    public HttpReply without(String name) {
        List<Map.Entry<String, String>> changed = new ArrayList<>(headers);
        changed.removeIf(header -> header.getKey().equalsIgnoreCase(name));
        return withHeaders(changed);
    }

    /**
     * Changes the names of all header fields but Content-Length.
     *
     * @param change gives the changed name
     * @return the changed reply
     */
    public HttpReply withHeaderNames(UnaryOperator<String> change) {
        return withHeaders(headers.stream()
                .map(header -> Map.entry(change.apply(header.getKey()), header.getValue()))
                .toList());
    }

    /**
     * Changes the values of all header fields but Content-Length.
     *
     * @param change gives the changed value for a name and a value
     * @return the changed reply
     */
    public HttpReply withHeaders(BinaryOperator<String> change) {
        return withHeaders(headers.stream()
                .map(header -> Map.entry(header.getKey(), change.apply(header.getKey(), header.getValue())))
                .toList());
    }

    private HttpReply withHeaders(List<Map.Entry<String, String>> changed) {
        return new HttpReply(statusLine, changed, body, contentLength, chunked, trailing);
    }

    /**
     * Changes the status.
     *
     * @param status the status
     * @param reason the reason phrase
     * @return the changed reply
     */
    public HttpReply withStatus(int status, String reason) {
        return withStatusLine("HTTP/1.1 " + status + " " + reason);
    }

    /**
     * Changes the whole first line.
     *
     * @param line the line without its end
     * @return the changed reply
     */
    public HttpReply withStatusLine(String line) {
        return new HttpReply(line, headers, body, contentLength, chunked, trailing);
    }

    /**
     * Changes the body, and Content-Length with it.
     *
     * @param bytes the new body
     * @return the changed reply
     */
    public HttpReply withBody(byte[] bytes) {
        return new HttpReply(
                statusLine, headers, bytes, Optional.of(Integer.toString(bytes.length)), chunked, trailing);
    }

    /**
     * Changes the body, and Content-Length with it.
     *
     * @param text the new body, sent as UTF-8
     * @return the changed reply
     */
    public HttpReply withBody(String text) {
        return withBody(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Says another Content-Length than the true one.
     *
     * @param value what to say, not necessarily a number; empty to leave the field out
     * @return the changed reply
     */
    public HttpReply withContentLength(Optional<String> value) {
        return new HttpReply(statusLine, headers, body, value, chunked, trailing);
    }

    /**
     * Sends the body in chunks, without Content-Length.
     *
     * @return the changed reply
     */
    public HttpReply withChunks() {
        return new HttpReply(statusLine, headers, body, Optional.empty(), true, trailing);
    }

    /**
     * Sends bytes after the body that Content-Length does not count.
     *
     * @param bytes the bytes
     * @return the changed reply
     */
    public HttpReply withTrailing(byte[] bytes) {
        return new HttpReply(statusLine, headers, body, contentLength, chunked, bytes);
    }

    /**
     * The first line and the header fields with the empty line that ends them.
     *
     * @return the bytes
     */
    public byte[] head() {
        StringBuilder head = new StringBuilder(statusLine).append("\r\n");
        headers.forEach(header -> head.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        contentLength.ifPresent(
                length -> head.append("Content-Length: ").append(length).append("\r\n"));
        if (chunked) {
            head.append("Transfer-Encoding: chunked\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The whole reply as it goes over the wire.
     *
     * @return the bytes
     */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head());
        if (chunked) {
            for (int at = 0; at < body.length; at += CHUNK) {
                int size = Math.min(CHUNK, body.length - at);
                out.writeBytes((Integer.toHexString(size).toUpperCase(Locale.ROOT) + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(body, at, size);
                out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } else {
            out.writeBytes(body);
        }
        out.writeBytes(trailing);
        return out.toByteArray();
    }

    /** The status line. */
    @Override
    public String toString() {
        return statusLine + ", " + body.length + " bytes";
    }
}
