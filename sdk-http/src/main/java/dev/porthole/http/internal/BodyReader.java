package dev.porthole.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;

/**
 * Reads a body up to a limit, and keeps what came where the connection ends too early.
 *
 * <p>The length that a device announces is believed unless the caller's own test of the end says that the body is not
 * whole there: some count characters instead of bytes. Then a moment is given for the rest.
 */
final class BodyReader {
    /** The rest of a body follows its beginning at once, or never. */
    static final int MOMENT_MILLIS = 200;

    private static final int FIRST_BUFFER = 4096;

    private final Exchange exchange;
    private final int limit;
    private final DeviceRequest.BodyEnd end;
    private final long announced;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int length;
    private boolean complete = true;

    /**
     * A reader for one body.
     *
     * @param announced how long the device says that it is; negative where it does not
     */
    BodyReader(Exchange exchange, long announced) {
        this.exchange = exchange;
        this.limit = exchange.request().maxBody();
        this.end = exchange.request().bodyEnd();
        this.announced = announced;
    }

    /** Reads to the end, to one byte beyond the limit, or to where the connection broke. */
    void read(InputStream stream) throws IOException {
        try {
            while (length <= limit && !ended()) {
                makeRoom();
                int read = stream.read(buffer, length, Math.min(buffer.length, limit + 1) - length);
                if (read < 0) {
                    complete = length >= announced;
                    return;
                }
                length += read;
            }
        } catch (SocketTimeoutException e) {
            // The moment is over: what was announced is there.
            complete = true;
        } catch (MessageConstraintException e) {
            throw e;
        } catch (MalformedChunkCodingException e) {
            if (!(e instanceof TruncatedChunkException)) {
                throw e;
            }
            complete = false;
        } catch (IOException e) {
            complete = false;
        }
    }

    private boolean ended() throws IOException {
        if (announced < 0 || length < announced) {
            return end.reached(buffer, length);
        }
        if (end == DeviceRequest.ANY_END || end.reached(buffer, (int) announced)) {
            length = (int) announced;
            return true;
        }
        exchange.waitNoLongerThan(MOMENT_MILLIS);
        return end.reached(buffer, length);
    }

    private void makeRoom() {
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, limit + 1L));
        }
    }

    byte[] body() {
        return Arrays.copyOf(buffer, Math.min(length, limit));
    }

    boolean truncated() {
        return length > limit;
    }

    boolean complete() {
        return complete;
    }
}
