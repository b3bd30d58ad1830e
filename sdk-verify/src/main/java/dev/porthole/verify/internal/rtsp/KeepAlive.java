package dev.porthole.verify.internal.rtsp;

import dev.porthole.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps a session alive while media is watched: within half of the time after which the server gives it up, by
 * GET_PARAMETER, or by OPTIONS where that is not offered or refused. Answers are not waited for, since some cameras never
 * send one. Not thread-safe.
 */
final class KeepAlive {
    /** RFC 2326 section 12.37. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    /** Some cameras announce 60 s and stop after 5. */
    private static final Duration MOST = Duration.ofMillis(2_500);

    /** A camera that announces less would be flooded. */
    private static final Duration LEAST = Duration.ofMillis(500);

    private final RtspClient client;
    private final String uri;
    private boolean getParameter;
    private Duration interval = MOST;
    private Deadline due = Deadline.after(MOST);

    KeepAlive(RtspClient client, String uri, boolean getParameter) {
        this.client = client;
        this.uri = uri;
        this.getParameter = getParameter;
    }

    /** Takes the session's timeout from a reply; the session is alive now. */
    void heard(RtspReply reply, Optional<String> session) {
        if (session.isPresent()) {
            Duration half = reply.sessionTimeout().orElse(DEFAULT_TIMEOUT).dividedBy(2);
            interval = half.compareTo(MOST) > 0 ? MOST : half.compareTo(LEAST) < 0 ? LEAST : half;
        }
        due = Deadline.after(interval);
    }

    /** The earlier of a deadline and the time for the next request. */
    Deadline before(Deadline other) {
        return other.within(due.remaining());
    }

    void whenDue(Optional<String> session) throws IOException {
        if (due.expired()) {
            RtspRequest request = new RtspRequest(getParameter ? "GET_PARAMETER" : "OPTIONS", uri);
            client.tell(session.map(id -> request.with("Session", id)).orElse(request));
            due = Deadline.after(interval);
        }
    }

    /** Takes the answer to one of these requests. */
    void answered(RtspReply reply) {
        getParameter = getParameter && reply.status() < 400;
    }
}
