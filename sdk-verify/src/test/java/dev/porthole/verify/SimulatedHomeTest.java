package dev.porthole.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Deadline;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import dev.porthole.reach.Verdict.Status;
import dev.porthole.testing.CameraLook;
import dev.porthole.testing.FakeCamera;
import dev.porthole.testing.HomeCamera;
import dev.porthole.testing.SimulatedHome;
import dev.porthole.testing.TableEntry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verifier outside a simulated home whose router maps, or does not, to its cameras. */
class SimulatedHomeTest {
    private SimulatedHome home;
    private CameraVerifier verifier;

    @BeforeEach
    void build() throws Exception {
        home = SimulatedHome.options()
                .camera("front-door", FakeCamera.options().look(CameraLook.MILESIGHT))
                .camera("garage", FakeCamera.options().look(CameraLook.AXIS))
                .start();
        verifier = CameraVerifier.builder()
                .route(home.route())
                .connectTimeout(Duration.ofMillis(300))
                .answerTimeout(Duration.ofSeconds(5))
                .mediaTime(Duration.ofMillis(250))
                .build();
    }

    @AfterEach
    void leave() {
        home.close();
    }

    private void map(int externalPort, InternalEndpoint to) {
        home.gateway().addForeign(TableEntry.tcp(externalPort, to.address().getHostAddress(), to.port(), "test"));
    }

    private Verdict verify(Target.Scheme scheme, int externalPort, Vantage vantage) throws InterruptedException {
        HomeCamera camera = home.camera("front-door");
        InetAddress outside =
                IpLiteral.parse(home.gateway().wan().externalAddress()).orElseThrow();
        Target target = Target.at(scheme, outside, externalPort)
                .path(scheme == Target.Scheme.RTSP ? camera.device().path() : "/")
                .credentials(Optional.of(camera.device().credentials()))
                .internal(scheme == Target.Scheme.RTSP ? camera.rtsp() : camera.http())
                .build();
        return verifier.verify(target, vantage, Deadline.after(Tries.AMPLE));
    }

    @Test
    void theGuidesExampleIsReachable() throws Exception {
        map(8888, home.camera("front-door").http());
        map(8889, home.camera("front-door").rtsp());
        Verdict web = verify(Target.Scheme.HTTP, 8888, Vantage.HERE);
        assertThat(web.status()).isEqualTo(Status.REACHABLE);
        assertThat(web.evidence()).containsEntry("identity", "THIS_CAMERA");
        Verdict stream = verify(Target.Scheme.RTSP, 8889, Vantage.HERE);
        assertThat(stream.status()).isEqualTo(Status.REACHABLE);
        assertThat(stream.stage()).isEqualTo(Stage.MEDIA);
    }

    @ParameterizedTest
    @CsvSource({"HTTP, 8888", "RTSP, 8889"})
    void whatIsNotMappedIsNotReachableAndTheCameraIsNotToBlame(Target.Scheme scheme, int port) throws Exception {
        Verdict verdict = verify(scheme, port, Vantage.HERE);
        assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
        assertThat(Tries.codes(verdict)).containsExactly(FindingCode.NOT_REACHABLE);
        assertThat(verdict.evidence()).containsEntry("onLan", "answers");
        assertThat(verify(scheme, port, Vantage.HAIRPIN).status()).isEqualTo(Status.INCONCLUSIVE);
    }

    @ParameterizedTest
    @CsvSource({"HTTP, 8888", "RTSP, 8889"})
    void aCameraThatIsOffIsTheFirstCause(Target.Scheme scheme, int port) throws Exception {
        HomeCamera camera = home.camera("front-door");
        map(port, scheme == Target.Scheme.HTTP ? camera.http() : camera.rtsp());
        camera.device().close();
        Verdict verdict = verify(scheme, port, Vantage.HERE);
        assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
        assertThat(Tries.codes(verdict)).startsWith(FindingCode.CAMERA_DOWN);
    }

    @Test
    void aBlockedPortAnswersNothing() throws Exception {
        map(554, home.camera("front-door").rtsp());
        home.blockPort(554);
        Verdict verdict = verify(Target.Scheme.RTSP, 554, Vantage.HERE);
        assertThat(verdict.stage()).isEqualTo(Stage.CONNECT);
        assertThat(Tries.codes(verdict)).containsExactly(FindingCode.NOT_REACHABLE);
        assertThat(verdict.findings().get(0).remedy()).contains("554 is often dropped");
    }

    @Test
    void aMappingToTheWrongCameraIsFoundOut() throws Exception {
        map(8888, home.camera("garage").http());
        Verdict verdict = verify(Target.Scheme.HTTP, 8888, Vantage.HERE);
        assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
        assertThat(Tries.codes(verdict)).containsExactly(FindingCode.WRONG_DEVICE);
        assertThat(home.camera("garage").device().webRequests())
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEmpty());
    }

    @Test
    void aMappingToTheWebPortIsNoStream() throws Exception {
        map(8889, home.camera("front-door").http());
        Verdict verdict = verify(Target.Scheme.RTSP, 8889, Vantage.HERE);
        assertThat(Tries.codes(verdict)).containsExactly(FindingCode.WRONG_DEVICE);
    }
}
