package dev.porthole.pcp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class Ipv6AnnouncementTest {
    private static InetAddress here() throws UnknownHostException {
        return InetAddress.getByName("::1");
    }

    private static DatagramSocket gateway() throws IOException {
        return new DatagramSocket(new InetSocketAddress(here(), 0));
    }

    /** An ANNOUNCE response, RFC 6887 sections 7.2 and 14.1. */
    private static void announce(DatagramSocket gateway, int epoch, int port) throws IOException {
        byte[] bytes = ByteBuffer.allocate(24)
                .put((byte) 2)
                .put((byte) 0x80)
                .putInt(8, epoch)
                .array();
        gateway.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(here(), port)));
    }

    @Test
    void what_a_gateway_announces_by_ipv6_is_believed_where_it_was_met() throws Exception {
        GatewayStates states = GatewayStates.pcp();
        CountDownLatch told = new CountDownLatch(1);
        try (DatagramSocket gateway = gateway();
                DatagramSocket stranger = gateway();
                AnnouncementReceiver receiver =
                        AnnouncementReceiver.start(StandardProtocolFamily.INET6, 0, List.of(), List.of(states))) {
            GatewayState met = states.of((InetSocketAddress) gateway.getLocalSocketAddress());
            met.epoch(1_000_000);
            met.add((who, why) -> told.countDown());
            announce(stranger, 1, receiver.port());
            assertThat(told.getCount()).isOne();
            announce(gateway, 1, receiver.port());
            told.await();
        }
    }
}
