package dev.porthole.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultTest {
    private static final String ADD = "AddPortMapping";
    private static final String CAMERA = "192.168.69.110";
    /** Long enough to notice what comes at once, short enough to wait for what never comes. */
    private static final int MOMENT = 150;

    private FakeGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = FakeGateway.start();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Socket asking() throws IOException {
        Socket socket = Raw.connect(gateway.httpAddress());
        String request = Raw.soapRequest(
                "/ctl/IPConn", gateway.wan().serviceType(), ADD, Raw.addArguments(8889, CAMERA, 554, 3600));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private String answer() throws IOException {
        try (Socket socket = asking()) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void assertSilent() throws IOException {
        try (Socket socket = asking()) {
            socket.setSoTimeout(MOMENT);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aTimeoutNeitherAnswersNorApplies() throws IOException {
        gateway.faults().next(ADD, Fault.timeout());
        assertSilent();
        assertThat(gateway.mappings()).isEmpty();
    }

    @Test
    void aLostReplyAppliesAndDoesNotAnswer() throws IOException {
        gateway.faults().next(ADD, Fault.lostReply());
        assertSilent();
        assertThat(gateway.mappings()).hasSize(1);
    }

    @Test
    void aResetIsSeenAsAReset() {
        gateway.faults().next(ADD, Fault.reset());
        assertThatThrownBy(this::answer).isInstanceOf(SocketException.class);
        assertThat(gateway.mappings()).isEmpty();
    }

    @Test
    void aLostReplyMayEndInAReset() {
        gateway.faults().next(ADD, Fault.lostReplyReset());
        assertThatThrownBy(this::answer).isInstanceOf(SocketException.class);
        assertThat(gateway.mappings()).hasSize(1);
    }

    @Test
    void aCloseGivesNoBytes() throws IOException {
        gateway.faults().next(ADD, Fault.close());
        assertThat(answer()).isEmpty();
    }

    @Test
    void aLieIsTheReplyOfSuccessAndNothingIsApplied() throws IOException {
        String truth = answer();
        Raw.delete(gateway, 8889);
        gateway.faults().next(ADD, Fault.lie());

        assertThat(answer()).isEqualTo(truth);
        assertThat(gateway.mappings()).isEmpty();
    }

    @Test
    void errorsCarryTheirCode() throws IOException {
        gateway.faults().next(ADD, Fault.upnpError(501)).onCall(ADD, 2, Fault.upnpErrorWithStatus200(718));

        assertThat(Raw.parsed(answer())).satisfies(reply -> {
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.error()).isEqualTo(501);
        });
        assertThat(Raw.parsed(answer())).satisfies(reply -> {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.error()).isEqualTo(718);
        });
    }

    @Test
    void aReplyIsCutAtAnyByte() throws IOException {
        String whole = answer();
        for (int length : new int[] {0, 1, 17, 100, whole.length() - 1}) {
            gateway.faults().clear().next(ADD, Fault.truncatedAt(length));
            assertThat(answer()).isEqualTo(whole.substring(0, length));
        }
    }

    @Test
    void aBodyCutShortKeepsItsOwnLength() throws IOException {
        gateway.faults().next(ADD, Fault.bodyCutAt(20));
        assertThat(answer()).contains("Content-Length: 20\r\n");
    }

    @Test
    void aDripComesByteByByte() throws IOException {
        gateway.faults().next(ADD, Fault.drip(Duration.ofMillis(30)));
        try (Socket socket = asking()) {
            byte[] buffer = new byte[100];
            assertThat(socket.getInputStream().read(buffer)).isBetween(1, 3);
        }
    }

    @Test
    void aSlowReplyIsTheRightOne() throws IOException {
        gateway.faults().next(ADD, Fault.slow(Duration.ofMillis(MOMENT)));
        long start = System.nanoTime();
        assertThat(Raw.parsed(answer()).status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(MOMENT - 10));
    }

    @Test
    void anEndlessBodyGoesOnUntilTheClientLeaves() throws IOException {
        gateway.faults().next(ADD, Fault.endlessBody());
        try (Socket socket = asking()) {
            assertThat(socket.getInputStream().readNBytes(4 * 1024 * 1024)).hasSize(4 * 1024 * 1024);
        }
    }

    @Test
    void endlessHeadersGoOnUntilTheClientLeaves() throws IOException {
        gateway.faults().next(ADD, Fault.endlessHeaders());
        try (Socket socket = asking()) {
            String start = new String(socket.getInputStream().readNBytes(1024 * 1024), StandardCharsets.US_ASCII);
            assertThat(start).contains("X-Filling-999: ").doesNotContain("\r\n\r\n");
        }
    }

    @Test
    void manyHeadersComeWithTheRightBody() throws IOException {
        gateway.faults().next(ADD, Fault.manyHeaders(5_000, 10));
        assertThat(answer()).contains("X-Filling-4999: xxxxxxxxxx\r\n").contains("AddPortMappingResponse");
    }

    @Test
    void aGzipBombGrows() throws IOException {
        gateway.faults().next(ADD, Fault.gzipBomb());
        try (Socket socket = asking()) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            assertThat(head).contains("Content-Encoding: gzip");
            assertThat(new GZIPInputStream(in).readNBytes(8 * 1024 * 1024)).hasSize(8 * 1024 * 1024);
        }
    }

    @Test
    void otherRepliesAreSentAsTheyAre() throws IOException {
        gateway.faults()
                .onCall(ADD, 1, Fault.loginPage())
                .onCall(ADD, 2, Fault.redirect("http://192.0.2.1/"))
                .onCall(ADD, 3, Fault.brokenXml())
                .onCall(ADD, 4, Fault.externalEntity("file:///etc/hostname"))
                .onCall(ADD, 5, Fault.entityBomb())
                .onCall(ADD, 6, Fault.raw(new byte[] {'x'}))
                .onCall(ADD, 7, Fault.dressed(reply -> reply.withContentLength(Optional.of("-5"))))
                .onCall(ADD, 8, exchange -> exchange.send("mine".getBytes(StandardCharsets.US_ASCII)));

        assertThat(answer()).contains("HTTP/1.1 200 OK").contains("type=\"password\"");
        assertThat(answer()).contains("HTTP/1.1 302 Found").contains("Location: http://192.0.2.1/\r\n");
        assertThat(answer()).contains("HTTP/1.1 500").endsWith("error");
        assertThat(answer()).contains("<!ENTITY e SYSTEM \"file:///etc/hostname\">");
        assertThat(answer()).contains("&e9;");
        assertThat(answer()).isEqualTo("x");
        assertThat(answer()).contains("Content-Length: -5\r\n");
        assertThat(answer()).isEqualTo("mine");
        assertThat(Raw.parsed(answer()).status()).isEqualTo(200);
    }

    @Test
    void callsAreCountedFromTheTimeTheRuleWasMadeAndByKind() throws IOException {
        answer();
        gateway.faults().onCall(ADD, 2, Fault.upnpError(501)).onCall(FaultScript.ANY_ACTION, 4, Fault.upnpError(606));

        assertThat(Raw.soap(gateway, "GetStatusInfo").error()).isZero();
        assertThat(Raw.parsed(answer()).error()).isZero();
        assertThat(Raw.get(gateway.httpAddress(), "/rootDesc.xml")).startsWith("HTTP/1.1 200");
        assertThat(Raw.parsed(answer()).error()).isEqualTo(501);
        assertThat(Raw.soap(gateway, "GetStatusInfo").error()).isEqualTo(606);

        gateway.faults().clear().always(FaultScript.ANY, Fault.close());
        assertThat(Raw.get(gateway.httpAddress(), "/rootDesc.xml")).isEmpty();
        assertThatThrownBy(() -> gateway.faults().onCall(ADD, 0, Fault.close()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closingTheGatewayEndsWhatHangs() throws IOException {
        gateway.faults().next(ADD, Fault.timeout());
        try (Socket socket = asking()) {
            assertThat(gateway.faults()).isNotNull();
            gateway.close();
            assertThat(readsToTheEnd(socket)).isTrue();
        }
    }

    private static boolean readsToTheEnd(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
