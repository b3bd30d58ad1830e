package dev.porthole.verify.internal.rtsp;

import dev.porthole.Deadline;
import dev.porthole.http.internal.auth.ChallengeParser;
import dev.porthole.http.internal.auth.Login;
import dev.porthole.verify.internal.Line;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * RTSP within HTTP, as QuickTime began it and ONVIF requires it (Streaming Specification section 5.1.1.4): replies and
 * media come in the answer to a GET, requests go in base64 in the body of a POST, and a cookie tells that both belong
 * together. Not thread-safe.
 */
final class HttpTunnel implements Line {
    private static final String TYPE = "application/x-rtsp-tunnelled";

    /** What QuickTime sends: the body has no end that is known beforehand. */
    private static final int NOMINAL_LENGTH = 32_767;

    private static final int COOKIE_BYTES = 11;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Line replies;
    private final Line requests;

    private HttpTunnel(Line replies, Line requests) {
        this.replies = replies;
        this.requests = requests;
    }

    /**
     * Opens a tunnel.
     *
     * @param address what is asked for
     * @param dialler makes the connections, two or, where a login is asked for, three
     * @param login to the web server
     * @param pace when answers must have come
     * @throws TunnelException where the web server does not open one
     * @throws IOException where a connection failed
     */
    static HttpTunnel open(RtspAddress address, RtspClient.Dialler dialler, Login login, String userAgent, Pace pace)
            throws IOException {
        byte[] cookie = new byte[COOKIE_BYTES];
        RANDOM.nextBytes(cookie);
        Request request = new Request(address, HexFormat.of().formatHex(cookie), userAgent);
        Line replies = answered(request, dialler, login, pace);
        try {
            Line requests = dialler.dial();
            requests.send(request.encode("POST", login.authorization("POST", address.path())));
            return new HttpTunnel(replies, requests);
        } catch (IOException | RuntimeException e) {
            replies.close();
            throw e;
        }
    }

    private static Line answered(Request request, RtspClient.Dialler dialler, Login login, Pace pace)
            throws IOException {
        Optional<String> authorization = Optional.empty();
        while (true) {
            Line line = dialler.dial();
            try {
                line.until(pace.answer());
                line.send(request.encode("GET", authorization));
                RtspReply reply = new RtspReader(line.in(), FrameSink.NONE).httpHead();
                if (reply.status() == 200) {
                    login.accepted();
                    return line;
                }
                line.close();
                authorization = Optional.of(answer(reply, request, login));
            } catch (IOException | RuntimeException e) {
                line.close();
                throw e;
            }
        }
    }

    private static String answer(RtspReply reply, Request request, Login login) throws TunnelException {
        if (reply.status() != 401) {
            throw new TunnelException(reply, Optional.empty(), login.passwordExposed());
        }
        Login.Step step = login.onChallenge(
                ChallengeParser.parse(reply.headers("WWW-Authenticate")),
                "GET",
                request.address().path());
        if (step instanceof Login.Step.Answer answer) {
            return answer.authorization();
        }
        throw new TunnelException(reply, Optional.of(((Login.Step.Stop) step).reason()), login.passwordExposed());
    }

    /** One half of the tunnel. */
    private record Request(RtspAddress address, String cookie, String userAgent) {
        byte[] encode(String method, Optional<String> authorization) {
            boolean post = method.equals("POST");
            return (method + " " + address.path() + " HTTP/1.0\r\nHost: " + address.endpoint() + "\r\nUser-Agent: "
                            + userAgent + "\r\nx-sessioncookie: " + cookie + "\r\n"
                            + (post ? "Content-Type: " : "Accept: ") + TYPE
                            + "\r\nPragma: no-cache\r\nCache-Control: no-cache\r\n"
                            + (post ? "Content-Length: " + NOMINAL_LENGTH + "\r\n" : "")
                            + authorization
                                    .map(value -> "Authorization: " + value + "\r\n")
                                    .orElse("")
                            + "\r\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void until(Deadline value) {
        replies.until(value);
    }

    @Override
    public InputStream in() {
        return replies.in();
    }

    @Override
    public boolean ready(Deadline value) throws IOException {
        return replies.ready(value);
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        requests.send(Base64.getEncoder().encode(bytes));
    }

    @Override
    public int glance() {
        return replies.glance();
    }

    @Override
    public void close() throws IOException {
        try (replies;
                requests) {
            // Both are closed, whichever fails.
        }
    }
}
