package dev.porthole.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** RTSP within HTTP: a GET and a POST that the same cookie binds together. Thread-safe. */
final class RtspTunnel {
    private static final String COOKIE = "x-sessioncookie";

    private record Half(InputStream requests, CountDownLatch served) {}

    private final Supplier<RtspServer> rtsp;
    private final String path;
    private final LoginGuard guard;
    private final Map<String, CompletableFuture<Half>> halves = new ConcurrentHashMap<>();

    RtspTunnel(Supplier<RtspServer> rtsp, String path, LoginGuard guard) {
        this.rtsp = rtsp;
        this.path = path;
        this.guard = guard;
    }

    /** Whether a request is half of a tunnel. */
    static boolean isHalf(RecordedRequest request) {
        return request.header(COOKIE).isPresent();
    }

    /** Serves one half until the tunnel ends. */
    void serve(RecordedRequest request, Socket connection, InputStream rest) throws IOException {
        String cookie = request.header(COOKIE).orElseThrow();
        LoginGuard.Outcome login = guard.check(request);
        if (!login.admitted()) {
            HttpReply refusal = HttpReply.html(401, "Unauthorized", "");
            connection
                    .getOutputStream()
                    .write(guard.challenge(refusal, login.stale()).bytes());
        } else if (!request.target().equals(path)) {
            connection
                    .getOutputStream()
                    .write(HttpReply.html(404, "Not Found", "").bytes());
        } else if (request.method().equals("GET")) {
            replies(cookie, connection);
        } else {
            requests(cookie, connection, rest);
        }
    }

    private void replies(String cookie, Socket connection) throws IOException {
        CompletableFuture<Half> other = new CompletableFuture<>();
        halves.put(cookie, other);
        connection
                .getOutputStream()
                .write("HTTP/1.0 200 OK\r\nContent-Type: application/x-rtsp-tunnelled\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        try {
            Half half = other.get(5, TimeUnit.SECONDS);
            try {
                InetSocketAddress client = (InetSocketAddress) connection.getRemoteSocketAddress();
                rtsp.get().serve(connection, new MessageReader(half.requests(), client));
            } finally {
                half.served().countDown();
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the other half of the tunnel did not come", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            halves.remove(cookie);
        }
    }

    private void requests(String cookie, Socket connection, InputStream rest) throws IOException {
        CompletableFuture<Half> other = halves.get(cookie);
        CountDownLatch served = new CountDownLatch(1);
        if (other == null || !other.complete(new Half(new Base64Requests(rest), served))) {
            connection
                    .getOutputStream()
                    .write(HttpReply.html(400, "Bad Request", "").bytes());
            return;
        }
        try {
            served.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
