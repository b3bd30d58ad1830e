package dev.porthole.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads HTTP and RTSP requests from a connection: a start line, header fields, and a body where Content-Length says so; the
 * body of a tunnel is left to be read as it comes.
 */
final class MessageReader {
    /** More than any sane request has: a fake must not be filled by a client gone wild. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final InputStream in;
    private final InetSocketAddress from;

    MessageReader(Socket connection) throws IOException {
        this(connection.getInputStream(), (InetSocketAddress) connection.getRemoteSocketAddress());
    }

    MessageReader(InputStream bytes, InetSocketAddress from) {
        in = new BufferedInputStream(bytes);
        this.from = from;
    }

    /** What follows the requests that were read. */
    InputStream rest() {
        return in;
    }

    /** Looks at the next byte without taking it; -1 at the end. */
    int peek() throws IOException {
        in.mark(1);
        int next = in.read();
        in.reset();
        return next;
    }

    /** Takes one interleaved packet, as a client sends its RTCP. */
    void skipInterleaved() throws IOException {
        byte[] head = in.readNBytes(4);
        if (head.length == 4) {
            in.skipNBytes((head[2] & 0xFF) << 8 | head[3] & 0xFF);
        }
    }

    /** The next request, or empty where the client closed the connection instead. */
    Optional<RecordedRequest> read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String startLine = line(bytes);
        while (startLine.isEmpty()) {
            if (bytes.size() == 0) {
                return Optional.empty();
            }
            bytes.reset();
            startLine = line(bytes);
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line = line(bytes); !line.isEmpty(); line = line(bytes)) {
            int colon = line.indexOf(':');
            headers.add(
                    colon < 0
                            ? Map.entry(line, "")
                            : Map.entry(
                                    line.substring(0, colon).strip(),
                                    line.substring(colon + 1).strip()));
        }
        int bodyAt = bytes.size();
        bytes.writeBytes(in.readNBytes(contentLength(headers)));
        return Optional.of(new RecordedRequest(
                RecordedRequest.OTHER, from, startLine, headers, bytes.toByteArray(), bodyAt, Map.of()));
    }

    private static int contentLength(List<Map.Entry<String, String>> headers) throws IOException {
        if (headers.stream().anyMatch(header -> header.getKey().equalsIgnoreCase("x-sessioncookie"))) {
            return 0;
        }
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().equalsIgnoreCase("Content-Length")
                    && header.getValue().matches("[0-9]{1,9}")) {
                int length = Integer.parseInt(header.getValue());
                if (length > MAX_BYTES) {
                    throw new IOException("a request of " + length + " bytes");
                }
                return length;
            }
        }
        return 0;
    }

    private String line(ByteArrayOutputStream message) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                break;
            }
            if (message.size() + line.size() > MAX_BYTES) {
                throw new IOException("a request head of more than " + MAX_BYTES + " bytes");
            }
        }
        message.writeBytes(line.toByteArray());
        String text = line.toString(StandardCharsets.UTF_8);
        int end = text.endsWith("\r\n") ? 2 : text.endsWith("\n") ? 1 : 0;
        return text.substring(0, text.length() - end);
    }
}
