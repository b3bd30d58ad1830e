package dev.porthole.bench.routers;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A router on loopback whose only page lists many port mappings. */
final class LongPage implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();

    LongPage(int rules) throws IOException {
        byte[] page = html(rules).getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            try (exchange) {
                exchange.getResponseBody().write(page);
            }
        });
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    int requests() {
        return requests.get();
    }

    private static String html(int rules) {
        StringBuilder page = new StringBuilder("<html><head><title>Port Forwarding</title></head><body>"
                + "<h1>Port Forwarding</h1><form action=\"fw.cgi\" method=\"post\"><table><tr><th>Service Name</th>"
                + "<th>External Port</th><th>Internal Port</th><th>Server IP Address</th><th>Protocol</th>"
                + "<th>Enabled</th><th>Action</th></tr>");
        for (int i = 0; i < rules; i++) {
            page.append(String.format(
                    "<tr><td>rule %d</td><td>%d</td><td>%d</td><td>192.168.1.%d</td><td>%s</td>"
                            + "<td><input type=\"checkbox\" name=\"on%d\" checked></td>"
                            + "<td><input type=\"submit\" name=\"del%d\" value=\"Delete\"></td></tr>",
                    i, 10_000 + i, 80 + i, 2 + i % 250, i % 3 == 0 ? "UDP" : "TCP", i, i));
        }
        return page + "</table><p>Name <input name=\"name\"> External Port <input name=\"ext\"> Internal Port "
                + "<input name=\"int\"> Server IP Address <input name=\"ip\"> Protocol <select name=\"proto\">"
                + "<option>TCP</option><option>UDP</option></select> <input type=\"submit\" name=\"add\" value=\"Add\">"
                + "</p></form></body></html>";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
