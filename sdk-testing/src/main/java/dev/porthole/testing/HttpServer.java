package dev.porthole.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

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
            boolean keepAlive)
            throws IOException {
        this.handler = handler;
        this.faults = faults;
        this.log = log;
        this.keepAlive = keepAlive;
        this.server = TcpServer.start(at, name, this::serve);
    }

    static HttpServer start(
            InetSocketAddress at,
            String name,
            HttpHandler handler,
            FaultScript faults,
            RequestLog log,
            boolean keepAlive)
            throws IOException {
        return new HttpServer(at, name, handler, faults, log, keepAlive);
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
            open = answer(connection, request);
        }
    }

    /** Whether the connection is to go on. */
    private boolean answer(Socket connection, RecordedRequest request) throws IOException {
        Optional<Fault> fault = faults.faultFor(request);
        Conversation exchange = new Conversation(connection, request);
        if (fault.isPresent()) {
            try {
                fault.get().answer(exchange);
            } finally {
                exchange.ended();
            }
            return false;
        }
        boolean close = !keepAlive
                || request.header("Connection")
                        .filter("close"::equalsIgnoreCase)
                        .isPresent()
                || request.version().equals("HTTP/1.0");
        HttpReply reply = exchange.reply();
        exchange.send((close ? reply.with("Connection", "close") : reply).bytes());
        return !close;
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Conversation implements Exchange {
        private final Socket connection;
        private final RecordedRequest request;
        private Optional<HttpReply> reply = Optional.empty();
        private boolean ended;

        Conversation(Socket connection, RecordedRequest request) {
            this.connection = connection;
            this.request = request;
        }

        @Override
        public RecordedRequest request() {
            return request;
        }

        @Override
        public HttpReply reply() {
            if (reply.isEmpty()) {
                reply = Optional.of(handler.answer(request, true));
            }
            return reply.get();
        }

        @Override
        public HttpReply dryReply() {
            return handler.answer(request, false);
        }

        /** The client may ask again as soon as it has the last byte, so a request ends before its reply is sent. */
        void ended() {
            if (!ended) {
                ended = true;
                log.ended();
            }
        }

        @Override
        public void send(byte[] bytes) throws IOException {
            ended();
            connection.getOutputStream().write(bytes);
            connection.getOutputStream().flush();
        }

        @Override
        public boolean hold(Duration time) throws IOException {
            long end = System.nanoTime() + time.toNanos();
            InputStream in = connection.getInputStream();
            while (true) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return true;
                }
                connection.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
                try {
                    if (in.read() < 0) {
                        return false;
                    }
                } catch (SocketTimeoutException e) {
                    return true;
                } finally {
                    connection.setSoTimeout(0);
                }
            }
        }

        @Override
        public void reset() throws IOException {
            connection.setSoLinger(true, 0);
            connection.close();
        }
    }
}
