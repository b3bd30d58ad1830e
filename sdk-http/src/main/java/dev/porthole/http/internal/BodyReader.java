package dev.porthole.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Reads a body up to a limit, and keeps what came where the connection ends too early. */
final class BodyReader {
    private static final int FIRST_BUFFER = 4096;

    private final int limit;
    private final DeviceRequest.BodyEnd end;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int length;
    private boolean complete = true;

    BodyReader(int limit, DeviceRequest.BodyEnd end) {
        this.limit = limit;
        this.end = end;
    }

    /** Reads to the end, to one byte beyond the limit, or to where the connection broke. */
    void read(InputStream stream) throws IOException {
        try {
            while (length <= limit && !end.reached(buffer, length)) {
                makeRoom();
                int read = stream.read(buffer, length, Math.min(buffer.length, limit + 1) - length);
                if (read < 0) {
                    return;
                }
                length += read;
            }
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
