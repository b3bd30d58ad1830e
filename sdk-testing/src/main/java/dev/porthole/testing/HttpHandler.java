package dev.porthole.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** What an {@link HttpServer} serves. */
interface HttpHandler {
    /** Finds out what is asked for: the same request with its kind and arguments. */
    RecordedRequest understand(RecordedRequest request);

    /**
     * Answers a request.
     *
     * @param apply whether to do what is asked for; where false, only the reply is wanted
     */
    HttpReply answer(RecordedRequest request, boolean apply);

    /**
     * Takes over the connection of a request, which ends with this call.
     *
     * @param rest what follows the request
     * @return false where the request is to be answered instead
     */
    default boolean takesOver(RecordedRequest request, Socket connection, InputStream rest) throws IOException {
        return false;
    }
}
