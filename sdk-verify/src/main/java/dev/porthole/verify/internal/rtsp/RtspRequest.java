package dev.porthole.verify.internal.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request (RFC 2326 section 6).
 *
 * @param method for example {@code DESCRIBE}
 * @param uri as it stands in the request and in the digest
 * @param headers beside those that every request has, in order
 */
record RtspRequest(String method, String uri, Map<String, String> headers) {

    RtspRequest(String method, String uri) {
        this(method, uri, Map.of());
    }

    /** This request with a further header. */
    RtspRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new RtspRequest(method, uri, more);
    }

    /** The bytes to send. */
    byte[] encode(int sequence, String userAgent) {
        StringBuilder text = new StringBuilder(method).append(' ').append(uri).append(" RTSP/1.0\r\n");
        header(text, "CSeq", Integer.toString(sequence));
        // Always: some cameras answer 401 to a DESCRIBE without it.
        header(text, "User-Agent", userAgent);
        headers.forEach((name, value) -> header(text, name, value));
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void header(StringBuilder text, String name, String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw new IllegalArgumentException("header " + name + " would hold control characters");
        }
        text.append(name).append(": ").append(value).append("\r\n");
    }

    /** Without the headers, which may hold the password, and the URI, which the peer may have written. */
    @Override
    public String toString() {
        return method;
    }
}
