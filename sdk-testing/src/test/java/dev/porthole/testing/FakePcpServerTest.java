package dev.porthole.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.testing.FakePcpServer.Trait;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Bytes laid out by hand after the figures of RFC 6887 and RFC 6886. */
class FakePcpServerTest {
    private static final String HERE = "00000000000000000000ffff7f000001";
    private static final String NONCE = "0102030405060708090a0b0c";
    private static final String ANY = "00000000000000000000ffff00000000";
    /** TCP 554 of this host at external port 8554 for 600 s. */
    private static final String MAP = "02010000" + "00000258" + HERE + NONCE + "06000000" + "022a216a" + ANY;

    @Test
    void a_mapping_is_granted_with_the_requests_nonce() throws IOException {
        try (FakePcpServer server = FakePcpServer.start(() -> 0)) {
            assertThat(ask(server, MAP))
                    .isEqualTo("02810000" + "00000258" + "000003e8" + "0".repeat(24) + NONCE + "06000000" + "022a216a"
                            + "00000000000000000000ffffcb007107");
            assertThat(server.table()).hasSize(1);
            assertThat(ask(server, MAP.replace("00000258", "00000000"))).startsWith("0281000000000000");
            assertThat(server.table()).isEmpty();
        }
    }

    @Test
    void another_nonce_and_another_client_are_refused() throws IOException {
        try (FakePcpServer server = FakePcpServer.start()) {
            ask(server, MAP);
            assertThat(ask(server, MAP.replace("0a0b0c", "0a0b0d"))).startsWith("02810002");
            assertThat(ask(server, MAP.replace("7f000001", "7f000002"))).startsWith("0281000c");
        }
    }

    @Test
    void natpmp_gives_the_next_port_where_one_is_taken() throws IOException {
        try (FakePcpServer server = FakePcpServer.start(() -> 0)) {
            server.foreign(6, 8554);
            assertThat(ask(server, "0000")).isEqualTo("00800000000003e8cb007107");
            assertThat(ask(server, "00020000022a216a00000258")).isEqualTo("00820000000003e8022a216b00000258");
        }
    }

    @Test
    void what_does_not_keep_to_the_rfc_is_refused_and_noted() throws IOException {
        try (FakePcpServer server = FakePcpServer.start()) {
            assertThat(ask(server, MAP.substring(0, 40))).startsWith("02810003");
            assertThat(server.complaints()).hasSize(1);
            assertThat(server.calls()).isEmpty();
        }
    }

    @Test
    void a_restart_takes_the_table_and_the_epoch_and_a_silent_server_says_nothing() throws IOException {
        try (FakePcpServer server = FakePcpServer.start(() -> 0)) {
            ask(server, MAP);
            server.restart();
            assertThat(ask(server, "02000000" + "00000000" + HERE)).startsWith("028000000000000000000000");
            assertThat(server.table()).isEmpty();
        }
        try (FakePcpServer server = FakePcpServer.start(Trait.SILENT)) {
            assertThatThrownBy(() -> ask(server, MAP)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static String ask(FakePcpServer server, String hex) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(500);
            socket.send(new DatagramPacket(bytes, bytes.length, server.address()));
            DatagramPacket reply = new DatagramPacket(new byte[2000], 2000);
            socket.receive(reply);
            return HexFormat.of().formatHex(Arrays.copyOf(reply.getData(), reply.getLength()));
        }
    }
}
