package dev.porthole.verify.agent;

import static dev.porthole.verify.agent.Caller.AUTHORIZED;
import static dev.porthole.verify.agent.Caller.post;
import static dev.porthole.verify.agent.Caller.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Secret;
import dev.porthole.SourcePolicy.Cidr;
import dev.porthole.testing.FakeCamera;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProbeAgentTest {
    /** Every address that the agent was about to dial. */
    private final Queue<InetSocketAddress> dialled = new ConcurrentLinkedQueue<>();

    private FakeCamera camera;
    private ProbeAgent agent;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        camera = FakeCamera.start();
        start(listening());
    }

    private ProbeAgent.Builder listening() {
        return ProbeAgent.builder()
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .token("site", Secret.of(Caller.TOKEN))
                .plain()
                .allowedNetworks(List.of(Cidr.parse("127.0.0.0/8")))
                .route(address -> {
                    dialled.add(address);
                    return address;
                });
    }

    private void start(ProbeAgent.Builder builder) throws IOException {
        if (agent != null) {
            agent.close();
        }
        agent = builder.start();
        caller = new Caller(agent.address(), "127.0.0.1");
    }

    @AfterEach
    void close() {
        agent.close();
        camera.close();
    }

    private String probe(String kind, int port) {
        return "{\"kind\":\"" + kind + "\",\"port\":" + port + "}";
    }

    @Test
    void itTellsHowFarItCameAndNeverThePage() throws Exception {
        int web = camera.httpAddress().getPort();
        int stream = camera.rtspAddress().getPort();
        String reply = caller.probe(
                "{\"probes\":[" + probe("tcp", web) + "," + probe("http", web) + "," + probe("rtsp", stream) + "]}");
        assertThat(status(reply)).as(reply).isEqualTo(200);
        assertThat(reply)
                .contains("\"address\":\"127.0.0.1\",\"family\":\"ipv4\"")
                .contains("\"kind\":\"tcp\",\"port\":" + web + ",\"status\":\"REACHABLE\",\"stage\":\"CONNECT\"")
                .contains("\"kind\":\"http\",\"port\":" + web + ",\"status\":\"REACHABLE\"")
                .contains("\"kind\":\"rtsp\",\"port\":" + stream + ",\"status\":\"REACHABLE\",\"stage\":\"AUTH\"")
                .doesNotContain("<html")
                .doesNotContain("title\":");
        assertThat(dialled)
                .isNotEmpty()
                .allMatch(d -> d.getAddress().getHostAddress().equals("127.0.0.1"));
    }

    @Test
    void aCallerIsToldItsAddress() throws Exception {
        Caller other = new Caller(agent.address(), "127.0.0.9");
        assertThat(other.send("GET /v1/address HTTP/1.1\r\n" + AUTHORIZED + "\r\n"))
                .endsWith("{\"address\":\"127.0.0.9\",\"family\":\"ipv4\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Authorization: Bearer wrong\r\n",
                "Authorization: Basic " + Caller.TOKEN + "\r\n",
                "Authorization: Bearer " + Caller.TOKEN + "x\r\n",
                "Authorization: Bearer\r\n",
                AUTHORIZED + AUTHORIZED
            })
    void withoutExactlyOneRightTokenNothingIsDone(String headers) throws Exception {
        String reply =
                caller.send(post(headers, probe("tcp", camera.httpAddress().getPort())));
        assertThat(status(reply)).isEqualTo(401);
        assertThat(reply).contains("\"error\":{\"code\":\"unauthorized\"").contains("WWW-Authenticate: Bearer");
        assertThat(dialled).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"kind\":\"tcp\"}",
                "{\"kind\":\"udp\",\"port\":1}",
                "{\"kind\":\"tcp\",\"port\":0}",
                "{\"kind\":\"tcp\",\"port\":65536}",
                "{\"kind\":\"tcp\",\"port\":\"80\"}",
                "{\"kind\":\"tcp\",\"port\":8e1}",
                "{\"kind\":\"tcp\",\"port\":99999999999999999999}",
                "{\"kind\":\"tcp\",\"port\":80,\"port\":81}",
                "{\"kind\":\"tcp\",\"port\":80,\"host\":\"10.0.0.1\"}",
                "{\"kind\":\"tcp\",\"port\":80} x",
                "{\"kind\":\"http\",\"port\":80,\"path\":\"main\"}",
                "{\"kind\":\"http\",\"port\":80,\"path\":\"/a b\"}",
                "{\"kind\":\"http\",\"port\":80,\"path\":\"/\\r\\nHost: x\"}",
                "{\"kind\":\"tcp\",\"port\":80,\"family\":\"ipv5\"}",
                "{\"kind\":\"rtsp\",\"port\":80,\"user\":\"u\"}",
                "{\"kind\":\"http\",\"port\":80,\"user\":\"u\",\"password\":\"p\"}",
                "{\"probes\":[]}",
                "{\"probes\":[1]}",
                "{\"probes\":[{\"kind\":\"tcp\",\"port\":80}],\"x\":1}"
            })
    void whatIsNotTheApisIsRefusedWithWords(String body) throws Exception {
        String reply = caller.probe(body);
        assertThat(status(reply)).as(reply).isEqualTo(400);
        assertThat(reply).contains("\"error\":{\"code\":\"bad_request\",\"message\":\"");
        assertThat(dialled).isEmpty();
    }

    @Test
    void anUnknownFieldIsNamedAndFiveProbesAreTooMany() throws Exception {
        assertThat(caller.probe("{\"kind\":\"tcp\",\"port\":80,\"target\":\"192.0.2.1\"}"))
                .contains("no field 'target'");
        String one = probe("tcp", 80);
        assertThat(caller.probe("{\"probes\":[" + String.join(",", one, one, one, one, one) + "]}"))
                .contains("at most 4 probes");
        assertThat(dialled).isEmpty();
    }

    @Test
    void otherPathsMethodsAndSizesHaveTheirStatus() throws Exception {
        assertThat(status(caller.send("GET / HTTP/1.1\r\n" + AUTHORIZED + "\r\n")))
                .isEqualTo(404);
        assertThat(caller.send("GET /v1/probe HTTP/1.1\r\n" + AUTHORIZED + "\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: POST");
        assertThat(status(caller.probe(" ".repeat(2049)))).isEqualTo(413);
        assertThat(status(caller.send("POST /v1/probe HTTP/1.1\r\n" + AUTHORIZED + "Transfer-Encoding: chunked\r\n\r\n"
                        + "900\r\n" + " ".repeat(0x900) + "\r\n0\r\n\r\n")))
                .isEqualTo(413);
        assertThat(status(caller.send("GET /v1/address HTTP/1.1\r\nX: " + "a".repeat(5000) + "\r\n\r\n")))
                .isEqualTo(431);
        assertThat(status(caller.send("nonsense\r\n\r\n"))).isEqualTo(400);
    }

    @Test
    void aChunkedRequestCountsAndAPipelinedOneDoesNot() throws Exception {
        String body = probe("tcp", camera.httpAddress().getPort());
        String chunked = "POST /v1/probe HTTP/1.1\r\n" + AUTHORIZED + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
        assertThat(status(caller.send(chunked))).isEqualTo(200);
        String two = caller.send(post(AUTHORIZED, body) + post(AUTHORIZED, body));
        assertThat(two).containsOnlyOnce("HTTP/1.1 ");
        assertThat(dialled).hasSize(2);
    }

    @Test
    void anAddressThatIsNotPublicIsNotDialled() throws Exception {
        start(listening().allowedNetworks(List.of()));
        String reply = caller.probe(probe("tcp", camera.httpAddress().getPort()));
        assertThat(status(reply)).isEqualTo(403);
        assertThat(reply).contains("address_not_allowed").contains("127.0.0.1");
        assertThat(dialled).isEmpty();
    }

    @Test
    void theOtherFamilyIsRefused() throws Exception {
        String reply = caller.probe("{\"kind\":\"tcp\",\"port\":80,\"family\":\"ipv6\"}");
        assertThat(status(reply)).isEqualTo(403);
        assertThat(reply).contains("family_mismatch").contains("127.0.0.1");
        assertThat(dialled).isEmpty();
    }

    @Test
    void accountsAreNotTakenWithoutTls() throws Exception {
        start(listening().video(true));
        String reply = caller.probe("{\"kind\":\"rtsp\",\"port\":80,\"user\":\"u\",\"password\":\"canary-42\"}");
        assertThat(status(reply)).isEqualTo(403);
        assertThat(reply).contains("video_refused").doesNotContain("canary-42");
        assertThat(dialled).isEmpty();
    }

    @Test
    void whoAsksTooOftenHasToWait() throws Exception {
        start(listening().rate(4, Duration.ofHours(1)));
        String four = "{\"probes\":["
                + String.join(",", List.of(probe("tcp", 1), probe("tcp", 2), probe("tcp", 3), probe("tcp", 4))) + "]}";
        assertThat(status(caller.probe(four))).isEqualTo(200);
        String reply = caller.probe(probe("tcp", 1));
        assertThat(status(reply)).isEqualTo(429);
        assertThat(reply).contains("Retry-After: ").contains("rate_limited");
        assertThat(dialled).hasSize(4);
    }

    @Test
    void oneCallerCannotTakeAllProbes() throws Exception {
        start(listening().atOnce(8, 4));
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            String slow = "{\"probes\":["
                    + String.join(",", Collections.nCopies(4, probe("http", silent.getLocalPort()))) + "]}";
            FutureTask<String> first = new FutureTask<>(() -> caller.probe(slow));
            new Thread(first).start();
            for (int i = 0; i < 4; i++) {
                silent.accept();
            }
            String second = caller.probe(slow);
            assertThat(status(second)).isEqualTo(429);
            assertThat(second).contains("busy");
            assertThat(status(new Caller(agent.address(), "127.0.0.2").probe(probe("tcp", 1))))
                    .isEqualTo(200);
            assertThat(status(first.get())).isEqualTo(200);
        }
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            FutureTask<String> call = new FutureTask<>(() -> caller.probe(probe("rtsp", silent.getLocalPort())));
            new Thread(call).start();
            Socket probing = silent.accept();
            long start = System.nanoTime();
            agent.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            while (probing.getInputStream().read() >= 0) {
                // What was sent before; then the end.
            }
            assertThatThrownBy(() -> caller.connect().close()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void connectionsOfOneAddressAreBounded() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                open.add(caller.connect());
            }
            try (Socket oneMore = caller.connect()) {
                assertThat(oneMore.getInputStream().read()).isEqualTo(-1);
            }
            String other =
                    new Caller(agent.address(), "127.0.0.2").send("GET /v1/address HTTP/1.1\r\n" + AUTHORIZED + "\r\n");
            assertThat(status(other)).isEqualTo(200);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void anAgentNeedsATokenAndOneWayToServe() {
        assertThatThrownBy(() -> ProbeAgent.builder().plain().start()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        ProbeAgent.builder().token("a", Secret.of(Caller.TOKEN)).start())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ProbeAgent.builder().token("a", Secret.of("short")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("short");
    }
}
