package dev.porthole.bench.verify;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The floor: the requests that a stream with digest login needs, one write each, and the first frame of media. No checks, no
 * parser. One instance for one stream played once.
 */
final class BareStream implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int PORT = 554;
    /** The channel of media; the next one carries reports. */
    private static final int MEDIA = 0;

    private final Socket socket = new Socket();
    private final String url;
    private final String user;
    private final String password;
    private InputStream in = InputStream.nullInputStream();
    private String challenge = "";
    private String session = "";
    private int sequence;

    BareStream(String camera, String path, String user, String password) {
        url = "rtsp://" + camera + ":" + PORT + path;
        this.user = user;
        this.password = password;
    }

    /** From the connection to the first frame of media. */
    void play(String camera) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(camera, PORT), TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        ask("OPTIONS", url, "");
        challenge = header(ask("DESCRIBE", url, "Accept: application/sdp\r\n"), "www-authenticate:");
        String described = ask("DESCRIBE", url, "Accept: application/sdp\r\n");
        String control = described.substring(described.indexOf("a=control:", described.indexOf("m=video")) + 10);
        String track = header(described, "content-base:") + control.substring(0, control.indexOf('\r'));
        String setUp = ask("SETUP", track, "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n");
        session = "Session: " + header(setUp, "session:").split(";")[0] + "\r\n";
        ask("PLAY", url, session + "Range: npt=0.000-\r\n");
        if (in.read() != '$') {
            throw new IOException("no media after PLAY");
        }
        skipFrame();
    }

    /** Reads on until a packet of media comes so much later than the first. */
    void watch(Duration mediaTime) throws IOException {
        long first = System.nanoTime();
        boolean later = false;
        while (!later) {
            if (in.read() != '$') {
                throw new IOException("something else than media");
            }
            later = skipFrame() == MEDIA && System.nanoTime() - first >= mediaTime.toNanos();
        }
    }

    /** Ends the session, and waits for the camera to say so. */
    void tearDown() throws IOException {
        send("TEARDOWN", url, session);
        int next = in.read();
        while (next == '$') {
            skipFrame();
            next = in.read();
        }
        expectSuccess("TEARDOWN", (char) next + reply());
    }

    private String ask(String method, String target, String fields) throws IOException {
        send(method, target, fields);
        String reply = reply();
        if (!challenge.isEmpty()) {
            expectSuccess(method, reply);
        }
        return reply;
    }

    private static void expectSuccess(String method, String reply) throws IOException {
        if (!reply.startsWith("RTSP/1.0 200")) {
            throw new IOException(method + ": " + reply);
        }
    }

    private void send(String method, String target, String fields) throws IOException {
        String login = challenge.isEmpty() ? "" : authorization(method, target);
        String request = method + " " + target + " RTSP/1.0\r\nCSeq: " + ++sequence + "\r\nUser-Agent: bare\r\n" + login
                + fields + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns the head and the body. */
    private String reply() throws IOException {
        StringBuilder reply = new StringBuilder();
        while (reply.indexOf("\r\n\r\n", Math.max(0, reply.length() - 4)) < 0) {
            reply.append((char) next());
        }
        String length = header(reply.toString(), "content-length:");
        byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
        return reply + new String(body, StandardCharsets.UTF_8);
    }

    /** Returns the channel. */
    private int skipFrame() throws IOException {
        int channel = next();
        in.skipNBytes(next() << 8 | next());
        return channel;
    }

    private int next() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the camera closed the connection");
        }
        return next;
    }

    private static String header(String reply, String name) {
        int field = reply.toLowerCase(Locale.ROOT).indexOf("\n" + name);
        int start = field + 1 + name.length();
        return field < 0
                ? ""
                : reply.substring(start, reply.indexOf('\r', start)).strip();
    }

    /** RFC 2069: GStreamer's server offers no quality of protection. */
    private String authorization(String method, String target) {
        String realm = quoted("realm");
        String nonce = quoted("nonce");
        String response =
                md5(md5(user + ":" + realm + ":" + password) + ":" + nonce + ":" + md5(method + ":" + target));
        return "Authorization: Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce
                + "\", uri=\"" + target + "\", response=\"" + response + "\"\r\n";
    }

    private String quoted(String parameter) {
        int start = challenge.indexOf(parameter + "=\"") + parameter.length() + 2;
        return challenge.substring(start, challenge.indexOf('"', start));
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
