package dev.porthole.verify;

import static dev.porthole.verify.Tries.codes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.Secret;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.diagnose.Severity;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import dev.porthole.testing.CameraQuirk;
import dev.porthole.testing.FakeCamera;
import dev.porthole.testing.HttpReply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a camera on the LAN says of its stream by ONVIF, compared with the place that was dialled. */
class OnvifTest {
    private static final InetAddress ON_LAN = IpLiteral.parse("192.168.69.110").orElseThrow();

    private static Verdict verify(FakeCamera camera, CameraVerifier.Builder verifier, String path, Credentials account)
            throws InterruptedException {
        InetSocketAddress rtsp = camera.rtspAddress();
        Target target = Target.at(Target.Scheme.RTSP, rtsp.getAddress(), rtsp.getPort())
                .path(path)
                .credentials(Optional.of(account))
                .internal(new InternalEndpoint(ON_LAN, 554))
                .build();
        return verifier.mediaTime(Duration.ofMillis(200))
                .answerTimeout(Duration.ofSeconds(2))
                .route(asked -> !asked.getAddress().equals(ON_LAN)
                        ? asked
                        : asked.getPort() == 80 ? camera.httpAddress() : camera.rtspAddress())
                .build()
                .verify(target, Vantage.HERE, Deadline.after(Tries.AMPLE));
    }

    private static Verdict verify(FakeCamera camera, CameraVerifier.Builder verifier, String path)
            throws InterruptedException {
        return verify(camera, verifier, path, camera.credentials());
    }

    private static FakeCamera camera(CameraQuirk... quirks) throws Exception {
        return FakeCamera.options()
                .ownAuthority("192.168.69.110:554")
                .clockAhead(Duration.ofDays(-3650))
                .quirks(quirks)
                .start();
    }

    @Test
    void theUrlThatClientsGetIsComparedWhereItIsAskedFor() throws Exception {
        try (FakeCamera camera = camera()) {
            Verdict verdict = verify(camera, CameraVerifier.builder().streamUri(true), camera.path());
            assertThat(verdict.stage()).isEqualTo(Stage.MEDIA);
            assertThat(verdict.evidence())
                    .containsEntry("onvifStreamUri", "rtsp://192.168.69.110:554/main")
                    .containsEntry("onvifEndpoint", "192.168.69.110:554");
            assertThat(codes(verdict)).containsExactly(FindingCode.RTSP_PORT_MISMATCH);
            assertThat(verdict.findings().get(0).severity()).isEqualTo(Severity.WARNING);
            assertThat(verdict.findings().get(0).message()).contains("ONVIF GetStreamUri", "554");
        }
    }

    @Test
    void aStreamThatPlaysIsNotAskedAbout() throws Exception {
        try (FakeCamera camera = camera()) {
            assertThat(verify(camera, CameraVerifier.builder(), camera.path()).findings())
                    .isEmpty();
            assertThat(camera.webRequests()).isEmpty();
        }
    }

    @Test
    void aStreamThatIsNotFoundIsFoundByOnvif() throws Exception {
        try (FakeCamera camera = camera()) {
            Verdict verdict = verify(camera, CameraVerifier.builder(), "/wrong");
            assertThat(codes(verdict)).contains(FindingCode.STREAM_NOT_FOUND);
            assertThat(verdict.findings())
                    .filteredOn(finding -> finding.code() == FindingCode.STREAM_NOT_FOUND)
                    .allSatisfy(finding -> assertThat(finding.remedy()).contains("/main", "ONVIF"));
        }
    }

    @Test
    void aRefusedAccountIsNotUsedAgain() throws Exception {
        try (FakeCamera camera = camera()) {
            Credentials wrong = new Credentials("admin", Secret.of("wrong"));
            Verdict verdict = verify(camera, CameraVerifier.builder().streamUri(true), camera.path(), wrong);
            assertThat(codes(verdict)).startsWith(FindingCode.AUTH_FAILED);
            assertThat(camera.webRequests()).isEmpty();
        }
        try (FakeCamera camera = FakeCamera.options()
                .behaviour(behaviour -> behaviour.object(request -> request.kind()
                                .equals("SETUP")
                        ? Optional.of(HttpReply.of(403, "No", new byte[0]).withStatusLine("RTSP/1.0 403 No"))
                        : Optional.empty()))
                .start()) {
            Verdict verdict = verify(camera, CameraVerifier.builder(), camera.path());
            assertThat(verdict.stage()).isEqualTo(Stage.SETUP);
            assertThat(codes(verdict)).startsWith(FindingCode.AUTH_FAILED);
            assertThat(camera.webRequests()).isEmpty();
        }
    }

    @Test
    void aCameraThatDoesNotAnswerByOnvifChangesNothing() throws Exception {
        try (FakeCamera camera = camera(CameraQuirk.NO_MEDIA);
                Peer garbage = Peer.web(request -> "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n"
                        + "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")) {
            CameraVerifier.Builder builder = CameraVerifier.builder().onvifPort(81);
            InetSocketAddress rtsp = camera.rtspAddress();
            Target target = Target.at(Target.Scheme.RTSP, rtsp.getAddress(), rtsp.getPort())
                    .path(camera.path())
                    .credentials(Optional.of(camera.credentials()))
                    .internal(new InternalEndpoint(ON_LAN, 554))
                    .build();
            Verdict verdict = builder.answerTimeout(Duration.ofMillis(300))
                    .route(asked -> asked.getPort() == 81 ? garbage.address() : rtsp)
                    .build()
                    .verify(target, Vantage.HERE, Deadline.after(Tries.AMPLE));
            assertThat(codes(verdict)).containsExactly(FindingCode.MEDIA_NOT_FLOWING);
            assertThat(garbage.requests()).isNotEmpty();
        }
    }
}
