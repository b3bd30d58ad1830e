package dev.porthole.testing;

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
}
