package dev.porthole.relay;

import static dev.porthole.relay.TestRelay.connect;
import static dev.porthole.relay.TestRelay.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.mapping.Forwarder.Forwarding;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that mean ill, and what the others notice of them: nothing. */
@Timeout(120)
class HostileClientsTest {
    private static final int MANY = 10_000;

    private final Witness witness = new Witness();
    private Relay relay = Relay.builder().build();

    @AfterEach
    void close() {
        relay.close();
    }

    private static void says(Socket client, int word) throws IOException {
        client.getOutputStream().write(word);
        assertThat(TestCamera.read(client)).isEqualTo(word);
    }

    @Test
    void who_never_reads_holds_one_buffer_keeps_nobody_waiting_and_goes_when_his_time_is_over() throws Exception {
        relay = Relay.builder()
                .buffer(4096)
                .idleTimeout(Duration.ofSeconds(1))
                .listener(witness)
                .build();
        try (TestCamera flood = TestCamera.start(HostileClientsTest::pour);
                TestCamera camera = TestCamera.start(TestCamera::echo);
                Forwarding port = relay.forward(to(flood.port()));
                Forwarding other = relay.forward(to(camera.port()));
                Socket deaf = connect(port)) {
            assertThat(deaf.isConnected()).isTrue();
            for (int i = 0; i < 100; i++) {
                try (Socket client = connect(other)) {
                    says(client, i);
                    client.shutdownOutput();
                    assertThat(TestCamera.read(client)).isEqualTo(-1);
                }
                assertThat(witness.ending()).isEqualTo(RelayEnding.FINISHED);
            }
            assertThat(witness.ending()).isEqualTo(RelayEnding.IDLE);
            assertThat(relay.counters().buffersHeld()).isZero();
            assertThat(relay.loop().pool().made()).isOne();
        }
    }

    /** Sends without end. */
    private static void pour(Socket socket) throws IOException {
        byte[] bytes = new byte[64 * 1024];
        while (true) {
            socket.getOutputStream().write(bytes);
        }
    }

    @Test
    void who_connects_ten_thousand_times_is_refused_beyond_his_share_and_others_are_served() throws Exception {
        relay = Relay.builder().connectionsPerSource(20).listener(witness).build();
        try (TestCamera camera = TestCamera.start(TestCamera::echo);
                Forwarding port = relay.forward(to(camera.port()))) {
            List<Socket> his = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Socket socket = connect(port);
                says(socket, 1);
                his.add(socket);
            }
            for (int i = 0; i < MANY; i++) {
                knock(port);
            }
            try (Socket other = TestRelay.from("127.0.0.2", port)) {
                says(other, 2);
            }
            assertThat(relay.counters().refused())
                    .containsOnly(Map.entry(RelayRefusal.TOO_MANY_FROM_SOURCE, (long) MANY));
            assertThat(witness.told(1)).containsExactly("TOO_MANY_FROM_SOURCE 1");
            says(his.get(7), 3);
            TestRelay.reset(his.get(0));
            witness.ending();
            witness.ending();
            try (Socket again = connect(port)) {
                says(again, 4);
            }
            for (Socket socket : his) {
                socket.close();
            }
        }
    }

    /** The reset may come so early that the system reports it as the outcome of connecting. */
    private static void knock(Forwarding port) throws IOException {
        try (Socket socket = connect(port)) {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @Test
    void where_all_places_are_taken_nobody_else_is_let_in_until_one_is_free() throws Exception {
        relay = Relay.builder().connections(2).listener(witness).build();
        try (TestCamera camera = TestCamera.start(TestCamera::echo);
                Forwarding port = relay.forward(to(camera.port()));
                Socket one = connect(port);
                Socket two = TestRelay.from("127.0.0.2", port)) {
            says(one, 1);
            says(two, 2);
            try (Socket three = TestRelay.from("127.0.0.3", port)) {
                assertThat(TestCamera.read(three)).isEqualTo(-2);
            }
            assertThat(witness.told(1)).containsExactly("TOO_MANY 1");
            TestRelay.reset(one);
            witness.ending();
            try (Socket three = TestRelay.from("127.0.0.3", port)) {
                says(three, 3);
            }
        }
    }

    @Test
    void who_sends_a_byte_now_and_then_takes_a_place_and_no_more() throws Exception {
        relay = Relay.builder().connectionsPerSource(50).build();
        try (TestCamera camera = TestCamera.start(TestCamera::echo);
                Forwarding port = relay.forward(to(camera.port()))) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                slow.add(connect(port));
            }
            for (Socket socket : slow) {
                says(socket, 'G');
            }
            assertThat(relay.counters().buffersHeld()).isZero();
            try (Socket other = TestRelay.from("127.0.0.2", port)) {
                says(other, 'E');
            }
            for (Socket socket : slow) {
                says(socket, 'T');
                socket.close();
            }
        }
    }
}
