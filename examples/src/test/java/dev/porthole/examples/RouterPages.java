package dev.porthole.examples;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A router that shows one page, whatever it is asked. */
final class RouterPages implements AutoCloseable {
    private final HttpServer server;

    RouterPages(String page) throws IOException {
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                boolean first = exchange.getRequestURI().getPath().equals("/");
                exchange.getResponseHeaders().add("Content-Type", "text/html");
                exchange.sendResponseHeaders(first ? 200 : 404, first ? bytes.length : -1);
                if (first) {
                    exchange.getResponseBody().write(bytes);
                }
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
