package dev.porthole.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StunObserverTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    /** MAPPED-ADDRESS 203.0.113.9:40000. */
    private static final String MAPPED = "000100080001" + "9c40cb007109";

    private final List<byte[]> requests = new CopyOnWriteArrayList<>();
    private DatagramSocket server;
    private volatile SocketAddress client;

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    /** A server that answers each request by the datagrams that a function makes of it. */
    private StunObserver server(Function<byte[], List<byte[]>> answers) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
        server = socket;
        Thread thread = new Thread(() -> {
            while (!socket.isClosed()) {
                DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                try {
                    socket.receive(packet);
                    byte[] request = Arrays.copyOf(packet.getData(), packet.getLength());
                    requests.add(request);
                    client = packet.getSocketAddress();
                    for (byte[] answer : answers.apply(request)) {
                        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                    }
                } catch (IOException e) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return new StunObserver("127.0.0.1", socket.getLocalPort());
    }

    private static byte[] reply(int type, byte[] request, String attributes) {
        byte[] value = HexFormat.of().parseHex(attributes);
        return ByteBuffer.allocate(20 + value.length)
                .putShort((short) type)
                .putShort((short) value.length)
                .put(request, 4, 16)
                .put(value)
                .array();
    }

    private static byte[] honest(byte[] request) {
        return reply(0x0101, request, MAPPED);
    }

    private static Deadline ample() {
        return Deadline.after(Tries.AMPLE);
    }

    @Test
    void theServerTellsTheReflexiveAddress() throws Exception {
        StunObserver observer = server(request -> List.of(honest(request)));
        assertThat(observer.reflexiveAddress(ample())).isEqualTo(InetAddress.getByName("203.0.113.9"));
        assertThat(requests.get(0)).hasSize(20).startsWith(0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42);
        assertThat(observer.name()).startsWith("STUN 127.0.0.1:");
    }

    @Test
    void aLostRequestIsRepeatedWithTheSameId() throws Exception {
        StunObserver observer = server(request -> requests.size() < 2 ? List.of() : List.of(honest(request)));
        assertThat(observer.reflexiveAddress(ample())).isNotNull();
        assertThat(requests).hasSizeGreaterThanOrEqualTo(2);
        assertThat(requests.get(1)).isEqualTo(requests.get(0));
    }

    @Test
    void whatAnswersAnotherRequestIsSkipped() throws Exception {
        StunObserver observer = server(request -> {
            byte[] otherId = honest(request);
            otherId[15] ^= 1;
            byte[] otherCookie = honest(request);
            otherCookie[4] ^= 1;
            byte[] huge = new byte[1900];
            byte[] echo = request;
            byte[] cut = Arrays.copyOf(honest(request), 25);
            String lie = "000100080001" + "9c40c6336401";
            byte[] liar = reply(0x0101, otherId, lie);
            return List.of(otherId, otherCookie, huge, new byte[0], echo, cut, liar, honest(request));
        });
        assertThat(observer.reflexiveAddress(ample())).isEqualTo(InetAddress.getByName("203.0.113.9"));
    }

    @Test
    void anotherSenderIsNotHeard() throws Exception {
        try (DatagramSocket stranger = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            StunObserver observer = server(request -> {
                byte[] answer = honest(request);
                try {
                    stranger.send(new DatagramPacket(answer, answer.length, client));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return List.of();
            });
            assertThatThrownBy(() -> observer.reflexiveAddress(Deadline.after(Duration.ofMillis(400))))
                    .hasMessageContaining("no answer in time");
            assertThat(requests).isNotEmpty();
        }
    }

    @Test
    void aRefusalAndAnAnswerWithoutAnAddressSayWhatIsWrong() throws Exception {
        StunObserver refusing = server(request -> List.of(reply(0x0111, request, "0009000400000401")));
        assertThatThrownBy(() -> refusing.reflexiveAddress(ample()))
                .isInstanceOfSatisfying(
                        NatTraversalException.class,
                        e -> assertThat(e.code()).isEqualTo(FindingCode.REFLEXIVE_ADDRESS_UNKNOWN))
                .hasMessageContaining("401");
        server.close();
        StunObserver empty = server(request -> List.of(reply(0x0101, request, "")));
        assertThatThrownBy(() -> empty.reflexiveAddress(ample())).hasMessageContaining("no usable address");
    }

    @Test
    void silenceEndsByTheDeadlineAndInterruptionAtOnce() throws Exception {
        StunObserver observer = server(request -> List.of());
        long start = System.nanoTime();
        assertThatThrownBy(() -> observer.reflexiveAddress(Deadline.after(Duration.ofMillis(200))))
                .isInstanceOf(NatTraversalException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try {
                observer.reflexiveAddress(Deadline.after(Duration.ofHours(1)));
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        thread.start();
        thread.interrupt();
        interrupted.await();
    }
}
