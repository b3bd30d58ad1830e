package dev.porthole.verify;

import static dev.porthole.verify.Tries.codes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.Secret;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import dev.porthole.reach.Verdict.Status;
import dev.porthole.testing.CameraQuirk;
import dev.porthole.testing.FakeCamera;
import dev.porthole.testing.LoginScheme;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RTSP within HTTP: one mapping, of the web port, carries the stream. */
class TunnelTest {
    private static Verdict verify(
            InetSocketAddress at, Target.Scheme scheme, String path, Optional<Credentials> account, Duration deadline)
            throws InterruptedException {
        Target target = Target.at(scheme, at.getAddress(), at.getPort())
                .path(path)
                .credentials(account)
                .build();
        return CameraVerifier.builder()
                .tunnel(true)
                .mediaTime(Duration.ofMillis(200))
                .answerTimeout(Duration.ofSeconds(2))
                .build()
                .verify(target, Vantage.HERE, Deadline.after(deadline));
    }

    private static Verdict verify(FakeCamera camera, String path, Optional<Credentials> account)
            throws InterruptedException {
        return verify(camera.httpAddress(), Target.Scheme.RTSP, path, account, Tries.AMPLE);
    }

    @ParameterizedTest
    @EnumSource(LoginScheme.class)
    void aStreamPlaysThroughTheWebPort(LoginScheme webLogin) throws Exception {
        try (FakeCamera camera = FakeCamera.options()
                .webLogin(webLogin)
                .quirks(CameraQuirk.CONTENT_BASE_OWN_ADDRESS)
                .ownAuthority("192.168.69.110:554")
                .start()) {
            Verdict verdict = verify(camera, camera.path(), Optional.of(camera.credentials()));
            assertThat(verdict.status()).isEqualTo(Status.REACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.MEDIA);
            assertThat(codes(verdict)).doesNotContain(FindingCode.RTSP_PORT_MISMATCH, FindingCode.NO_LOGIN);
            assertThat(camera.count("TEARDOWN")).isEqualTo(1);
            assertThat(camera.rtspConnections()).isZero();
        }
    }

    @Test
    void aStreamPlaysThroughTheEncryptedWebPort(@TempDir Path folder) throws Exception {
        try (FakeCamera camera = FakeCamera.start();
                TlsFront front = new TlsFront(TlsDevice.newKey(folder, "camera"), camera.httpAddress())) {
            Verdict verdict = verify(
                    new InetSocketAddress(camera.httpAddress().getAddress(), front.port()),
                    Target.Scheme.RTSPS,
                    camera.path(),
                    Optional.of(camera.credentials()),
                    Tries.AMPLE);
            assertThat(verdict.stage()).isEqualTo(Stage.MEDIA);
        }
    }

    @Test
    void aWebServerWithoutThatStreamIsTold() throws Exception {
        try (FakeCamera camera = FakeCamera.start()) {
            Verdict verdict = verify(camera, "/other", Optional.of(camera.credentials()));
            assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.PROTOCOL);
            assertThat(codes(verdict)).startsWith(FindingCode.STREAM_NOT_FOUND);
            assertThat(verdict.findings().get(0).message()).contains("opens no tunnel", "404");
        }
    }

    @Test
    void theWebServersLoginIsJudgedLikeAnyOther() throws Exception {
        try (FakeCamera camera = FakeCamera.start()) {
            Verdict none = verify(camera, camera.path(), Optional.empty());
            assertThat(none.status()).isEqualTo(Status.REACHABLE);
            assertThat(none.stage()).isEqualTo(Stage.AUTH);
            assertThat(codes(none)).startsWith(FindingCode.AUTH_REQUIRED);
            Verdict wrong = verify(camera, camera.path(), Optional.of(new Credentials("admin", Secret.of("wrong"))));
            assertThat(wrong.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(codes(wrong)).startsWith(FindingCode.AUTH_FAILED);
            assertThat(camera.webRequests().stream()
                            .filter(request -> request.header("Authorization").isPresent()))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(HostilePeerTest.Misdeed.class)
    void whateverAWebServerDoesAVerdictComesInTime(HostilePeerTest.Misdeed misdeed) throws Exception {
        for (String head : new String[] {"HTTP/1.0 200 OK\r\n", "HTTP/1.0 200 OK\r\n\r\nRTSP/1.0 200 OK\r\n"}) {
            try (Peer peer = Peer.holding(connection -> {
                connection.request();
                misdeed.commit(connection, head);
            })) {
                long start = System.nanoTime();
                Verdict verdict =
                        verify(peer.address(), Target.Scheme.RTSP, "/main", Optional.empty(), Duration.ofMillis(400));
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(650));
                assertThat(verdict.findings()).isNotEmpty();
            }
        }
    }
}
