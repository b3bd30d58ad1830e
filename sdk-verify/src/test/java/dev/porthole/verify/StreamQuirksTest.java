package dev.porthole.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Deadline;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.diagnose.Severity;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import dev.porthole.reach.Verdict.Status;
import dev.porthole.testing.CameraQuirk;
import dev.porthole.testing.FakeCamera;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every quirk of a camera: the stream plays nevertheless, or the right cause is named. */
class StreamQuirksTest {
    /** What keeps a stream from playing: the stage, the code, and words of the message. */
    private record Cause(Stage stage, FindingCode code, String words) {}

    private static final Map<CameraQuirk, Cause> CAUSES = new EnumMap<>(CameraQuirk.class);

    /** The camera names another port than the one dialled, and its stream plays. */
    private static final Set<CameraQuirk> OTHER_PORT = Set.of(
            CameraQuirk.CONTENT_BASE_OWN_ADDRESS, CameraQuirk.CONTROL_OWN_ADDRESS, CameraQuirk.CONTENT_BASE_BARE_IPV6);

    static {
        CAUSES.put(CameraQuirk.FORBIDDEN, new Cause(Stage.AUTH, FindingCode.AUTH_FAILED, "forbids"));
        CAUSES.put(
                CameraQuirk.REDIRECTS_TO_OWN_ADDRESS,
                new Cause(Stage.DESCRIBE, FindingCode.RTSP_PORT_MISMATCH, "rtsp://192.168.69.110:554/main"));
        media(CameraQuirk.NO_BANDWIDTH, Stage.SETUP, "no viewer left");
        media(CameraQuirk.ONLY_UDP, Stage.SETUP, "does not send over the RTSP connection");
        media(CameraQuirk.TRANSPORT_UDP, Stage.SETUP, "over UDP");
        media(CameraQuirk.NO_MEDIA, Stage.MEDIA, "no video came");
        media(CameraQuirk.REPORTS_ONLY, Stage.MEDIA, "only control packets (RTCP)");
        media(CameraQuirk.AUDIO_WITHOUT_ITS_VIDEO, Stage.MEDIA, "only audio came");
        media(CameraQuirk.ONE_PICTURE, Stage.MEDIA, "and then nothing more");
        media(CameraQuirk.SEQUENCE_STUCK, Stage.MEDIA, "do not advance");
        media(CameraQuirk.SOURCE_CHANGES, Stage.MEDIA, "began anew");
        media(CameraQuirk.NO_KEY_FRAMES, Stage.MEDIA, "neither a key frame nor a parameter set");
    }

    private static void media(CameraQuirk quirk, Stage stage, String words) {
        CAUSES.put(quirk, new Cause(stage, FindingCode.MEDIA_NOT_FLOWING, words));
    }

    private static Verdict verify(FakeCamera camera) throws InterruptedException {
        InetSocketAddress at = camera.rtspAddress();
        Target target = Target.at(Target.Scheme.RTSP, at.getAddress(), at.getPort())
                .path(camera.path())
                .credentials(Optional.of(camera.credentials()))
                .build();
        return CameraVerifier.builder()
                .mediaTime(Duration.ofMillis(200))
                .answerTimeout(Duration.ofMillis(700))
                .build()
                .verify(target, Vantage.HERE, Deadline.after(Duration.ofMillis(2_500)));
    }

    @ParameterizedTest
    @EnumSource(CameraQuirk.class)
    void theStreamPlaysOrTheCauseIsNamed(CameraQuirk quirk) throws Exception {
        try (FakeCamera camera = FakeCamera.options()
                .quirks(quirk)
                .ownAuthority("192.168.69.110:554")
                .start()) {
            Verdict verdict = verify(camera);
            Cause cause = CAUSES.get(quirk);
            if (cause == null) {
                plays(verdict);
                assertThat(verdict.findings())
                        .extracting(Finding::code)
                        .isEqualTo(
                                OTHER_PORT.contains(quirk)
                                        ? java.util.List.of(FindingCode.RTSP_PORT_MISMATCH)
                                        : java.util.List.of());
            } else {
                assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
                assertThat(verdict.stage()).isEqualTo(cause.stage());
                Finding first = verdict.findings().get(0);
                assertThat(first.code()).isEqualTo(cause.code());
                assertThat(first.severity()).isEqualTo(Severity.ERROR);
                assertThat(first.message()).contains(cause.words());
            }
            assertThat(camera.openSessions()).isZero();
            assertThat(camera.abandonedSessions()).isZero();
        }
    }

    private static void plays(Verdict verdict) {
        assertThat(verdict.status()).as(verdict.toString()).isEqualTo(Status.REACHABLE);
        assertThat(verdict.stage()).isEqualTo(Stage.MEDIA);
        assertThat(verdict.evidence())
                .containsKeys("firstPacketMs", "packets", "bytes", "ssrc", "codec", "mediaMs")
                .containsEntry("gaps", "0");
        assertThat(Long.parseLong(verdict.evidence().get("mediaMs"))).isGreaterThanOrEqualTo(200);
    }
}
