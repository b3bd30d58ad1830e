package dev.porthole.verify.internal.rtsp;

import dev.porthole.verify.internal.rtsp.RtspException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads replies from a connection and bears with what cameras do: empty lines and interleaved {@code $} frames before a
 * reply, requests of the server's own, bare line feeds, spaces at line ends, folded and meaningless header lines. Holds
 * at most one reply, of bounded size. Time is bounded by the stream it reads from.
 */
final class RtspReader {
    /** Longer than any header seen; nonces of some gateways come near 1 kB. */
    private static final int MAX_LINE = 8 * 1024;

    /** Cameras send about ten. */
    private static final int MAX_HEADERS = 100;

    /** Session descriptions take one to three kilobytes. */
    static final int MAX_BODY = 128 * 1024;

    /** Leftover media of an old session before a reply (live555-based servers); a few seconds of a 4K stream. */
    private static final int MAX_SKIPPED = 8 * 1024 * 1024;

    /** Requests of a server's own before an answer: one or two in practice. */
    private static final int MAX_REQUESTS = 20;

    private static final int EXCERPT = 80;

    private static final Pattern STATUS_LINE = Pattern.compile("RTSP/\\d{1,2}\\.\\d{1,2}\\s+(\\d{3})(?:\\s+(.*))?");
    private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z_]{3,20} \\S+ RTSP/\\d{1,2}\\.\\d{1,2}");

    private final InputStream in;
    private final byte[] line = new byte[MAX_LINE];
    private int pushedBack = -1;

    RtspReader(InputStream in) {
        this.in = in;
    }

    /** Gives back a byte that was read ahead. */
    void pushBack(int octet) {
        pushedBack = octet;
    }

    /**
     * The next reply.
     *
     * @throws RtspException where the peer ended the connection or does not speak RTSP
     * @throws IOException where the connection failed or the time is up
     */
    RtspReply next() throws IOException {
        int skipped = 0;
        int requests = 0;
        while (skipped <= MAX_SKIPPED && requests <= MAX_REQUESTS) {
            int first = read();
            if (first < 0) {
                throw new RtspException(Kind.CLOSED, "the connection ended without an answer", "");
            } else if (first == '$') {
                skipped += skipFrame();
            } else if (first == '\r' || first == '\n') {
                skipped++;
            } else {
                String start = line(first, 0);
                Matcher status = STATUS_LINE.matcher(start);
                if (status.matches()) {
                    return reply(status);
                }
                if (!REQUEST_LINE.matcher(start).matches()) {
                    throw notRtsp(start);
                }
                skipMessage();
                requests++;
            }
        }
        throw new RtspException(Kind.MALFORMED, "too much came before an answer", "");
    }

    private RtspReply reply(Matcher status) throws IOException {
        Map<String, List<String>> headers = headers();
        byte[] body = body(headers);
        String reason = status.group(2) == null ? "" : status.group(2);
        return new RtspReply(Integer.parseInt(status.group(1)), reason, headers, body);
    }

    private void skipMessage() throws IOException {
        body(headers());
    }

    /** RFC 2326 section 10.12: a channel and a length follow the dollar sign. */
    private int skipFrame() throws IOException {
        require();
        int length = (require() << 8) | require();
        for (int i = 0; i < length; i++) {
            require();
        }
        return 4 + length;
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        List<String> last = new ArrayList<>();
        for (int count = 0; count <= MAX_HEADERS; count++) {
            String text = line(require(), 1);
            if (text.isEmpty()) {
                return headers;
            }
            int colon = text.indexOf(':');
            if ((text.charAt(0) == ' ' || text.charAt(0) == '\t') && !last.isEmpty()) {
                last.set(last.size() - 1, last.get(last.size() - 1) + " " + text.strip());
            } else if (colon > 0) {
                last = headers.computeIfAbsent(
                        text.substring(0, colon).strip().toLowerCase(Locale.ROOT), name -> new ArrayList<>());
                last.add(text.substring(colon + 1).strip());
            }
        }
        throw new RtspException(Kind.MALFORMED, "the answer has more than " + MAX_HEADERS + " header lines", "");
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        List<String> lengths = headers.getOrDefault("content-length", List.of()).stream()
                .distinct()
                .toList();
        if (lengths.isEmpty()) {
            return new byte[0];
        }
        String length = lengths.get(0);
        if (lengths.size() > 1 || !length.matches("\\d{1,9}") || Integer.parseInt(length) > MAX_BODY) {
            throw new RtspException(Kind.MALFORMED, "the answer's length is out of bounds", String.join(", ", lengths));
        }
        byte[] body = new byte[Integer.parseInt(length)];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) require();
        }
        return body;
    }

    /** A line from its first byte to its end, which may be CRLF, LF or, within the line kept, a lone CR. */
    private String line(int first, int depth) throws IOException {
        int length = 0;
        for (int octet = first; octet != '\n'; octet = next(length, depth)) {
            if (length == MAX_LINE) {
                throw new RtspException(
                        Kind.MALFORMED, "a line is longer than " + MAX_LINE + " bytes", excerpt(length));
            }
            line[length++] = (byte) octet;
        }
        while (length > 0 && (line[length - 1] == '\r' || line[length - 1] == ' ' || line[length - 1] == '\t')) {
            length--;
        }
        // No other control character may travel on, into a log or a header of ours.
        return new String(line, 0, length, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}&&[^\t]]", " ");
    }

    private int next(int length, int depth) throws IOException {
        int octet = read();
        if (octet >= 0) {
            return octet;
        }
        String excerpt = excerpt(length);
        boolean begun = depth > 0 || excerpt.startsWith("RTSP/") || "RTSP/".startsWith(excerpt);
        throw begun ? new RtspException(Kind.CUT, "the connection ended within the answer", excerpt) : notRtsp(excerpt);
    }

    private static RtspException notRtsp(String start) {
        return new RtspException(
                Kind.NOT_RTSP,
                "what answers does not speak RTSP",
                start.length() > EXCERPT ? start.substring(0, EXCERPT) : start);
    }

    private String excerpt(int length) {
        return new String(line, 0, Math.min(length, EXCERPT), StandardCharsets.UTF_8);
    }

    private int require() throws IOException {
        int octet = read();
        if (octet < 0) {
            throw new RtspException(Kind.CUT, "the connection ended within the answer", "");
        }
        return octet;
    }

    private int read() throws IOException {
        if (pushedBack >= 0) {
            int octet = pushedBack;
            pushedBack = -1;
            return octet;
        }
        return in.read();
    }
}
