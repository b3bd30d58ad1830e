package dev.porthole.verify.internal;

import dev.porthole.Deadline;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** A way to talk to a peer on which every read ends by a deadline. Not thread-safe. */
public interface Line extends Closeable {
    /** Sets the deadline by which further reads end. */
    void until(Deadline value);

    /** What the peer sends. Each read ends by the deadline with a {@link java.net.SocketTimeoutException}. */
    InputStream in();

    /**
     * Waits until there is something to read, or the end of what the peer sends. Nothing is lost where nothing comes in
     * time.
     *
     * @param value when to stop waiting
     * @return false where nothing came
     * @throws IOException where the connection failed
     */
    boolean ready(Deadline value) throws IOException;

    /**
     * Sends.
     *
     * @param bytes small enough for the socket's buffer, so that a peer that does not read cannot hold us
     * @throws IOException where the connection is gone
     */
    void send(byte[] bytes) throws IOException;

    /**
     * Looks whether the peer ended the connection after its last answer.
     *
     * @return a byte read ahead, which the caller must give back to its reader; -1 where the peer ended the connection;
     *     -2 where the connection is open and silent, or where a look could break what is read
     */
    int glance();
}
