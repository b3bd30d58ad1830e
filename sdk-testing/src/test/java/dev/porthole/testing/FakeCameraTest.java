package dev.porthole.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Camera;
import dev.porthole.testing.RtspDialogue.Packet;
import dev.porthole.testing.RtspDialogue.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FakeCameraTest {
    private static final String USER = CameraOptions.DEFAULT_USER;
    private static final String PASSWORD = CameraOptions.DEFAULT_PASSWORD;
    private static final String INTERLEAVED = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1";

    private static String url(FakeCamera camera) {
        return "rtsp://203.0.113.7:8889" + camera.path();
    }

    private static FakeCamera open(CameraQuirk... quirks) throws IOException {
        return FakeCamera.options().rtspLogin().quirks(quirks).start();
    }

    private static Reply play(RtspDialogue client, FakeCamera camera) throws IOException {
        assertThat(client.ask("SETUP", url(camera) + "/trackID=1", INTERLEAVED).status())
                .isEqualTo(200);
        return client.ask("PLAY", url(camera));
    }

    @Test
    void optionsAreAnsweredWithoutALogin() throws IOException {
        try (FakeCamera camera = FakeCamera.start();
                RtspDialogue client = new RtspDialogue(camera)) {
            Reply reply = client.ask("OPTIONS", url(camera));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Public")).contains("DESCRIBE");
            assertThat(reply.header("CSeq")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource(names = "BASIC", mode = EnumSource.Mode.EXCLUDE)
    void digestLetsOnlyTheRightPasswordIn(LoginScheme scheme) throws IOException {
        try (FakeCamera camera = FakeCamera.options().rtspLogin(scheme).start();
                RtspDialogue client = new RtspDialogue(camera)) {
            Reply challenge = client.ask("DESCRIBE", url(camera));
            assertThat(challenge.status()).isEqualTo(401);
            String asked = challenge.header("WWW-Authenticate");

            String wrong = RtspDialogue.digest(asked, "DESCRIBE", url(camera), USER, "wrong", 1);
            assertThat(client.ask("DESCRIBE", url(camera), wrong).status()).isEqualTo(401);
            String right = RtspDialogue.digest(asked, "DESCRIBE", url(camera), USER, PASSWORD, 1);
            assertThat(client.ask("DESCRIBE", url(camera), right).status()).isEqualTo(200);
        }
    }

    @Test
    void aDigestMustBeForThisUrlAndMayNotBeReplayed() throws IOException {
        try (FakeCamera camera = FakeCamera.options()
                        .rtspLogin(LoginScheme.DIGEST_MD5_QOP)
                        .start();
                RtspDialogue client = new RtspDialogue(camera)) {
            String asked = client.ask("DESCRIBE", url(camera)).header("WWW-Authenticate");
            String other = RtspDialogue.digest(asked, "DESCRIBE", url(camera) + "/", USER, PASSWORD, 1);
            assertThat(client.ask("DESCRIBE", url(camera), other).status()).isEqualTo(401);

            String right = RtspDialogue.digest(asked, "DESCRIBE", url(camera), USER, PASSWORD, 1);
            assertThat(client.ask("DESCRIBE", url(camera), right).status()).isEqualTo(200);
            assertThat(client.ask("DESCRIBE", url(camera), right).status()).isEqualTo(401);
            String next = RtspDialogue.digest(asked, "DESCRIBE", url(camera), USER, PASSWORD, 2);
            assertThat(client.ask("DESCRIBE", url(camera), next).status()).isEqualTo(200);
        }
    }

    @Test
    void aStaleNonceIsRefusedOnce() throws IOException {
        try (FakeCamera camera = FakeCamera.options().staleNonce().start();
                RtspDialogue client = new RtspDialogue(camera)) {
            String first = client.ask("DESCRIBE", url(camera)).header("WWW-Authenticate");
            Reply stale = client.ask(
                    "DESCRIBE", url(camera), RtspDialogue.digest(first, "DESCRIBE", url(camera), USER, PASSWORD, 1));
            assertThat(stale.status()).isEqualTo(401);
            assertThat(stale.header("WWW-Authenticate")).contains("stale=true");

            String second = stale.header("WWW-Authenticate");
            assertThat(client.ask(
                                    "DESCRIBE",
                                    url(camera),
                                    RtspDialogue.digest(second, "DESCRIBE", url(camera), USER, PASSWORD, 1))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void severalSchemesAreOfferedInTheOrderGiven() throws IOException {
        try (FakeCamera camera = FakeCamera.options()
                        .rtspLogin(LoginScheme.BASIC, LoginScheme.DIGEST_SHA256)
                        .start();
                RtspDialogue client = new RtspDialogue(camera)) {
            assertThat(client.ask("DESCRIBE", url(camera)).header("WWW-Authenticate"))
                    .matches("(?s)Basic realm=.*\nDigest realm=.*algorithm=SHA-256.*");
        }
    }

    @Test
    void theSessionDescriptionHasTheParameterSetsAndAControl() throws IOException {
        try (FakeCamera camera = open();
                RtspDialogue client = new RtspDialogue(camera)) {
            Reply reply = client.ask("DESCRIBE", url(camera));

            assertThat(reply.header("Content-Base")).isEqualTo(url(camera) + "/");
            assertThat(reply.header("Content-Type")).isEqualTo("application/sdp");
            assertThat(reply.body())
                    .startsWith("v=0\r\n")
                    .contains("m=video 0 RTP/AVP 96\r\n")
                    .contains("profile-level-id=42C015;sprop-parameter-sets=Z0LAF")
                    .endsWith("a=control:trackID=1\r\n");
        }
    }

    @Test
    void playingSendsPicturesWithAKeyFrameFirstAndTeardownEndsThem() throws IOException {
        try (FakeCamera camera = open();
                RtspDialogue client = new RtspDialogue(camera)) {
            Reply playing = play(client, camera);
            assertThat(playing.header("Session")).matches("[0-9]+;timeout=60");

            List<Packet> packets = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                packets.add(client.packet());
            }
            assertThat(packets).extracting(Packet::nalType).startsWith(7, 8, 28, 28);
            assertThat(packets)
                    .extracting(Packet::ssrc)
                    .containsOnly(packets.get(0).ssrc());
            assertThat(packets).extracting(Packet::channel).containsOnly(0);
            int first = packets.get(0).sequence();
            assertThat(playing.header("RTP-Info")).contains(";seq=" + first + ";");
            assertThat(packets.get(5).sequence()).isEqualTo(first + 5);
            assertThat(packets.get(3).marker()).isTrue();
            assertThat(camera.openSessions()).isEqualTo(1);

            client.send("TEARDOWN", url(camera));
            assertThat(afterPackets(client).status()).isEqualTo(200);
            assertThat(camera.openSessions()).isZero();
            assertThat(camera.packetsSent()).isGreaterThanOrEqualTo(6);
        }
    }

    /** Reads packets until a reply comes. */
    private static Reply afterPackets(RtspDialogue client) throws IOException {
        while (true) {
            try {
                client.packet();
            } catch (IOException e) {
                // The R of RTSP/1.0 was taken for a packet's beginning.
                return client.reply();
            }
        }
    }

    @Test
    void aSessionLeftWithoutTeardownIsCounted() throws IOException {
        try (FakeCamera camera = open()) {
            try (RtspDialogue client = new RtspDialogue(camera)) {
                play(client, camera);
                client.packet();
            }
            try (RtspDialogue other = new RtspDialogue(camera)) {
                // The camera notices the end of a connection at its own pace.
                while (camera.abandonedSessions() == 0) {
                    other.ask("OPTIONS", "*");
                }
            }
            assertThat(camera.openSessions()).isZero();
        }
    }

    @Test
    void whatIsWrongIsAnsweredWithItsStatus() throws IOException {
        try (FakeCamera camera = open();
                RtspDialogue client = new RtspDialogue(camera)) {
            assertThat(client.ask("DESCRIBE", "rtsp://x/other").status()).isEqualTo(404);
            assertThat(client.ask("SETUP", url(camera), "Transport: RTP/AVP;unicast;client_port=5000-5001")
                            .status())
                    .isEqualTo(461);
            assertThat(client.ask("PLAY", url(camera)).status()).isEqualTo(455);
            assertThat(client.ask("TEARDOWN", url(camera)).status()).isEqualTo(454);
            assertThat(client.ask("FROBNICATE", url(camera)).status()).isEqualTo(501);
        }
    }

    @Test
    void faultsWorkForRtspToo() throws IOException {
        try (FakeCamera camera = open();
                RtspDialogue client = new RtspDialogue(camera)) {
            camera.rtspFaults().next("DESCRIBE", Fault.close());
            assertThat(client.ask("OPTIONS", url(camera)).status()).isEqualTo(200);
            assertThatThrownBy(() -> client.ask("DESCRIBE", url(camera))).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFirstPageIsThatOfTheMaker(CameraLook look) throws IOException {
        try (FakeCamera camera = FakeCamera.options().look(look).start()) {
            String page = Raw.get(camera.httpAddress(), "/");
            String expected = switch (look.start()) {
                case FORM -> "<title>" + look.title() + "</title>";
                case CHALLENGE -> "realm=\"" + look.realm() + "\"";
                case REDIRECT -> "Location: /login.html\r\n";
            };
            assertThat(page).contains(expected);
            assertThat(page.contains("\r\nServer: ")).isEqualTo(!look.server().isEmpty());
        }
    }

    @Test
    void theProtectedPageWantsTheAccount() throws IOException {
        try (FakeCamera camera = FakeCamera.start()) {
            String challenge = Raw.get(camera.httpAddress(), "/protected");
            assertThat(challenge).startsWith("HTTP/1.1 401");
            String right = RtspDialogue.digest(
                    challenge.replaceFirst("(?s).*WWW-Authenticate: ([^\r]*).*", "$1"),
                    "GET",
                    "/protected",
                    USER,
                    PASSWORD,
                    1);
            assertThat(Raw.get(camera.httpAddress(), "/protected", right)).startsWith("HTTP/1.1 200");
            assertThat(camera.webRequests()).hasSize(2);
        }
    }

    @Test
    void whatIsAskedByOnvifNeedsALogin() throws IOException {
        try (FakeCamera camera = FakeCamera.start()) {
            assertThat(onvif(camera, "<GetSystemDateAndTime/>"))
                    .startsWith("HTTP/1.1 200")
                    .contains("<tt:Year>");
            assertThat(onvif(camera, "<GetProfiles/>"))
                    .startsWith("HTTP/1.1 400")
                    .contains("NotAuthorized");
        }
    }

    private static String onvif(FakeCamera camera, String request) throws IOException {
        return Raw.exchange(
                camera.httpAddress(),
                "POST /onvif/device_service HTTP/1.1\r\nConnection: close\r\nContent-Length: " + request.length()
                        + "\r\n\r\n" + request);
    }

    @Test
    void aTunnelJoinsTwoConnectionsByTheirCookie() throws IOException {
        try (FakeCamera camera = FakeCamera.options().webLogin().rtspLogin().start();
                Socket replies = Raw.connect(camera.httpAddress());
                Socket requests = Raw.connect(camera.httpAddress())) {
            write(replies, "GET /main HTTP/1.0\r\nx-sessioncookie: 7\r\n\r\n");
            assertThat(head(replies)).startsWith("HTTP/1.0 200");
            write(requests, "POST /main HTTP/1.0\r\nx-sessioncookie: 7\r\nContent-Length: 32767\r\n\r\n");
            for (int sequence = 1; sequence < 3; sequence++) {
                String request = "OPTIONS rtsp://x/main RTSP/1.0\r\nCSeq: " + sequence + "\r\n\r\n";
                write(requests, Base64.getEncoder().encodeToString(request.getBytes(StandardCharsets.US_ASCII)));
                assertThat(head(replies)).startsWith("RTSP/1.0 200").contains("CSeq: " + sequence);
            }
            assertThat(camera.rtspConnections()).isZero();
        }
    }

    @Test
    void halfATunnelWithoutTheOtherIsRefused() throws IOException {
        try (FakeCamera camera = FakeCamera.options().webLogin().start()) {
            assertThat(Raw.exchange(camera.httpAddress(), "POST /main HTTP/1.0\r\nx-sessioncookie: 8\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
        }
    }

    private static void write(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String head(Socket from) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) from.getInputStream().read());
        }
        return head.toString();
    }

    @Test
    void aSessionIsPlayedByItsLastNameOnly() throws IOException {
        try (FakeCamera camera = open(CameraQuirk.SESSION_CHANGES);
                RtspDialogue client = new RtspDialogue(camera)) {
            String setUp = url(camera) + "/trackID=1";
            String first =
                    client.ask("SETUP", setUp, INTERLEAVED).header("Session").replaceFirst(";.*", "");
            String second =
                    client.ask("SETUP", setUp, INTERLEAVED).header("Session").replaceFirst(";.*", "");
            assertThat(client.ask("PLAY", url(camera), "Session: " + first).status())
                    .isEqualTo(454);
            assertThat(client.ask("PLAY", url(camera), "Session: " + second).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void theCameraDescribesItselfForTheSdk() throws IOException {
        try (FakeCamera fake = FakeCamera.options().look(CameraLook.MILESIGHT).start()) {
            Camera camera = fake.described("yard").build();

            assertThat(camera.name()).isEqualTo("yard");
            assertThat(camera.services()).anySatisfy(service -> {
                assertThat(service.port()).isEqualTo(fake.rtspAddress().getPort());
                assertThat(service.path()).isEqualTo("/main");
            });
        }
    }

    @Test
    void aCameraWithoutMediaIsSilentAfterPlay() throws IOException {
        try (FakeCamera camera = open(CameraQuirk.NO_MEDIA);
                RtspDialogue client = new RtspDialogue(camera)) {
            assertThat(play(client, camera).status()).isEqualTo(200);
            client.timeout(150);
            assertThatThrownBy(client::packet).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
