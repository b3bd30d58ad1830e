package dev.porthole.verify.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Calls an agent by bytes, from an address of loopback of its own. */
final class Caller {
    static final String TOKEN = "0123456789abcdef";
    static final String AUTHORIZED = "Authorization: Bearer " + TOKEN + "\r\n";

    private final InetSocketAddress agent;
    private final InetAddress from;

    Caller(InetSocketAddress agent, String from) throws IOException {
        this.agent = agent;
        this.from = InetAddress.getByName(from);
    }

    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(agent);
        return socket;
    }

    /** Sends bytes and reads until the agent closes. */
    String send(String bytes) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            // Nothing more comes, so that whoever waits for the rest of a cut request need not.
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String post(String headers, String body) {
        return "POST /v1/probe HTTP/1.1\r\nHost: agent\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    String probe(String body) throws IOException {
        return send(post(AUTHORIZED, body));
    }

    static int status(String reply) {
        return reply.startsWith("HTTP/1.1 ") ? Integer.parseInt(reply.substring(9, 12)) : 0;
    }
}
