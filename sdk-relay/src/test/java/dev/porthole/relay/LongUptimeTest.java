package dev.porthole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.mapping.Forwarder.Forwarding;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a relay keeps of connections that are over: nothing. The heap of these tests is small on purpose. */
@Timeout(300)
class LongUptimeTest {
    private static final int THREADS = 4;
    private static final int EACH = 25_000;

    @Test
    void a_hundred_thousand_connections_leave_no_key_no_buffer_and_no_count() throws Exception {
        try (Relay relay = Relay.builder().build();
                TestCamera camera = TestCamera.inOneThread(LongUptimeTest::answer)) {
            Forwarding port = relay.forward(TestRelay.to(camera.port()));
            CompletableFuture<?>[] clients = new CompletableFuture<?>[THREADS];
            for (int i = 0; i < THREADS; i++) {
                clients[i] = CompletableFuture.runAsync(() -> visit(port), TestCamera::thread);
            }
            CompletableFuture.allOf(clients).get(280, TimeUnit.SECONDS);
            Loop loop = relay.loop();
            port.close();
            assertThat(loop.watched()).isZero();
            assertThat(loop.sources().isEmpty()).isTrue();
            assertThat(loop.circle().isEmpty()).isTrue();
            assertThat(loop.open()).isZero();
            assertThat(loop.pool().held()).isZero();
            assertThat(relay.counters().accepted()).isEqualTo(THREADS * EACH);
        }
    }

    /** Some say good-bye; most leave by a reset, or the system would run out of ports that wait for stragglers. */
    private static void visit(Forwarding port) {
        try {
            for (int i = 0; i < EACH; i++) {
                try (Socket client = TestRelay.connect(port)) {
                    client.getOutputStream().write(i);
                    if (TestCamera.read(client) != (i & 0xFF)) {
                        throw new AssertionError("connection " + i + " got a wrong answer");
                    }
                    if (i % 20 != 0) {
                        client.setSoLinger(true, 0);
                    }
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void answer(Socket socket) throws IOException {
        socket.getOutputStream().write(socket.getInputStream().read());
        TestCamera.read(socket);
    }
}
