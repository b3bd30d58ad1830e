package dev.porthole.verify.internal.rtsp;

import dev.porthole.Deadline;
import dev.porthole.http.internal.auth.Challenge;
import dev.porthole.http.internal.auth.ChallengeParser;
import dev.porthole.http.internal.auth.Login;
import dev.porthole.verify.internal.Line;
import dev.porthole.verify.internal.rtsp.RtspException.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests and replies over one connection at a time, with login. A server that ends the connection after each reply is
 * dialled again. Not thread-safe.
 */
final class RtspClient implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(RtspClient.class);

    /** Makes a connection, each time it is asked. */
    @FunctionalInterface
    interface Dialler {
        Line dial() throws IOException;
    }

    /**
     * What came of a request that may need a login.
     *
     * @param reply the last reply
     * @param stopped why the login was not made or went no further; empty where the reply is no challenge
     * @param challenges what the server offered for logging in, empty where it did not ask
     */
    record Exchange(RtspReply reply, Optional<Login.Reason> stopped, List<Challenge> challenges) {}

    /** Requests that nobody waits for; a camera that never answers them gets no more than this noted. */
    private static final int MAX_UNANSWERED = 100;

    private final Dialler dialler;
    private final Pace pace;
    private final String userAgent;
    private final Login login;
    private final FrameSink frames;
    private final Set<String> unanswered = new LinkedHashSet<>();
    private @Nullable Line line;
    private @Nullable RtspReader reader;
    private int sequence;
    private boolean served;
    private boolean bound;

    RtspClient(Dialler dialler, Pace pace, String userAgent, Login login, FrameSink frames) {
        this.dialler = dialler;
        this.pace = pace;
        this.userAgent = userAgent;
        this.login = login;
        this.frames = frames;
    }

    /** Connects, where no connection is open. */
    void connect() throws IOException {
        if (line == null) {
            line = dialler.dial();
            reader = new RtspReader(line.in(), frames);
            served = false;
        }
    }

    /** From now on what is asked belongs to this connection, so that dialling again would not do. */
    void bind() {
        bound = true;
    }

    /** Sends a request and reads its reply. Asked again once where the server had closed after an earlier reply. */
    RtspReply send(RtspRequest request) throws IOException {
        boolean repeatable = !bound && !request.headers().containsKey("Authorization");
        try {
            return exchange(request);
        } catch (RtspException e) {
            if (e.kind() != Kind.CLOSED || !served || !repeatable) {
                throw e;
            }
        }
        LOG.debug("the server closed after its reply, dialling again for {}", request);
        close();
        return exchange(request);
    }

    /** Sends a request, logging in where the reply asks for it. */
    Exchange sendWithLogin(RtspRequest request) throws IOException {
        Optional<String> known = login.authorization(request.method(), request.uri());
        RtspReply reply =
                send(known.map(value -> request.with("Authorization", value)).orElse(request));
        List<Challenge> challenges = List.of();
        while (reply.status() == 401) {
            challenges = ChallengeParser.parse(reply.headers("WWW-Authenticate"));
            Login.Step step = login.onChallenge(challenges, request.method(), request.uri());
            if (step instanceof Login.Step.Stop stop) {
                return new Exchange(reply, Optional.of(stop.reason()), challenges);
            }
            reopenWhereClosed(reply);
            reply = send(request.with("Authorization", ((Login.Step.Answer) step).authorization()));
        }
        if (reply.status() == 200) {
            login.accepted();
        }
        return new Exchange(reply, Optional.empty(), challenges);
    }

    /**
     * An answer to a challenge is never sent twice, so a connection that the server has ended is replaced before. Kept
     * where possible: Hanwha binds its nonces to the connection.
     */
    private void reopenWhereClosed(RtspReply reply) throws IOException {
        if (line == null || reader == null || bound) {
            return;
        }
        int seen = reply.closes() ? -1 : line.glance();
        if (seen == -1) {
            close();
        } else if (seen >= 0) {
            reader.pushBack(seen);
        }
    }

    private RtspReply exchange(RtspRequest request) throws IOException {
        connect();
        Line open = Objects.requireNonNull(line);
        open.until(pace.answer());
        LOG.debug("-> {}", request);
        RtspReply reply;
        try {
            open.send(request.encode(++sequence, userAgent));
            do {
                reply = Objects.requireNonNull(reader).next();
            } while (late(reply));
        } catch (SocketException e) {
            throw new RtspException(Kind.CLOSED, "the connection was reset", "");
        }
        served = true;
        LOG.debug("<- {}", reply.status());
        if (reply.closes() && reply.status() != 401 && !bound) {
            close();
        }
        return reply;
    }

    /** Whether a reply answers a request that was not waited for. */
    private boolean late(RtspReply reply) {
        return reply.header("CSeq").filter(unanswered::remove).isPresent();
    }

    /** Sends a request whose reply is not waited for. */
    void tell(RtspRequest request) throws IOException {
        if (line == null || unanswered.size() >= MAX_UNANSWERED) {
            return;
        }
        LOG.debug("-> {}, not waiting", request);
        unanswered.add(Integer.toString(++sequence));
        Optional<String> known = login.authorization(request.method(), request.uri());
        line.send(known.map(value -> request.with("Authorization", value))
                .orElse(request)
                .encode(sequence, userAgent));
    }

    /**
     * Takes what comes next, a frame or the reply to what was told.
     *
     * @param idle when to stop waiting for its first byte
     * @param whole when its last byte must have come
     * @return the reply, or empty where it was something else or nothing came
     * @throws IOException where the connection ended or failed
     */
    Optional<RtspReply> listen(Deadline idle, Deadline whole) throws IOException {
        if (line == null || reader == null) {
            throw new RtspException(Kind.CLOSED, "the connection ended", "");
        }
        if (!line.ready(idle)) {
            return Optional.empty();
        }
        line.until(whole);
        Optional<RtspReply> reply = reader.item();
        reply.ifPresent(this::late);
        return reply;
    }

    /** Asks a last time, on a new connection where the thread's interruption has closed the one there was. */
    void farewell(RtspRequest request) {
        boolean interrupted = Thread.interrupted();
        try {
            pace.farewell(interrupted);
            if (interrupted) {
                close();
            }
            if (interrupted || line != null) {
                Optional<String> known = login.authorization(request.method(), request.uri());
                exchange(
                        known.map(value -> request.with("Authorization", value)).orElse(request));
            }
        } catch (IOException e) {
            LOG.debug("no answer to {}: {}", request, e.toString());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (line != null) {
            line.close();
            line = null;
            reader = null;
        }
    }
}
