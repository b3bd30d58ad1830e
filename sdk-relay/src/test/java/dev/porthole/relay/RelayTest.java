package dev.porthole.relay;

import static dev.porthole.relay.TestRelay.HERE;
import static dev.porthole.relay.TestRelay.connect;
import static dev.porthole.relay.TestRelay.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.SourcePolicy;
import dev.porthole.mapping.Forwarder.Forwarding;
import dev.porthole.mapping.Forwarder.Request;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.TransportProtocol;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTest {
    private final Witness witness = new Witness();
    private Relay relay = Relay.builder().listener(witness).build();

    @AfterEach
    void close() {
        relay.close();
    }

    private Relay with(Relay.Builder builder) {
        relay.close();
        relay = builder.listener(witness).build();
        return relay;
    }

    @Test
    void what_one_side_says_the_other_hears() throws Exception {
        try (TestCamera camera = TestCamera.start();
                Forwarding port = relay.forward(to(camera.port()));
                Socket client = connect(port);
                Socket seen = camera.next()) {
            client.getOutputStream().write("DESCRIBE".getBytes(StandardCharsets.US_ASCII));
            assertThat(seen.getInputStream().readNBytes(8)).asString().isEqualTo("DESCRIBE");
            seen.getOutputStream().write("RTSP/1.0".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().readNBytes(8)).asString().isEqualTo("RTSP/1.0");
            assertThat(relay.counters().open()).isOne();
        }
    }

    @Test
    void the_end_of_one_direction_is_passed_on_after_its_last_byte_and_leaves_the_other_open() throws Exception {
        byte[] request = new byte[300_000];
        Arrays.fill(request, (byte) 7);
        try (TestCamera camera = TestCamera.start();
                Forwarding port = relay.forward(to(camera.port()));
                Socket client = connect(port);
                Socket seen = camera.next()) {
            TestCamera.thread(() -> {
                try {
                    client.getOutputStream().write(request);
                    client.shutdownOutput();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(TestCamera.all(seen)).isEqualTo(request);
            seen.getOutputStream().write("still here".getBytes(StandardCharsets.US_ASCII));
            seen.shutdownOutput();
            assertThat(TestCamera.all(client)).asString().isEqualTo("still here");
            assertThat(witness.ending()).isEqualTo(RelayEnding.FINISHED);
        }
    }

    @Test
    void a_camera_that_has_said_all_can_still_be_told_something() throws Exception {
        try (TestCamera camera = TestCamera.start();
                Forwarding port = relay.forward(to(camera.port()));
                Socket client = connect(port);
                Socket seen = camera.next()) {
            seen.shutdownOutput();
            assertThat(TestCamera.read(client)).isEqualTo(-1);
            client.getOutputStream().write(42);
            client.shutdownOutput();
            assertThat(TestCamera.all(seen)).containsExactly(42);
            assertThat(witness.ending()).isEqualTo(RelayEnding.FINISHED);
        }
    }

    /** Both ports fail in one turn of the relay's thread, which is kept waiting until both have somebody to accept. */
    @Test
    void ports_that_fail_end_alone_and_can_be_had_again() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        try (TestCamera camera = TestCamera.start(TestCamera::echo);
                TestCamera unknown = TestCamera.start()) {
            with(Relay.builder().route(address -> {
                if (address.getPort() == unknown.port()) {
                    throw new IllegalStateException("no route");
                }
                return when(connected, address);
            }));
            Forwarding one = relay.forward(to(unknown.port()));
            Forwarding other = relay.forward(to(unknown.port()));
            try (Forwarding port = relay.forward(to(camera.port()));
                    Socket served = connect(port);
                    Socket first = connect(one);
                    Socket second = connect(other)) {
                connected.countDown();
                assertThat(TestCamera.read(first)).isEqualTo(-2);
                assertThat(TestCamera.read(second)).isEqualTo(-2);
                served.getOutputStream().write(42);
                assertThat(TestCamera.read(served)).isEqualTo(42);
                Request again = to(unknown.port(), one.listening().port(), SourcePolicy.anyone());
                assertThat(relay.forward(again).isOpen()).isTrue();
                assertThat(one.isOpen()).isFalse();
                assertThat(port.isOpen()).isTrue();
            }
        }
    }

    private static InetSocketAddress when(CountDownLatch latch, InetSocketAddress address) {
        try {
            latch.await();
            return address;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_reset_of_the_client_is_passed_on() throws Exception {
        try (TestCamera camera = TestCamera.start();
                Forwarding port = relay.forward(to(camera.port()));
                Socket client = connect(port);
                Socket seen = camera.next()) {
            TestRelay.reset(client);
            assertThat(TestCamera.read(seen)).isEqualTo(-2);
            assertThat(witness.ending()).isEqualTo(RelayEnding.ABORTED);
            assertThat(relay.counters().open()).isZero();
        }
    }

    @Test
    void a_reset_of_the_camera_is_passed_on() throws Exception {
        try (TestCamera camera = TestCamera.start();
                Forwarding port = relay.forward(to(camera.port()));
                Socket client = connect(port)) {
            Socket seen = camera.next();
            seen.getOutputStream().write(1);
            assertThat(TestCamera.read(client)).isOne();
            TestRelay.reset(seen);
            assertThat(TestCamera.read(client)).isEqualTo(-2);
            assertThat(witness.ending()).isEqualTo(RelayEnding.ABORTED);
        }
    }

    @Test
    void a_camera_that_is_down_costs_each_client_its_own_connection_and_is_found_when_it_is_back() throws Exception {
        TestCamera first = TestCamera.start();
        int port = first.port();
        first.close();
        try (Forwarding forwarding = relay.forward(to(port))) {
            for (int i = 0; i < 3; i++) {
                try (Socket client = connect(forwarding)) {
                    assertThat(TestCamera.read(client)).isEqualTo(-2);
                    assertThat(witness.ending()).isEqualTo(RelayEnding.CAMERA_UNREACHABLE);
                }
            }
            try (TestCamera again = TestCamera.at(port, TestCamera::echo);
                    Socket client = connect(forwarding)) {
                assertThat(again.port()).isEqualTo(port);
                client.getOutputStream().write(1);
                assertThat(TestCamera.read(client)).isOne();
            }
        }
        // Once for three, and once that it is back.
        assertThat(witness.told(2)).containsExactly("unreachable 1", "back");
        assertThat(relay.counters().ended()).containsEntry(RelayEnding.CAMERA_UNREACHABLE, 3L);
    }

    @Test
    void a_camera_that_does_not_answer_is_given_up() throws Exception {
        with(Relay.builder().connectTimeout(Duration.ofMillis(200)));
        try (DeafCamera camera = new DeafCamera();
                Forwarding port = relay.forward(to(camera.port()));
                Socket client = connect(port)) {
            assertThat(TestCamera.read(client)).isEqualTo(-2);
            assertThat(witness.ending()).isEqualTo(RelayEnding.CAMERA_UNREACHABLE);
        }
    }

    @Test
    void whoever_the_policy_does_not_name_is_turned_away_by_the_relay_itself() throws Exception {
        try (TestCamera camera = TestCamera.start(TestCamera::echo);
                Forwarding port = relay.forward(to(camera.port(), 0, SourcePolicy.only("127.0.0.2/32")));
                Socket stranger = connect(port);
                Socket friend = TestRelay.from("127.0.0.2", port)) {
            assertThat(TestCamera.read(stranger)).isEqualTo(-2);
            friend.getOutputStream().write(5);
            assertThat(TestCamera.read(friend)).isEqualTo(5);
        }
        assertThat(relay.counters().refused()).containsOnly(java.util.Map.entry(RelayRefusal.SOURCE_NOT_ALLOWED, 1L));
    }

    @Test
    void a_connection_without_a_byte_ends_and_one_that_flows_in_one_direction_only_does_not() throws Exception {
        Duration idle = Duration.ofMillis(300);
        with(Relay.builder().idleTimeout(idle));
        try (TestCamera camera = TestCamera.start();
                Forwarding port = relay.forward(to(camera.port()));
                Socket flowing = connect(port);
                Socket source = camera.next();
                Socket idler = connect(port)) {
            long end = System.nanoTime() + idle.toNanos() * 4;
            byte[] picture = new byte[1000];
            while (System.nanoTime() < end) {
                source.getOutputStream().write(picture);
                flowing.getInputStream().readNBytes(picture.length);
            }
            assertThat(TestCamera.read(idler)).isEqualTo(-2);
            source.getOutputStream().write(9);
            assertThat(TestCamera.read(flowing)).isEqualTo(9);
            assertThat(relay.counters().ended()).containsOnly(java.util.Map.entry(RelayEnding.IDLE, 1L));
        }
    }

    @Test
    void udp_is_refused_by_name() {
        Request udp =
                new Request(TransportProtocol.UDP, new InternalEndpoint(HERE, 554), HERE, 0, SourcePolicy.anyone());
        assertThatThrownBy(() -> relay.forward(udp))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UDP is not relayed");
    }

    @Test
    void a_taken_port_is_told_at_once() throws Exception {
        try (TestCamera camera = TestCamera.start()) {
            assertThatThrownBy(() -> relay.forward(to(1, camera.port(), SourcePolicy.anyone())))
                    .isInstanceOf(BindException.class);
        }
    }

    @Test
    void a_port_that_would_lead_to_a_port_of_the_relay_is_refused() throws Exception {
        try (Forwarding port = relay.forward(to(9))) {
            assertThatThrownBy(() -> relay.forward(to(port.listening().port())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("this relay itself");
        }
    }

    @Test
    void a_circle_that_cannot_be_known_beforehand_ends_by_itself() throws Exception {
        AtomicReference<InetSocketAddress> itself = new AtomicReference<>();
        with(Relay.builder().route(asked -> itself.get()));
        try (Forwarding port = relay.forward(to(9))) {
            itself.set(new InetSocketAddress(HERE, port.listening().port()));
            try (Socket client = connect(port)) {
                assertThat(TestCamera.read(client)).isEqualTo(-2);
            }
        }
        assertThat(relay.counters().refused()).containsOnlyKeys(RelayRefusal.LOOP);
        // At most as often as connections are accepted in one turn, where the system tells the relay's own end late.
        assertThat(relay.counters().accepted()).isLessThan(Relay.DEFAULT_CONNECTIONS_PER_SOURCE);
    }

    @Test
    void closing_a_port_ends_its_connections_and_frees_it_for_the_next_run() throws Exception {
        try (TestCamera camera = TestCamera.start()) {
            Forwarding first = relay.forward(to(camera.port()));
            Forwarding other = relay.forward(to(camera.port()));
            Socket client = connect(first);
            Socket seen = camera.next();
            Socket stays = connect(other);
            camera.next();
            first.close();
            first.close();
            assertThat(TestCamera.read(client)).isEqualTo(-2);
            assertThat(TestCamera.read(seen)).isEqualTo(-2);
            assertThat(relay.counters().open()).isOne();
            int port = first.listening().port();
            try (Forwarding again = relay.forward(to(camera.port(), port, SourcePolicy.anyone()))) {
                assertThat(again.listening()).isEqualTo(first.listening());
                connect(again).close();
                camera.next();
            }
            stays.close();
        }
    }

    @Test
    void closing_the_relay_ends_everything_its_thread_too() throws Exception {
        try (TestCamera camera = TestCamera.start()) {
            Forwarding port = relay.forward(to(camera.port()));
            Socket client = connect(port);
            camera.next();
            Loop loop = relay.loop();
            relay.close();
            relay.close();
            assertThat(TestCamera.read(client)).isEqualTo(-2);
            assertThat(loop.ended()).isTrue();
            assertThat(relay.counters().open()).isZero();
            assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> relay.forward(to(camera.port()))).isInstanceOf(IllegalStateException.class);
            port.close();
        }
    }

    @Test
    void a_relay_that_was_never_asked_takes_no_thread() {
        assertThat(relay.loop()).isNull();
        assertThat(relay.counters()).isEqualTo(new Tally().counters(0, 0));
    }

    @Test
    void an_interrupted_caller_leaves_nothing_listening() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> relay.forward(to(9))).isInstanceOf(InterruptedException.class);
        assertThat(relay.loop()).isNull();
    }

    @Test
    void a_listener_that_throws_or_closes_does_no_harm() throws Exception {
        AtomicReference<Forwarding> port = new AtomicReference<>();
        relay.close();
        relay = Relay.builder()
                .listener(new RelayListener() {
                    @Override
                    public void opened(InternalEndpoint target, InetSocketAddress source) {
                        throw new IllegalStateException("a listener of no use");
                    }

                    @Override
                    public void refused(RelayRefusal reason, InetAddress source, long count) {
                        port.get().close();
                    }
                })
                .build();
        try (TestCamera camera = TestCamera.start(TestCamera::echo)) {
            port.set(relay.forward(to(camera.port(), 0, SourcePolicy.only("127.0.0.1/32"))));
            try (Socket client = connect(port.get())) {
                client.getOutputStream().write(3);
                assertThat(TestCamera.read(client)).isEqualTo(3);
                try (Socket stranger = TestRelay.from("127.0.0.2", port.get())) {
                    assertThat(TestCamera.read(stranger)).isEqualTo(-2);
                }
                assertThat(TestCamera.read(client)).isEqualTo(-2);
            }
        }
    }
}
