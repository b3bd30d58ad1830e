package dev.porthole.http.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.porthole.Deadline;
import dev.porthole.http.internal.DeviceHttpException.Kind;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a peer does, a call ends by its deadline and holds little memory. */
@Timeout(30)
class DeviceHttpLimitsTest {
    private static final Duration TIME = Duration.ofMillis(300);
    private static final Duration GRACE = Duration.ofMillis(250);

    private final DeviceHttp http = new DeviceHttp();

    @AfterEach
    void close() {
        http.close();
    }

    private void timesOut(DeviceRequest request) {
        // The first call of all loads classes.
        long start = System.nanoTime();
        Throwable failure = catchThrowable(() -> http.send(request, Deadline.after(TIME)));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(failure)
                .isInstanceOfSatisfying(
                        DeviceHttpException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT));
        assertThat(took).isLessThan(TIME.plus(GRACE));
    }

    private static void drip(OutputStream out, String text) throws Exception {
        // The client's reading paces it: each byte is a packet, and no more are sent than it takes.
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; ; i++) {
            out.write(text.charAt(i % text.length()));
            never.await(20, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void silenceTimesOut() throws Exception {
        try (RawPeer peer = new RawPeer((in, out) -> in.read())) {
            timesOut(DeviceRequest.get(peer.address(), "/").build());
        }
    }

    @Test
    void aBodyThatDripsTimesOut() throws Exception {
        try (RawPeer peer = new RawPeer((in, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
            drip(out, "x");
        })) {
            timesOut(DeviceRequest.get(peer.address(), "/").build());
        }
    }

    @Test
    void aHeadThatDripsTimesOut() throws Exception {
        try (RawPeer peer = new RawPeer((in, out) -> drip(out, "HTTP/1.1 200 OK    "))) {
            timesOut(DeviceRequest.get(peer.address(), "/").build());
        }
    }

    @Test
    void interimRepliesWithoutEndTimeOut() throws Exception {
        try (RawPeer peer = new RawPeer((in, out) -> {
            while (true) {
                out.write("HTTP/1.1 102 Wait\r\n\r\n".getBytes(ISO_8859_1));
            }
        })) {
            timesOut(DeviceRequest.get(peer.address(), "/").build());
        }
    }

    @Test
    void aPeerThatDoesNotReadTimesOut() throws Exception {
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) peer.getLocalSocketAddress();
            timesOut(DeviceRequest.post(address, "/", new byte[64 << 20]).build());
        }
    }

    @Test
    void connectingTimesOut() throws Exception {
        // A full backlog leaves further connection attempts without an answer.
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) peer.getLocalSocketAddress();
            List<Socket> fill = new ArrayList<>();
            try {
                for (int i = 0; i < 3; i++) {
                    Socket socket = new Socket();
                    fill.add(socket);
                    try {
                        socket.connect(address, 100);
                    } catch (java.net.SocketTimeoutException e) {
                        break;
                    }
                }
                timesOut(DeviceRequest.get(address, "/").build());
            } finally {
                for (Socket socket : fill) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void tlsThatIsNeverAnsweredTimesOut() throws Exception {
        try (RawPeer peer = new RawPeer((in, out) -> in.read())) {
            timesOut(DeviceRequest.get(peer.address(), "/").tls(TlsTrust.any()).build());
        }
    }

    @Test
    void ofABodyOfFourGibibytesOnlyTheAllowedPartIsRead() throws Exception {
        try (RawPeer peer = new RawPeer((in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 4294967296\r\n\r\n".getBytes(ISO_8859_1));
            byte[] block = new byte[1 << 16];
            for (int i = 0; i < 1 << 16; i++) {
                out.write(block);
            }
        })) {
            DeviceRequest request =
                    DeviceRequest.get(peer.address(), "/").maxBody(100_000).build();
            long start = System.nanoTime();
            DeviceReply reply = http.send(request, Deadline.after(Duration.ofSeconds(20)));
            assertThat(reply.truncated()).isTrue();
            assertThat(reply.body()).hasSize(100_000);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void interruptingEndsTheCallAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawPeer peer = new RawPeer((in, out) -> {
            asked.countDown();
            in.read();
        })) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread caller = new Thread(() -> failure.set(catchThrowable(() -> http.send(
                    DeviceRequest.get(peer.address(), "/").build(), Deadline.after(Duration.ofSeconds(20))))));
            caller.start();
            asked.await();
            caller.interrupt();
            caller.join(2000);
            assertThat(failure.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void interruptingEndsTheReadingOfABodyAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawPeer peer = new RawPeer((in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc".getBytes(ISO_8859_1));
            asked.countDown();
            in.read();
        })) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread caller = new Thread(() -> failure.set(catchThrowable(() -> http.send(
                    DeviceRequest.get(peer.address(), "/").build(), Deadline.after(Duration.ofSeconds(20))))));
            caller.start();
            asked.await();
            caller.interrupt();
            caller.join(2000);
            assertThat(failure.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void anInterruptedThreadSendsNothing() throws Exception {
        try (RawPeer peer = RawPeer.saying("HTTP/1.1 200 OK\r\n\r\n")) {
            Thread.currentThread().interrupt();
            Throwable failure = catchThrowable(() ->
                    http.send(DeviceRequest.get(peer.address(), "/").build(), Deadline.after(Duration.ofSeconds(5))));
            assertThat(failure).isInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(peer.requests()).isEmpty();
        }
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawPeer peer = new RawPeer((in, out) -> {
            asked.countDown();
            in.read();
        })) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread caller = new Thread(() -> failure.set(catchThrowable(() -> http.send(
                    DeviceRequest.get(peer.address(), "/").build(), Deadline.after(Duration.ofSeconds(20))))));
            caller.start();
            asked.await();
            http.close();
            caller.join(2000);
            assertThat(failure.get())
                    .isInstanceOfSatisfying(
                            DeviceHttpException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CLOSED));
        }
    }

    @Test
    void aDeadlineThatIsPastSendsNothing() throws Exception {
        try (RawPeer peer = RawPeer.saying("HTTP/1.1 200 OK\r\n\r\n")) {
            Throwable failure = catchThrowable(
                    () -> http.send(DeviceRequest.get(peer.address(), "/").build(), Deadline.after(Duration.ZERO)));
            assertThat(failure).isInstanceOfSatisfying(DeviceHttpException.class, e -> {
                assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT);
                assertThat(e.sent()).isFalse();
            });
            assertThat(peer.requests()).isEmpty();
        }
    }
}
