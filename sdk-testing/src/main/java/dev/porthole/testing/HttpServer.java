package dev.porthole.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.ServerSocketFactory;

/** An HTTP server on plain sockets that can misbehave. Each connection is served by a thread of its own. */
final class HttpServer implements AutoCloseable {
    private final HttpHandler handler;
    private final FaultScript faults;
    private final RequestLog log;
    private final boolean keepAlive;
    private final TcpServer server;

    private HttpServer(
            InetSocketAddress at,
            String name,
            HttpHandler handler,
            FaultScript faults,
            RequestLog log,
            boolean keepAlive,
            ServerSocketFactory sockets)
            throws IOException {
        this.handler = handler;
        this.faults = faults;
        this.log = log;
        this.keepAlive = keepAlive;
        this.server = TcpServer.start(at, name, this::serve, sockets);
    }

    static HttpServer start(
            InetSocketAddress at,
            String name,
            HttpHandler handler,
            FaultScript faults,
            RequestLog log,
            boolean keepAlive)
            throws IOException {
        return new HttpServer(at, name, handler, faults, log, keepAlive, ServerSocketFactory.getDefault());
    }

    /** A server for one request per connection, with sockets of the factory's, for TLS. */
    static HttpServer start(
            InetSocketAddress at,
            String name,
            HttpHandler handler,
            FaultScript faults,
            RequestLog log,
            ServerSocketFactory sockets)
            throws IOException {
        return new HttpServer(at, name, handler, faults, log, false, sockets);
    }

    InetSocketAddress address() {
        return server.address();
    }

    int connections() {
        return server.connections();
    }

    private void serve(Socket connection) throws IOException {
        MessageReader reader = new MessageReader(connection);
        boolean open = true;
        while (open) {
            Optional<RecordedRequest> read = reader.read();
            if (read.isEmpty()) {
                return;
            }
            RecordedRequest request = handler.understand(read.get());
            log.started(request);
            open = !handler.takesOver(request, connection, reader.rest()) && answer(connection, request);
        }
    }

    /** Whether the connection is to go on. */
    private boolean answer(Socket connection, RecordedRequest request) throws IOException {
        Optional<Fault> fault = faults.faultFor(request);
        boolean open = keepAlive && fault.isEmpty() && keepsOpen(request);
        Conversation exchange = new Conversation(
                connection, request, () -> reply(request, true, open), () -> reply(request, false, open), log::ended);
        if (fault.isPresent()) {
            try {
                fault.get().answer(exchange);
            } finally {
                exchange.ended();
            }
        } else {
            exchange.send(exchange.reply().bytes());
        }
        return open;
    }

    private HttpReply reply(RecordedRequest request, boolean apply, boolean open) {
        HttpReply reply = handler.answer(request, apply);
        return open ? reply : reply.with("Connection", "close");
    }

    private static boolean keepsOpen(RecordedRequest request) {
        return !request.version().equals("HTTP/1.0")
                && request.header("Connection")
                        .filter("close"::equalsIgnoreCase)
                        .isEmpty();
    }

    @Override
    public void close() {
        server.close();
    }
}
