package dev.porthole.verify.internal.rtsp;

import dev.porthole.verify.internal.rtsp.RtspException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads replies and interleaved frames from a connection and bears with what cameras do: empty lines before a reply or a
 * frame, requests of the server's own, bare line feeds, spaces at line ends, folded and meaningless header lines. Holds at
 * most one reply or the start of one frame, of bounded size. Time is bounded by the stream it reads from.
 */
final class RtspReader {
    /**
     * Longer than any header seen; nonces of some gateways come near 1 kB. Also what is kept of a frame, where parameter
     * sets come first.
     */
    private static final int MAX_LINE = 8 * 1024;

    /** Cameras send about ten. */
    private static final int MAX_HEADERS = 100;

    /** Session descriptions take one to three kilobytes. */
    static final int MAX_BODY = 16 * 1024;

    /** Leftover media of an old session before a reply (live555-based servers); a few seconds of a 4K stream. */
    private static final int MAX_SKIPPED = 8 * 1024 * 1024;

    /** Requests of a server's own before an answer: one or two in practice. */
    private static final int MAX_REQUESTS = 20;

    private static final int EXCERPT = 80;

    private static final Pattern STATUS_LINE = Pattern.compile("RTSP/\\d{1,2}\\.\\d{1,2}\\s+(\\d{3})(?:\\s+(.*))?");
    private static final Pattern HTTP_STATUS_LINE = Pattern.compile("HTTP/\\d\\.\\d\\s+(\\d{3})(?:\\s+(.*))?");
    private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z_]{3,20} \\S+ RTSP/\\d{1,2}\\.\\d{1,2}");

    private final InputStream in;
    private final FrameSink frames;
    private final byte[] line = new byte[MAX_LINE];
    private final ByteBuffer frame = ByteBuffer.wrap(line).asReadOnlyBuffer();
    private int pushedBack = -1;
    private int skipped;
    private int requests;

    RtspReader(InputStream in, FrameSink frames) {
        this.in = in;
        this.frames = frames;
    }

    /** Gives back a byte that was read ahead. */
    void pushBack(int octet) {
        pushedBack = octet;
    }

    /**
     * The next reply. Frames before it go to their sink.
     *
     * @throws RtspException where the peer ended the connection or does not speak RTSP
     * @throws IOException where the connection failed or the time is up
     */
    RtspReply next() throws IOException {
        skipped = 0;
        requests = 0;
        while (skipped <= MAX_SKIPPED && requests <= MAX_REQUESTS) {
            Optional<RtspReply> reply = item();
            if (reply.isPresent()) {
                return reply.get();
            }
        }
        throw new RtspException(Kind.MALFORMED, "too much came before an answer", "");
    }

    /**
     * Takes what comes next, a frame, a reply or what is passed over.
     *
     * @return the reply, or empty where it was something else
     * @throws RtspException where the peer ended the connection or does not speak RTSP
     * @throws IOException where the connection failed or the time is up
     */
    Optional<RtspReply> item() throws IOException {
        int first = read();
        if (first < 0) {
            throw new RtspException(Kind.CLOSED, "the connection ended without an answer", "");
        } else if (first == '$') {
            skipped += frame();
        } else if (first == '\r' || first == '\n') {
            skipped++;
        } else {
            String start = line(first, 0);
            Matcher status = STATUS_LINE.matcher(start);
            if (status.matches()) {
                return Optional.of(reply(status));
            }
            if (!REQUEST_LINE.matcher(start).matches()) {
                throw notRtsp(start);
            }
            skipMessage();
            requests++;
        }
        return Optional.empty();
    }

    /**
     * The head of an HTTP reply, behind which RTSP is to follow.
     *
     * @throws RtspException where the peer ended the connection or does not speak HTTP
     * @throws IOException where the connection failed or the time is up
     */
    RtspReply httpHead() throws IOException {
        String start = line(require(), 1);
        Matcher status = HTTP_STATUS_LINE.matcher(start);
        if (!status.matches()) {
            throw notRtsp(start);
        }
        return new RtspReply(
                Integer.parseInt(status.group(1)),
                status.group(2) == null ? "" : status.group(2),
                headers(),
                new byte[0]);
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

    /** Hands on a frame; how many bytes it took. */
    private int frame() throws IOException {
        int channel = require();
        int length = (require() << 8) | require();
        int kept = Math.min(length, line.length);
        if (in.readNBytes(line, 0, kept) < kept) {
            throw cut();
        }
        for (int left = length - kept; left > 0; left--) {
            require();
        }
        frames.frame(channel, frame.clear().limit(kept), length);
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
            throw cut();
        }
        return octet;
    }

    private static RtspException cut() {
        return new RtspException(Kind.CUT, "the connection ended within the answer", "");
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
