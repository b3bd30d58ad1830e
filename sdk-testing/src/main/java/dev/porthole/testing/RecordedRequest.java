package dev.porthole.testing;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as a fake received it: the bytes, and what was understood of them. Immutable. */
public final class RecordedRequest {
    /** The {@link #kind()} of a request for a device description. */
    public static final String DESCRIPTION = "description";

    /** The {@link #kind()} of a request for a service description. */
    public static final String SCPD = "scpd";

    /** The {@link #kind()} of a request for a web page. */
    public static final String PAGE = "page";

    /** The {@link #kind()} of a request that no fake understood. */
    public static final String OTHER = "other";

    private final String kind;
    private final InetSocketAddress from;
    private final String startLine;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] bytes;
    private final int bodyAt;
    private final Map<String, String> arguments;

    RecordedRequest(
            String kind,
            InetSocketAddress from,
            String startLine,
            List<Map.Entry<String, String>> headers,
            byte[] bytes,
            int bodyAt,
            Map<String, String> arguments) {
        this.kind = kind;
        this.from = from;
        this.startLine = startLine;
        this.headers = List.copyOf(headers);
        this.bytes = bytes;
        this.bodyAt = bodyAt;
        this.arguments = Map.copyOf(arguments);
    }

    RecordedRequest understoodAs(String newKind, Map<String, String> newArguments) {
        return new RecordedRequest(newKind, from, startLine, headers, bytes, bodyAt, newArguments);
    }

    /**
     * What was asked for.
     *
     * @return the name of a SOAP action or of an RTSP method, {@link #DESCRIPTION}, {@link #SCPD}, {@link #PAGE} or
     *     {@link #OTHER}
     */
    public String kind() {
        return kind;
    }

    /**
     * Who asked.
     *
     * @return the client's end of the connection
     */
    public InetSocketAddress from() {
        return from;
    }

    /**
     * The method.
     *
     * @return for example {@code POST}
     */
    public String method() {
        return word(0);
    }

    /**
     * The request target as it was sent.
     *
     * @return for example {@code /ctl/IPConn} or {@code rtsp://127.0.0.1:8554/main}; empty where there was none
     */
    public String target() {
        return word(1);
    }

    /**
     * The protocol's version as it was sent.
     *
     * @return for example {@code HTTP/1.1}; empty where there was none
     */
    public String version() {
        return word(2);
    }

    private String word(int index) {
        String[] words = startLine.split(" ", 3);
        return index < words.length ? words[index] : "";
    }

    /**
     * The header fields in the order and spelling in which they came.
     *
     * @return an unmodifiable list of names and values
     */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /**
     * A header field.
     *
     * @param name the name in any case
     * @return the first value of that name
     */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * The body as text.
     *
     * @return the body read as UTF-8, empty where there was none
     */
    public String body() {
        return new String(bytes, bodyAt, bytes.length - bodyAt, StandardCharsets.UTF_8);
    }

    /**
     * Every byte of the request.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The arguments of a SOAP action.
     *
     * @return names as sent and values, unescaped; empty where there are none or the XML is broken
     */
    public Map<String, String> arguments() {
        return arguments;
    }

    /** The start line. */
    @Override
    public String toString() {
        return kind + " from " + from + ": " + startLine;
    }
}
