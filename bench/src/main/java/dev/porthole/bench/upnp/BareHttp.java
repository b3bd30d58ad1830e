package dev.porthole.bench.upnp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The least that can be called an HTTP exchange: connect, one write, read to the end. */
final class BareHttp {
    private static final int TIMEOUT_MILLIS = 5_000;

    private BareHttp() {}

    static String get(URI uri) throws IOException {
        return exchange(uri, "GET " + uri.getRawPath() + " HTTP/1.1\r\n", "");
    }

    static String post(URI uri, String soapAction, String body) throws IOException {
        String head = "POST " + uri.getRawPath() + " HTTP/1.1\r\nContent-Type: text/xml; charset=\"utf-8\"\r\n"
                + "SOAPAction: \"" + soapAction + "\"\r\nContent-Length: " + body.length() + "\r\n";
        return exchange(uri, head, body);
    }

    /** Returns the whole reply, status line and headers too. */
    private static String exchange(URI uri, String head, String body) throws IOException {
        String request = head + "Host: " + uri.getAuthority() + "\r\nConnection: close\r\n\r\n" + body;
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
