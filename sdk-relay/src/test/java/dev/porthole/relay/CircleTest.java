package dev.porthole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.relay.Circle.Ends;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class CircleTest {
    private static final InetSocketAddress RELAY = new InetSocketAddress("192.168.69.10", 8554);
    private static final InetSocketAddress CAMERA = new InetSocketAddress("192.168.69.110", 554);
    private static final InetSocketAddress OWN_END = new InetSocketAddress("192.168.69.10", 40_000);

    private final Circle circle = new Circle();

    @Test
    void a_connection_to_the_relay_by_the_relay_is_a_circle() {
        circle.made(new Ends(OWN_END, RELAY));
        assertThat(circle.closes(new Ends(OWN_END, RELAY))).isTrue();
    }

    /** As Linux does with ephemeral ports: a viewer on this host may have the port that the relay has towards the camera. */
    @Test
    void a_local_port_that_the_system_uses_twice_is_none() {
        circle.made(new Ends(OWN_END, CAMERA));
        assertThat(circle.closes(new Ends(OWN_END, RELAY))).isFalse();
    }

    @Test
    void nothing_is_kept_of_what_is_over() {
        Ends incoming = new Ends(new InetSocketAddress("203.0.113.9", 1234), RELAY);
        Ends outgoing = new Ends(OWN_END, CAMERA);
        circle.made(outgoing);
        circle.ended(incoming, outgoing);
        assertThat(circle.isEmpty()).isTrue();
    }
}
