package dev.porthole.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** An {@link Exchange} on a socket. Used by one thread. */
final class Conversation implements Exchange {
    private final Socket connection;
    private final RecordedRequest request;
    private final Supplier<HttpReply> applying;
    private final Supplier<HttpReply> dry;
    private final Runnable onEnd;
    private Optional<HttpReply> reply = Optional.empty();
    private boolean ended;

    Conversation(
            Socket connection,
            RecordedRequest request,
            Supplier<HttpReply> applying,
            Supplier<HttpReply> dry,
            Runnable onEnd) {
        this.connection = connection;
        this.request = request;
        this.applying = applying;
        this.dry = dry;
        this.onEnd = onEnd;
    }

    /** The client may ask again as soon as it has the last byte, so a request ends before its reply is sent. */
    void ended() {
        if (!ended) {
            ended = true;
            onEnd.run();
        }
    }

    @Override
    public RecordedRequest request() {
        return request;
    }

    @Override
    public HttpReply reply() {
        if (reply.isEmpty()) {
            reply = Optional.of(applying.get());
        }
        return reply.get();
    }

    @Override
    public HttpReply dryReply() {
        return dry.get();
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        ended();
        connection.getOutputStream().write(bytes);
        connection.getOutputStream().flush();
    }

    @Override
    public boolean hold(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        InputStream in = connection.getInputStream();
        while (true) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return true;
            }
            connection.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
            try {
                if (in.read() < 0) {
                    return false;
                }
            } catch (SocketTimeoutException e) {
                return true;
            } finally {
                connection.setSoTimeout(0);
            }
        }
    }

    @Override
    public void reset() throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }
}
