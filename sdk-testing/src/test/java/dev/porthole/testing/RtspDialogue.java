package dev.porthole.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small RTSP client for tests of the fake camera. */
final class RtspDialogue implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private int sequence;

    RtspDialogue(FakeCamera camera) throws IOException {
        socket = Raw.connect(camera.rtspAddress());
        in = new DataInputStream(socket.getInputStream());
    }

    record Reply(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** An interleaved packet. */
    record Packet(int channel, byte[] bytes) {
        int sequence() {
            return (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
        }

        int ssrc() {
            return java.nio.ByteBuffer.wrap(bytes).getInt(8);
        }

        boolean marker() {
            return (bytes[1] & 0x80) != 0;
        }

        int nalType() {
            return bytes[12] & 0x1F;
        }
    }

    Reply ask(String method, String url, String... headers) throws IOException {
        send(method, url, headers);
        return reply();
    }

    void send(String method, String url, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + url + " RTSP/1.0\r\nCSeq: " + ++sequence + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    Reply reply() throws IOException {
        String status = line();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).replaceFirst("^ ", ""),
                    (one, two) -> one + "\n" + two);
        }
        int length =
                Integer.parseInt(headers.getOrDefault("content-length", "0").strip());
        return new Reply(
                Integer.parseInt(status.split(" ")[1]),
                headers,
                new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            line.append((char) next);
        }
        return line.substring(0, line.length() - 1);
    }

    void timeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    /** What comes up to and with an end. */
    String text(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            text.append((char) in.readUnsignedByte());
        }
        return text.toString();
    }

    int nextByte() throws IOException {
        return in.readUnsignedByte();
    }

    Packet packet() throws IOException {
        int dollar = in.readUnsignedByte();
        if (dollar != '$') {
            throw new IOException("not an interleaved packet: " + dollar);
        }
        int channel = in.readUnsignedByte();
        return new Packet(channel, in.readNBytes(in.readUnsignedShort()));
    }

    /** An Authorization field for a Digest challenge. */
    static String digest(String challenge, String method, String url, String user, String password, int count) {
        String algorithm = parameter(challenge, "algorithm").isEmpty() ? "MD5" : parameter(challenge, "algorithm");
        String realm = parameter(challenge, "realm");
        String nonce = parameter(challenge, "nonce");
        boolean qop = !parameter(challenge, "qop").isEmpty();
        String nc = String.format("%08x", count);
        String one = hash(algorithm, user + ":" + realm + ":" + password);
        String two = hash(algorithm, method + ":" + url);
        String response = hash(algorithm, one + ":" + nonce + ":" + (qop ? nc + ":c0ffee:auth:" : "") + two);
        return "Authorization: Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce
                + "\", uri=\""
                + url + "\", opaque=\"" + parameter(challenge, "opaque") + "\", algorithm=" + algorithm
                + (qop ? ", qop=auth, nc=" + nc + ", cnonce=\"c0ffee\"" : "") + ", response=\"" + response + "\"";
    }

    private static String parameter(String challenge, String name) {
        Matcher match = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(challenge);
        return match.find() ? match.group(1) : "";
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
