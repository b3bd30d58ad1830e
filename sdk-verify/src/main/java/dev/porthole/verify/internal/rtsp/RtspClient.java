package dev.porthole.verify.internal.rtsp;

import dev.porthole.Deadline;
import dev.porthole.verify.internal.Wire;
import dev.porthole.verify.internal.auth.Challenge;
import dev.porthole.verify.internal.auth.ChallengeParser;
import dev.porthole.verify.internal.auth.Login;
import dev.porthole.verify.internal.rtsp.RtspException.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
        Wire dial() throws IOException;
    }

    /** When an answer must have come; asked once for each request. */
    @FunctionalInterface
    interface AnswerTime {
        Deadline deadline();
    }

    /**
     * What came of a request that may need a login.
     *
     * @param reply the last reply
     * @param stopped why the login was not made or went no further; empty where the reply is no challenge
     * @param challenges what the server offered for logging in, empty where it did not ask
     */
    record Exchange(RtspReply reply, Optional<Login.Reason> stopped, List<Challenge> challenges) {}

    private final Dialler dialler;
    private final AnswerTime answerTime;
    private final String userAgent;
    private final Login login;
    private @Nullable Wire wire;
    private @Nullable RtspReader reader;
    private int sequence;
    private boolean served;

    RtspClient(Dialler dialler, AnswerTime answerTime, String userAgent, Login login) {
        this.dialler = dialler;
        this.answerTime = answerTime;
        this.userAgent = userAgent;
        this.login = login;
    }

    /** Connects, where no connection is open. */
    void connect() throws IOException {
        if (wire == null) {
            wire = dialler.dial();
            reader = new RtspReader(wire.in());
            served = false;
        }
    }

    /** Sends a request and reads its reply. Asked again once where the server had closed after an earlier reply. */
    RtspReply send(RtspRequest request) throws IOException {
        boolean repeatable = !request.headers().containsKey("Authorization");
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
        return new Exchange(reply, Optional.empty(), challenges);
    }

    /**
     * An answer to a challenge is never sent twice, so a connection that the server has ended is replaced before. Kept
     * where possible: Hanwha binds its nonces to the connection.
     */
    private void reopenWhereClosed(RtspReply reply) throws IOException {
        if (wire == null || reader == null) {
            return;
        }
        int seen = reply.closes() ? -1 : wire.glance();
        if (seen == -1) {
            close();
        } else if (seen >= 0) {
            reader.pushBack(seen);
        }
    }

    private RtspReply exchange(RtspRequest request) throws IOException {
        connect();
        Wire open = Objects.requireNonNull(wire);
        RtspReader replies = Objects.requireNonNull(reader);
        open.until(answerTime.deadline());
        LOG.debug("-> {}", request);
        RtspReply reply;
        try {
            open.send(request.encode(++sequence, userAgent));
            reply = replies.next();
        } catch (SocketException e) {
            throw new RtspException(Kind.CLOSED, "the connection was reset", "");
        }
        served = true;
        LOG.debug("<- {}", reply.status());
        if (reply.closes() && reply.status() != 401) {
            close();
        }
        return reply;
    }

    @Override
    public void close() throws IOException {
        if (wire != null) {
            wire.close();
            wire = null;
            reader = null;
        }
    }
}
