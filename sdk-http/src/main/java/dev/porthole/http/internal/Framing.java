package dev.porthole.http.internal;

import java.util.Locale;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.ProtocolException;

/**
 * How a reply's body is framed. More lenient than HttpClient's own on what routers really send (the same length twice, an
 * unknown transfer coding beside chunked), as strict on what cannot be decided. The length announced is left to {@link
 * BodyReader}.
 */
final class Framing implements ContentLengthStrategy {
    @Override
    public long determineLength(HttpMessage message) throws ProtocolException {
        if (chunked(message)) {
            return CHUNKED;
        }
        return announced(message) == 0 ? 0 : UNDEFINED;
    }

    /** The length announced, negative where there is none that counts. */
    static long announced(HttpMessage message) throws ProtocolException {
        if (chunked(message)) {
            return -1;
        }
        long length = -1;
        for (Header header : message.getHeaders("Content-Length")) {
            String text = header.getValue().strip();
            if (!text.matches("[0-9]{1,18}")) {
                throw new ProtocolException("Content-Length is not a number");
            }
            long value = Long.parseLong(text);
            if (length >= 0 && length != value) {
                throw new ProtocolException("two different values of Content-Length");
            }
            length = value;
        }
        return length;
    }

    private static boolean chunked(HttpMessage message) {
        for (Header header : message.getHeaders("Transfer-Encoding")) {
            if (header.getValue().toLowerCase(Locale.ROOT).contains("chunked")) {
                return true;
            }
        }
        return false;
    }
}
