package dev.porthole.verify;

import static dev.porthole.verify.Tries.codes;
import static dev.porthole.verify.Tries.hairpin;
import static dev.porthole.verify.Tries.here;
import static dev.porthole.verify.Tries.rtsp;
import static dev.porthole.verify.Tries.withViewer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Verdict;
import dev.porthole.reach.Verdict.Status;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtspProbeTest {
    private static final String OPTIONS =
            "RTSP/1.0 200 OK\r\nCSeq: 1\r\nServer: Fake/1\r\nPublic: OPTIONS, DESCRIBE\r\n\r\n";
    private static final String SDP =
            "v=0\r\ns=Media Presentation\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
                    + "a=fmtp:96 sprop-parameter-sets=Z0IAHqtAUB7I,aM4xEg==\r\na=control:trackID=1\r\n"
                    + "m=audio 0 RTP/AVP 8\r\n";
    private static final String CHALLENGE =
            "RTSP/1.0 401 Unauthorized\r\nCSeq: 2\r\nWWW-Authenticate: Digest realm=\"IP"
                    + " Camera(C1214)\", nonce=\"0191a41d\", stale=\"FALSE\"\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n";

    private static String described(String headers) {
        return "RTSP/1.0 200 OK\r\n" + headers + "Content-Length: " + SDP.length() + "\r\n\r\n" + SDP;
    }

    /** Wants a digest, takes any answer. */
    private static Peer digestCamera() {
        return Peer.answering(request -> request.method().equals("OPTIONS")
                ? OPTIONS
                : request.authorization().startsWith("Digest ") ? described("") : CHALLENGE);
    }

    @Test
    void aStreamThatIsDescribedAfterDigestIsReachable() throws Exception {
        try (Peer camera = digestCamera()) {
            Verdict verdict = here(withViewer(rtsp(camera.port())));
            assertThat(verdict.status()).isEqualTo(Status.REACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.DESCRIBE);
            assertThat(verdict.times()).containsOnlyKeys(Stage.CONNECT, Stage.PROTOCOL, Stage.AUTH, Stage.DESCRIBE);
            assertThat(List.copyOf(verdict.times().values())).isSorted();
            assertThat(verdict.evidence())
                    .containsEntry("server", "Fake/1")
                    .containsEntry("methods", "OPTIONS, DESCRIBE")
                    .containsEntry("realm", "IP Camera(C1214)")
                    .containsEntry("login", "digest MD5")
                    .containsEntry("session", "Media Presentation")
                    .containsEntry("codecs", "video/H264 audio/PCMA")
                    .containsEntry("resolution", "640x480");
            assertThat(verdict.findings()).isEmpty();
            assertThat(camera.requests())
                    .allSatisfy(request -> assertThat(request.headers()).containsKeys("User-Agent", "CSeq"));
        }
    }

    @Test
    void aLoginThatIsAskedForWithoutAnAccountIsReachable() throws Exception {
        try (Peer camera = digestCamera()) {
            Verdict verdict = here(rtsp(camera.port()));
            assertThat(verdict.status()).isEqualTo(Status.REACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.AUTH);
            assertThat(codes(verdict)).startsWith(FindingCode.AUTH_REQUIRED);
        }
    }

    @Test
    void aRefusedAccountIsTriedOnce() throws Exception {
        try (Peer camera = Peer.answering(r -> r.method().equals("OPTIONS") ? OPTIONS : CHALLENGE)) {
            Verdict verdict = here(withViewer(rtsp(camera.port())));
            assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.AUTH);
            assertThat(codes(verdict)).startsWith(FindingCode.AUTH_FAILED);
            assertThat(camera.requests().stream().filter(r -> !r.authorization().isEmpty()))
                    .hasSize(1);
        }
    }

    @Test
    void aServerThatClosesAfterItsChallengeIsDialledAgain() throws Exception {
        try (Peer camera = Peer.holding(connection -> {
            Peer.Request request = connection.request();
            connection.send(
                    request.method().equals("OPTIONS")
                            ? OPTIONS
                            : request.authorization().isEmpty() ? CHALLENGE : described(""));
        })) {
            Verdict verdict = here(withViewer(rtsp(camera.port())));
            assertThat(verdict.stage()).isEqualTo(Stage.DESCRIBE);
            assertThat(camera.requests().stream().filter(r -> !r.authorization().isEmpty()))
                    .hasSize(1);
        }
    }

    @Test
    void anAnswerToAChallengeIsNotSentTwiceWhereTheServerHangsUpOnIt() throws Exception {
        try (Peer camera = Peer.answering(request -> request.method().equals("OPTIONS")
                ? OPTIONS
                : request.authorization().isEmpty() ? CHALLENGE : null)) {
            Verdict verdict = here(withViewer(rtsp(camera.port())));
            assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.AUTH);
            assertThat(camera.requests().stream().filter(r -> !r.authorization().isEmpty()))
                    .hasSize(1);
        }
    }

    @Test
    void basicIsSentWhereNothingElseIsOfferedAndTheClearPasswordIsNamed() throws Exception {
        String basicOnly = "RTSP/1.0 401 Unauthorized\r\nwww-authenticate: Basic realm=\"cam\"\r\n\r\n";
        try (Peer camera = Peer.answering(request -> request.method().equals("OPTIONS")
                ? OPTIONS
                : request.authorization().startsWith("Basic ") ? described("") : basicOnly)) {
            Verdict verdict = here(withViewer(rtsp(camera.port())));
            assertThat(verdict.evidence()).containsEntry("login", "basic");
            assertThat(codes(verdict)).containsExactly(FindingCode.CLEAR_TEXT);
            assertThat(verdict.findings().get(0).message()).contains("read the password");

            Verdict forbidden =
                    here(CameraVerifier.builder().basicAllowed(false).build(), withViewer(rtsp(camera.port())));
            assertThat(forbidden.stage()).isEqualTo(Stage.AUTH);
            assertThat(codes(forbidden)).startsWith(FindingCode.AUTH_REQUIRED);
        }
    }

    @Test
    void aCameraThatOfferedDigestIsNotSentBasicLater() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        String basicOnly = "RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"cam\"\r\n\r\n";
        try (Peer camera = Peer.answering(request -> {
            if (request.method().equals("OPTIONS")) {
                attempts.incrementAndGet();
                return OPTIONS;
            }
            return attempts.get() == 1 ? CHALLENGE : basicOnly;
        })) {
            CameraVerifier verifier = new CameraVerifier();
            here(verifier, withViewer(rtsp(camera.port())));
            Verdict second = here(verifier, withViewer(rtsp(camera.port())));
            assertThat(codes(second)).startsWith(FindingCode.AUTH_REQUIRED);
            assertThat(camera.requests())
                    .noneMatch(request -> request.authorization().startsWith("Basic"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 454})
    void aPathThatTheCameraDoesNotHaveIsNamed(int status) throws Exception {
        try (Peer camera =
                Peer.answering(r -> r.method().equals("OPTIONS") ? OPTIONS : "RTSP/1.0 " + status + " No\r\n\r\n")) {
            Verdict verdict = here(rtsp(camera.port()));
            assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.DESCRIBE);
            assertThat(codes(verdict)).startsWith(FindingCode.STREAM_NOT_FOUND);
            assertThat(verdict.findings().get(0).message()).contains("/main");
            assertThat(verdict.findings().get(0).remedy()).contains("/Streaming/Channels/101");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 400 Bad Request\r\n\r\n', a web server",
        "'<html></html>\r\n', a web server",
        "'SSH-2.0-x\r\n', an SSH server"
    })
    void whatDoesNotSpeakRtspIsTheWrongDevice(String answer, String kind) throws Exception {
        try (Peer peer = Peer.answering(request -> answer)) {
            Verdict verdict = here(rtsp(peer.port()));
            assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.PROTOCOL);
            assertThat(codes(verdict)).startsWith(FindingCode.WRONG_DEVICE);
            assertThat(verdict.findings().get(0).message()).contains(kind);
        }
    }

    @Test
    void thePlacesThatTheCameraNamesAreEvidenceWhereTheyDiffer() throws Exception {
        String sdp = "v=0\r\nm=video 0 RTP/AVP 96\r\na=control:rtsp://192.168.69.110:554/main/track1\r\n";
        try (Peer camera = Peer.answering(r -> r.method().equals("OPTIONS")
                ? OPTIONS
                : "RTSP/1.0 200 OK\r\nContent-Base: rtsp://admin:pw@192.168.69.110/main/\r\nContent-Length: "
                        + sdp.length() + "\r\n\r\n" + sdp)) {
            Verdict verdict = here(rtsp(camera.port()));
            assertThat(verdict.evidence())
                    .containsEntry("contentBase", "rtsp://192.168.69.110/main/")
                    .containsEntry("contentBaseEndpoint", "192.168.69.110:554")
                    .containsEntry("controlEndpoint", "192.168.69.110:554");
        }
    }

    @Test
    void aRedirectWithinTheHostIsFollowed() throws Exception {
        try (Peer camera = Peer.answering(request -> {
            if (request.method().equals("OPTIONS")) {
                return OPTIONS;
            }
            String uri = request.line().split(" ")[1];
            return uri.endsWith("/main")
                    ? "RTSP/1.0 302 Moved\r\nLocation: " + uri.replace("/main", "/live") + "\r\n\r\n"
                    : described("");
        })) {
            assertThat(here(rtsp(camera.port())).stage()).isEqualTo(Stage.DESCRIBE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsp://192.0.2.7/main", "http://127.0.0.1/", "", "/live"})
    void aRedirectElsewhereIsNotFollowed(String location) throws Exception {
        try (Peer camera = Peer.answering(r ->
                r.method().equals("OPTIONS") ? OPTIONS : "RTSP/1.0 301 Moved\r\nLocation: " + location + "\r\n\r\n")) {
            Verdict verdict = here(rtsp(camera.port()));
            assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.DESCRIBE);
            assertThat(codes(verdict)).startsWith(FindingCode.NOT_REACHABLE);
        }
    }

    @Test
    void redirectsInACircleEnd() throws Exception {
        try (Peer camera = Peer.answering(r -> r.method().equals("OPTIONS")
                ? OPTIONS
                : "RTSP/1.0 301 Moved\r\nLocation: " + r.line().split(" ")[1] + "\r\n\r\n")) {
            assertThat(here(rtsp(camera.port())).status()).isEqualTo(Status.UNREACHABLE);
        }
    }

    @Test
    void aClosedPortIsNotReachable() throws Exception {
        Verdict verdict = here(rtsp(Peer.deadPort()));
        assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
        assertThat(verdict.stage()).isEqualTo(Stage.CONNECT);
        assertThat(codes(verdict)).startsWith(FindingCode.NOT_REACHABLE);
    }

    @Test
    void aCameraThatIsSilentOnTheLanIsTheFirstCause() throws Exception {
        InternalEndpoint camera = new InternalEndpoint(InetAddress.getLoopbackAddress(), Peer.deadPort());
        Verdict verdict = here(rtsp(Peer.deadPort()).internal(camera));
        assertThat(codes(verdict)).containsExactly(FindingCode.CAMERA_DOWN, FindingCode.NOT_REACHABLE);
        Verdict hairpin = hairpin(rtsp(Peer.deadPort()).internal(camera));
        assertThat(hairpin.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(codes(hairpin)).containsExactly(FindingCode.CAMERA_DOWN, FindingCode.NO_HAIRPIN);
    }

    @Test
    void aCameraThatAnswersOnTheLanLeavesTheFaultInBetween() throws Exception {
        try (Peer camera = digestCamera()) {
            Verdict verdict = here(rtsp(Peer.deadPort())
                    .internal(new InternalEndpoint(InetAddress.getLoopbackAddress(), camera.port())));
            assertThat(codes(verdict)).containsExactly(FindingCode.NOT_REACHABLE);
            assertThat(verdict.findings().get(0).message()).contains("the fault lies in between");
            assertThat(verdict.evidence()).containsEntry("onLan", "answers");
        }
    }

    @Test
    void fromAHairpinNothingThatFailsIsUnreachable() throws Exception {
        Verdict closed = hairpin(rtsp(Peer.deadPort()));
        assertThat(closed.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(codes(closed)).containsExactly(FindingCode.NO_HAIRPIN);
        try (Peer web = Peer.answering(request -> "HTTP/1.0 400 Bad\r\n\r\n")) {
            Verdict wrong = hairpin(rtsp(web.port()));
            assertThat(wrong.status()).isEqualTo(Status.INCONCLUSIVE);
            assertThat(codes(wrong)).containsExactly(FindingCode.WRONG_DEVICE, FindingCode.NO_HAIRPIN);
        }
        try (Peer camera = Peer.answering(r -> r.method().equals("OPTIONS") ? OPTIONS : CHALLENGE)) {
            Verdict refused = hairpin(withViewer(rtsp(camera.port())));
            assertThat(refused.status()).isEqualTo(Status.INCONCLUSIVE);
            assertThat(codes(refused)).startsWith(FindingCode.AUTH_FAILED).doesNotContain(FindingCode.NO_HAIRPIN);
        }
    }

    @Test
    void aDescriptionWithoutMediaIsNoStream() throws Exception {
        try (Peer camera = Peer.answering(
                r -> r.method().equals("OPTIONS") ? OPTIONS : "RTSP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nv=0\r\n")) {
            Verdict verdict = here(rtsp(camera.port()));
            assertThat(verdict.stage()).isEqualTo(Stage.DESCRIBE);
            assertThat(codes(verdict)).startsWith(FindingCode.MALFORMED_REPLY);
        }
    }
}
