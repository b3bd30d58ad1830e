package dev.porthole.http.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Deadline;
import dev.porthole.http.internal.DeviceHttpException.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceHttpTest {
    private final DeviceHttp http = new DeviceHttp();

    @AfterEach
    void close() {
        http.close();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(5));
    }

    private DeviceReply get(RawPeer peer) throws Exception {
        return http.send(DeviceRequest.get(peer.address(), "/d.xml?a=1").build(), soon());
    }

    private static String text(DeviceReply reply) {
        return new String(reply.body(), ISO_8859_1);
    }

    private Kind failure(RawPeer peer) {
        try {
            DeviceReply reply = get(peer);
            throw new AssertionError("a reply came: " + reply);
        } catch (DeviceHttpException e) {
            return e.kind();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aReplyIsReadWhole() throws Exception {
        try (RawPeer peer = RawPeer.saying(
                "HTTP/1.1 200 OK\r\nserver: X\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 5\r\n\r\nhello")) {
            DeviceReply reply = get(peer);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(text(reply)).isEqualTo("hello");
            assertThat(reply.complete()).isTrue();
            assertThat(reply.truncated()).isFalse();
            assertThat(reply.headers().first("SERVER")).contains("X");
            assertThat(reply.headers().all("set-cookie")).containsExactly("a", "b");
            assertThat(reply.localAddress()).isEqualTo(InetAddress.getLoopbackAddress());
            assertThat(reply.timings().connected()).isPositive();
            assertThat(reply.timings().answered())
                    .isGreaterThanOrEqualTo(reply.timings().connected());
        }
    }

    @Test
    void headerFieldsGoOutAsGivenAndNothingElse() throws Exception {
        try (RawPeer peer = RawPeer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            http.send(
                    DeviceRequest.post(peer.address(), "/ctl/a|b?x=%20y", "body".getBytes(ISO_8859_1))
                            .header("Content-Type", "text/xml; charset=\"utf-8\"")
                            .header("SOAPAction", "\"urn:x#Y\"")
                            .build(),
                    soon());
            assertThat(peer.requests())
                    .containsExactly("POST /ctl/a|b?x=%20y HTTP/1.1\r\nHost: 127.0.0.1:"
                            + peer.address().getPort()
                            + "\r\nContent-Type: text/xml; charset=\"utf-8\"\r\nSOAPAction: \"urn:x#Y\"\r\n"
                            + "Connection: close\r\nContent-Length: 4\r\n\r\nbody");
        }
    }

    @Test
    void theBodyEndsWithTheConnectionWhereNoLengthIsGiven() throws Exception {
        try (RawPeer peer = RawPeer.saying("HTTP/1.0 200 OK\r\n\r\nhello")) {
            assertThat(text(get(peer))).isEqualTo("hello");
        }
    }

    @Test
    void chunkedIsRead() throws Exception {
        try (RawPeer peer = RawPeer.saying(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 77\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")) {
            assertThat(text(get(peer))).isEqualTo("hello");
        }
    }

    @Test
    void bytesBeyondContentLengthAreLeft() throws Exception {
        try (RawPeer peer = RawPeer.saying("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello\r\n\r\ngarbage")) {
            assertThat(text(get(peer))).isEqualTo("hello");
        }
    }

    @Test
    void aBodyShorterThanAnnouncedIsIncomplete() throws Exception {
        try (RawPeer peer = RawPeer.saying("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello")) {
            DeviceReply reply = get(peer);
            assertThat(text(reply)).isEqualTo("hello");
            assertThat(reply.complete()).isFalse();
        }
    }

    @Test
    void aChunkedBodyThatBreaksOffIsIncomplete() throws Exception {
        try (RawPeer peer =
                RawPeer.saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n5\r\nlo")) {
            DeviceReply reply = get(peer);
            assertThat(text(reply)).isEqualTo("hello");
            assertThat(reply.complete()).isFalse();
        }
    }

    @Test
    void theCallersEndOfBodyEndsAReplyThatStaysOpen() throws Exception {
        try (RawPeer peer = new RawPeer((in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\n<a/>".getBytes(ISO_8859_1));
            in.read();
        })) {
            DeviceRequest request = DeviceRequest.get(peer.address(), "/")
                    .bodyEnd((buffer, length) -> length > 0 && buffer[length - 1] == '>')
                    .build();
            assertThat(text(http.send(request, soon()))).isEqualTo("<a/>");
        }
    }

    @Test
    void aLengthThatIsTooShortIsNotBelievedWhereTheCallerSeesThatMoreMustCome() throws Exception {
        for (String more : new String[] {"o-world>", "o-world>\r\n\r\n"}) {
            try (RawPeer peer = RawPeer.saying("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell" + more)) {
                DeviceRequest request = DeviceRequest.get(peer.address(), "/")
                        .bodyEnd((buffer, length) -> new String(buffer, 0, length, ISO_8859_1)
                                .strip()
                                .endsWith(">"))
                        .build();
                DeviceReply reply = http.send(request, soon());
                assertThat(text(reply).strip()).isEqualTo("hello-world>");
            }
        }
    }

    @Test
    void aLengthThatIsRightCostsNoWaitWhateverTheCallerSees() throws Exception {
        try (RawPeer peer = new RawPeer((in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".getBytes(ISO_8859_1));
            in.read();
        })) {
            assertThat(text(get(peer))).isEqualTo("hello");
            DeviceRequest request = DeviceRequest.get(peer.address(), "/")
                    .bodyEnd((buffer, length) -> false)
                    .build();
            DeviceReply reply = http.send(request, soon());
            assertThat(text(reply)).isEqualTo("hello");
            assertThat(reply.complete()).isTrue();
            assertThat(reply.timings().finished()).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void headAndBodyGoInOnePacket() throws Exception {
        int[] first = new int[1];
        try (java.net.ServerSocket server = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread peer = new Thread(() -> {
                try (java.net.Socket socket = server.accept()) {
                    first[0] = socket.getInputStream().read(new byte[65_536]);
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
                } catch (java.io.IOException e) {
                    first[0] = -1;
                }
            });
            peer.start();
            byte[] body = new byte[1000];
            http.send(
                    DeviceRequest.post((InetSocketAddress) server.getLocalSocketAddress(), "/", body)
                            .build(),
                    soon());
            peer.join(2000);
            assertThat(first[0]).isGreaterThan(1000);
        }
    }

    @Test
    void aRedirectIsAReplyLikeAnother() throws Exception {
        try (RawPeer other = RawPeer.saying("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad");
                RawPeer peer = RawPeer.saying("HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:"
                        + other.address().getPort() + "/\r\nContent-Length: 0\r\n\r\n")) {
            DeviceReply reply = get(peer);
            assertThat(reply.status()).isEqualTo(301);
            assertThat(reply.success()).isFalse();
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void compressedIsNotExpanded() throws Exception {
        try (RawPeer peer =
                RawPeer.saying("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\037\213\010")) {
            assertThat(text(get(peer))).isEqualTo("\037\213\010");
            assertThat(peer.requests().get(0)).doesNotContain("Accept-Encoding");
        }
    }

    @Test
    void aChallengeIsNotAnswered() throws Exception {
        try (RawPeer peer = RawPeer.saying(
                "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nWWW-Authenticate: ,,=broken\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(get(peer).status()).isEqualTo(401);
            assertThat(peer.requests()).hasSize(1);
        }
    }

    @Test
    void cookiesAreNotKept() throws Exception {
        try (RawPeer peer = RawPeer.saying("HTTP/1.1 200 OK\r\nSet-Cookie: a=b; path=/\r\nContent-Length: 0\r\n\r\n")) {
            get(peer);
            get(peer);
            assertThat(peer.requests().get(1)).doesNotContain("Cookie");
        }
    }

    @Test
    void anInterimReplyIsSkipped() throws Exception {
        try (RawPeer peer =
                RawPeer.saying("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            assertThat(text(get(peer))).isEqualTo("ok");
        }
    }

    @Test
    void sloppyHeadersAreTolerated() throws Exception {
        try (RawPeer peer = RawPeer.saying(
                "HTTP/1.1 200\nno colon here\nEXT:\ncontent-length : 2 \nContent-Length: 2\n folded\nX: y\n\nok")) {
            // The folded line makes the second Content-Length no number.
            assertThat(failure(peer)).isEqualTo(Kind.MALFORMED);
        }
        try (RawPeer peer =
                RawPeer.saying("HTTP/1.1 200\nno colon here\nEXT:\ncontent-length:  2 \nContent-Length: 2\n\nok")) {
            assertThat(text(get(peer))).isEqualTo("ok");
        }
    }

    @Test
    void lengthsThatContradictOrAreNoNumbersAreMalformed() throws Exception {
        for (String lengths : new String[] {
            "Content-Length: 2\r\nContent-Length: 3\r\n",
            "Content-Length: -2\r\n",
            "Content-Length: 0x2\r\n",
            "Content-Length: 99999999999999999999\r\n"
        }) {
            try (RawPeer peer = RawPeer.saying("HTTP/1.1 200 OK\r\n" + lengths + "\r\nok")) {
                assertThat(failure(peer)).as(lengths).isEqualTo(Kind.MALFORMED);
            }
        }
    }

    @Test
    void aHeaderBombIsMalformed() throws Exception {
        try (RawPeer peer = RawPeer.saying("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(5000) + "\r\n")) {
            assertThat(failure(peer)).isEqualTo(Kind.MALFORMED);
        }
        try (RawPeer peer = RawPeer.saying("HTTP/1.1 200 OK\r\nA: " + "b".repeat(100_000) + "\r\n\r\n")) {
            assertThat(failure(peer)).isEqualTo(Kind.MALFORMED);
        }
        try (RawPeer peer = RawPeer.saying("\r\n".repeat(100_000))) {
            assertThat(failure(peer)).isEqualTo(Kind.MALFORMED);
        }
        try (RawPeer peer = RawPeer.saying("<html>not http</html>\r\n".repeat(1000))) {
            assertThat(failure(peer)).isEqualTo(Kind.MALFORMED);
        }
    }

    @Test
    void aConnectionClosedWithoutAByteIsClosed() throws Exception {
        try (RawPeer peer = RawPeer.saying("")) {
            assertThat(failure(peer)).isEqualTo(Kind.CLOSED);
        }
    }

    @Test
    void aPortWhereNothingListensIsRefused() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        assertThatThrownBy(() -> http.send(DeviceRequest.get(nobody, "/").build(), soon()))
                .isInstanceOfSatisfying(DeviceHttpException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.CONNECT_REFUSED);
                    assertThat(e.sent()).isFalse();
                });
    }

    @Test
    void anythingCutAtAnyByteEndsAtOnce() throws Exception {
        String whole = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 5\r\n\r\nhello";
        for (int cut = 0; cut < whole.length(); cut++) {
            try (RawPeer peer = RawPeer.saying(whole.substring(0, cut))) {
                try {
                    DeviceReply reply = get(peer);
                    assertThat(text(reply)).as("cut at " + cut).isNotEqualTo("hello");
                } catch (DeviceHttpException e) {
                    assertThat(e.kind()).as("cut at " + cut).isEqualTo(cut == 0 ? Kind.CLOSED : Kind.MALFORMED);
                    assertThat(e.sent()).isTrue();
                }
            }
        }
    }

    @Test
    void chunkedCutAtAnyByteIsNeverTakenForWhole() throws Exception {
        String whole = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
        for (int cut = 0; cut < whole.length() - 5; cut++) {
            try (RawPeer peer = RawPeer.saying(whole.substring(0, cut))) {
                try {
                    DeviceReply reply = get(peer);
                    assertThat(reply.complete() && text(reply).equals("hello"))
                            .as("cut at " + cut)
                            .isFalse();
                } catch (DeviceHttpException e) {
                    assertThat(e.kind()).isIn(Kind.CLOSED, Kind.MALFORMED);
                }
            }
        }
    }

    @Test
    void aRequestThatWouldBreakTheMessageIsRefused() {
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        assertThatThrownBy(() -> DeviceRequest.get(peer, "/a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DeviceRequest.get(peer, "http://x/")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DeviceRequest.get(peer, "/").header("A", "b\r\nC: d"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DeviceRequest.get(peer, "/").header("A:", "b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DeviceRequest.get(InetSocketAddress.createUnresolved("localhost", 80), "/"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClosedClientIsACallersMistake() {
        http.close();
        assertThatThrownBy(() -> http.send(
                        DeviceRequest.get(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), "/")
                                .build(),
                        soon()))
                .isInstanceOf(IllegalStateException.class);
    }
}
