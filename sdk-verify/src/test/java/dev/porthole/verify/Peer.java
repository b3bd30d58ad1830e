package dev.porthole.verify;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP server on loopback that does as the test says, for what well-behaved servers cannot be told to do. */
final class Peer implements Closeable {
    /** Serves one connection; whatever it throws ends the connection. */
    @FunctionalInterface
    interface Conversation {
        void hold(Connection connection) throws Exception;
    }

    /** Answers one request after the other on a connection; null ends it. */
    @FunctionalInterface
    interface Answers {
        String answer(Request request) throws Exception;
    }

    /**
     * A request as it came.
     *
     * @param line the request line
     * @param headers by name, without case
     */
    record Request(String line, Map<String, String> headers) {
        String method() {
            return line.split(" ")[0];
        }

        String authorization() {
            return headers.getOrDefault("Authorization", "");
        }
    }

    private final ServerSocket server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private Peer(ServerSocket server) {
        this.server = server;
    }

    static Peer holding(Conversation conversation) {
        try {
            Peer peer = new Peer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread accepting = new Thread(() -> peer.accept(conversation), "peer");
            accepting.setDaemon(true);
            accepting.start();
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Peer answering(Answers answers) {
        return holding(connection -> {
            for (Request request = connection.request(); request != null; request = connection.request()) {
                String answer = answers.answer(request);
                if (answer == null) {
                    return;
                }
                connection.send(answer);
            }
        });
    }

    /** A web server that answers each connection's first request and closes. */
    static Peer web(Answers answers) {
        return holding(connection -> {
            String answer = answers.answer(connection.request());
            if (answer != null) {
                connection.send(answer);
            }
        });
    }

    /** A port of loopback on which nothing listens. */
    static int deadPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(Conversation conversation) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread serving = new Thread(() -> serve(conversation, socket), "peer-connection");
                serving.setDaemon(true);
                serving.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Conversation conversation, Socket socket) {
        try (socket) {
            conversation.hold(new Connection(socket));
        } catch (Exception e) {
            // The client went away, or the test is over.
        }
    }

    int port() {
        return server.getLocalPort();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), port());
    }

    List<Request> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** One accepted connection. */
    final class Connection {
        private final InputStream in;
        private final OutputStream out;

        Connection(Socket socket) throws IOException {
            in = socket.getInputStream();
            out = socket.getOutputStream();
        }

        /** The next request, or null at the end. */
        Request request() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int octet = in.read();
                if (octet < 0) {
                    return null;
                }
                head.append((char) octet);
            }
            String[] lines = head.toString().split("\r\n");
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (int i = 1; i < lines.length; i++) {
                String[] parts = lines[i].split(": ", 2);
                headers.put(parts[0], parts[1]);
            }
            Request request = new Request(lines[0], headers);
            requests.add(request);
            return request;
        }

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** Waits until the client ends the connection. */
        void silence() throws IOException {
            while (in.read() >= 0) {
                // Only its end counts.
            }
        }
    }
}
