package dev.porthole.testing;

import java.io.IOException;
import java.time.Duration;

/** One request to a fake and the connection on which it is to be answered. What a {@link Fault} works with. */
public interface Exchange {
    /**
     * The request.
     *
     * @return the request
     */
    RecordedRequest request();

    /**
     * Does what was asked for, at the first call, and says what would be answered.
     *
     * @return the right reply
     */
    HttpReply reply();

    /**
     * Says what would be answered without doing anything. The basis of a lie.
     *
     * @return the right reply to a request that was not applied
     */
    HttpReply dryReply();

    /**
     * Sends bytes to the client at once.
     *
     * @param bytes the bytes
     * @throws IOException where the client is gone
     */
    void send(byte[] bytes) throws IOException;

    /**
     * Waits. Ends early when the client or the fake closes the connection.
     *
     * @param time how long
     * @return false where the client is gone
     * @throws IOException where the connection broke
     */
    boolean hold(Duration time) throws IOException;

    /**
     * Breaks the connection off, so that the client sees "connection reset".
     *
     * @throws IOException where that fails
     */
    void reset() throws IOException;
}
