package dev.porthole.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.Secret;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import dev.porthole.reach.Verdict.Status;
import dev.porthole.testing.CameraLook;
import dev.porthole.testing.CameraOptions;
import dev.porthole.testing.CameraQuirk;
import dev.porthole.testing.FakeCamera;
import dev.porthole.testing.LoginScheme;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verifier against the simulated camera, with every look and every login. */
class FakeCameraTest {
    private final CameraVerifier verifier = Tries.describing();

    private Verdict verify(Target.Scheme scheme, FakeCamera camera, Optional<Credentials> account)
            throws InterruptedException {
        boolean stream = scheme == Target.Scheme.RTSP;
        InetSocketAddress at = stream ? camera.rtspAddress() : camera.httpAddress();
        Target target = Target.at(scheme, at.getAddress(), at.getPort())
                .path(stream ? camera.path() : "/")
                .credentials(account)
                .build();
        return verifier.verify(target, Vantage.HERE, Deadline.after(Tries.AMPLE));
    }

    @ParameterizedTest
    @EnumSource(CameraLook.class)
    void everyLookIsACameras(CameraLook look) throws Exception {
        try (FakeCamera camera = FakeCamera.options().look(look).start()) {
            Verdict web = verify(Target.Scheme.HTTP, camera, Optional.empty());
            assertThat(web.status()).isEqualTo(Status.REACHABLE);
            assertThat(web.evidence()).containsEntry("identity", "A_CAMERA");
            Verdict loggedIn = verify(Target.Scheme.HTTP, camera, Optional.of(camera.credentials()));
            assertThat(loggedIn.stage()).isEqualTo(Stage.PAGE);
            Verdict stream = verify(Target.Scheme.RTSP, camera, Optional.of(camera.credentials()));
            assertThat(stream.status()).isEqualTo(Status.REACHABLE);
            assertThat(stream.stage()).isEqualTo(Stage.DESCRIBE);
            assertThat(stream.evidence()).containsEntry("realm", look.realm()).containsKey("resolution");
        }
    }

    @ParameterizedTest
    @EnumSource(LoginScheme.class)
    void everyLoginIsMadeAndRefused(LoginScheme scheme) throws Exception {
        try (FakeCamera camera = FakeCamera.options()
                .rtspLogin(scheme)
                .webLogin(scheme)
                .look(CameraLook.AXIS)
                .start()) {
            for (Target.Scheme service : new Target.Scheme[] {Target.Scheme.RTSP, Target.Scheme.HTTP}) {
                Verdict right = verify(service, camera, Optional.of(camera.credentials()));
                assertThat(right.status()).isEqualTo(Status.REACHABLE);
                assertThat(right.evidence().get("login")).isNotEqualTo("none");
                Credentials wrong = new Credentials(CameraOptions.DEFAULT_USER, Secret.of("wrong"));
                Verdict refused = verify(service, camera, Optional.of(wrong));
                assertThat(refused.status()).isEqualTo(Status.UNREACHABLE);
                assertThat(refused.findings()).first().extracting(Finding::code).isEqualTo(FindingCode.AUTH_FAILED);
            }
        }
    }

    @Test
    void aStaleNonceIsAnsweredAgain() throws Exception {
        try (FakeCamera camera =
                FakeCamera.options().staleNonce().look(CameraLook.AXIS).start()) {
            for (Target.Scheme service : new Target.Scheme[] {Target.Scheme.RTSP, Target.Scheme.HTTP}) {
                assertThat(verify(service, camera, Optional.of(camera.credentials()))
                                .status())
                        .isEqualTo(Status.REACHABLE);
            }
        }
    }

    @Test
    void aForbiddenStreamIsARefusedAccount() throws Exception {
        try (FakeCamera camera =
                FakeCamera.options().quirks(CameraQuirk.FORBIDDEN).start()) {
            Verdict verdict = verify(Target.Scheme.RTSP, camera, Optional.of(camera.credentials()));
            assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.AUTH);
            assertThat(verdict.findings()).first().extracting(Finding::code).isEqualTo(FindingCode.AUTH_FAILED);
        }
    }
}
