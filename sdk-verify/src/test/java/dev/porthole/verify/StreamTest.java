package dev.porthole.verify;

import static dev.porthole.verify.Tries.codes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Deadline;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.diagnose.Severity;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import dev.porthole.reach.Verdict.Status;
import dev.porthole.testing.CameraBehaviour;
import dev.porthole.testing.CameraQuirk;
import dev.porthole.testing.FakeCamera;
import dev.porthole.testing.Fault;
import dev.porthole.testing.HttpReply;
import dev.porthole.testing.RecordedRequest;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are played: what is seen of them, how they are asked for, and that they are always left in order. */
class StreamTest {
    private static final Duration MEDIA_TIME = Duration.ofMillis(300);

    private static CameraVerifier verifier(Duration mediaTime) {
        return CameraVerifier.builder()
                .mediaTime(mediaTime)
                .answerTimeout(Duration.ofSeconds(2))
                .build();
    }

    private static Target target(Target.Scheme scheme, FakeCamera camera, int port) {
        return Target.at(scheme, camera.rtspAddress().getAddress(), port)
                .path(camera.path())
                .credentials(Optional.of(camera.credentials()))
                .build();
    }

    private static Verdict verify(FakeCamera camera, Duration mediaTime, Duration deadline)
            throws InterruptedException {
        InetSocketAddress at = camera.rtspAddress();
        return verifier(mediaTime)
                .verify(target(Target.Scheme.RTSP, camera, at.getPort()), Vantage.HERE, Deadline.after(deadline));
    }

    private static Verdict verify(FakeCamera camera) throws InterruptedException {
        return verify(camera, MEDIA_TIME, Tries.AMPLE);
    }

    private static FakeCamera camera(Consumer<CameraBehaviour> behaviour) throws Exception {
        return FakeCamera.options().behaviour(behaviour).start();
    }

    @Test
    void aStreamThatPlaysIsShownWithWhatWasSeenOfIt() throws Exception {
        try (FakeCamera camera = FakeCamera.start()) {
            Verdict verdict = verify(camera);
            assertThat(verdict.status()).isEqualTo(Status.REACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.MEDIA);
            assertThat(verdict.findings()).isEmpty();
            assertThat(verdict.times())
                    .containsOnlyKeys(
                            Stage.CONNECT,
                            Stage.PROTOCOL,
                            Stage.AUTH,
                            Stage.DESCRIBE,
                            Stage.SETUP,
                            Stage.PLAY,
                            Stage.MEDIA);
            assertThat(List.copyOf(verdict.times().values())).isSorted();
            assertThat(verdict.evidence())
                    .containsEntry("codec", "H264")
                    .containsEntry("resolution", "320x180")
                    .containsEntry("frameRate", "10 (SPS)")
                    .containsEntry("gaps", "0")
                    .containsEntry("decoderStart", "parameter sets in the description");
            assertThat(verdict.evidence().get("ssrc")).matches("[0-9A-F]{8}");
            assertThat(Long.parseLong(verdict.evidence().get("mediaMs"))).isBetween(300L, 2_000L);
            assertThat(Long.parseLong(verdict.evidence().get("packets"))).isBetween(4L, 40L);
            assertThat(Long.parseLong(verdict.evidence().get("firstPacketMs")))
                    .isLessThanOrEqualTo(verdict.times().get(Stage.MEDIA).toMillis());
            assertThat(camera.rtspRequests().stream().map(RecordedRequest::kind))
                    .containsExactly("OPTIONS", "DESCRIBE", "DESCRIBE", "SETUP", "PLAY", "TEARDOWN");
        }
    }

    @Test
    void whatTheDescriptionLeavesOutIsSeenInTheStream() throws Exception {
        try (FakeCamera camera = camera(behaviour -> behaviour.describe(
                sdp -> sdp.replaceAll(";sprop-parameter-sets=[^\r]*", "") + "a=framerate:12.5\r\n"))) {
            assertThat(verify(camera).evidence())
                    .containsEntry("resolution", "320x180")
                    .containsEntry("decoderStart", "parameter sets in the stream");
        }
    }

    @Test
    void soundAloneIsAStreamToo() throws Exception {
        try (FakeCamera camera =
                FakeCamera.options().quirks(CameraQuirk.AUDIO_ONLY).start()) {
            Verdict verdict = verify(camera);
            assertThat(verdict.stage()).isEqualTo(Stage.MEDIA);
            assertThat(verdict.evidence()).containsEntry("codec", "PCMU").doesNotContainKey("resolution");
        }
    }

    @Test
    void aVideoWhoseSoundIsRefusedPlays() throws Exception {
        try (FakeCamera camera = camera(behaviour -> behaviour
                .audio()
                .object(request -> request.target().endsWith("trackID=2")
                        ? Optional.of(
                                HttpReply.of(404, "Not Found", new byte[0]).withStatusLine("RTSP/1.0 404 Not Found"))
                        : Optional.empty()))) {
            assertThat(verify(camera).stage()).isEqualTo(Stage.MEDIA);
        }
    }

    @Test
    void theSessionsLastNameIsTheOneThatIsUsed() throws Exception {
        try (FakeCamera camera = FakeCamera.options()
                .quirks(CameraQuirk.AUDIO, CameraQuirk.SESSION_CHANGES)
                .start()) {
            assertThat(verify(camera).stage()).isEqualTo(Stage.MEDIA);
        }
    }

    @Test
    void whereADescriptionIsEnoughNothingIsPlayed() throws Exception {
        try (FakeCamera camera = FakeCamera.start()) {
            Target target =
                    target(Target.Scheme.RTSP, camera, camera.rtspAddress().getPort());
            Verdict verdict = Tries.describing().verify(target, Vantage.HERE, Deadline.after(Tries.AMPLE));
            assertThat(verdict.stage()).isEqualTo(Stage.DESCRIBE);
            assertThat(camera.count("SETUP")).isZero();
        }
    }

    @Test
    void aStreamWithoutALoginIsWarnedOf() throws Exception {
        try (FakeCamera camera = FakeCamera.options().rtspLogin().start()) {
            Verdict verdict = verify(camera);
            assertThat(verdict.stage()).isEqualTo(Stage.MEDIA);
            assertThat(codes(verdict)).containsExactly(FindingCode.NO_LOGIN);
        }
    }

    @Test
    void thePortThatTheCameraNamesIsTheCauseWhereTheStreamDoesNotPlay() throws Exception {
        try (FakeCamera camera = FakeCamera.options()
                .quirks(CameraQuirk.CONTENT_BASE_OWN_ADDRESS, CameraQuirk.NO_BANDWIDTH)
                .ownAuthority("192.168.69.110:5554")
                .start()) {
            Verdict verdict = verify(camera);
            assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(codes(verdict)).containsExactly(FindingCode.RTSP_PORT_MISMATCH, FindingCode.MEDIA_NOT_FLOWING);
            assertThat(verdict.findings().get(0).severity()).isEqualTo(Severity.ERROR);
            assertThat(verdict.findings().get(0).message()).contains("rtsp://192.168.69.110:5554/main", "5554");
        }
    }

    @Test
    void thePortThatTheCameraNamesIsAWarningWhereTheStreamPlays() throws Exception {
        try (FakeCamera camera = FakeCamera.options()
                .quirks(CameraQuirk.CONTROL_OWN_ADDRESS)
                .ownAuthority("192.168.69.110:5554")
                .start()) {
            Verdict verdict = verify(camera);
            assertThat(verdict.stage()).isEqualTo(Stage.MEDIA);
            assertThat(codes(verdict)).containsExactly(FindingCode.RTSP_PORT_MISMATCH);
            assertThat(verdict.findings().get(0).severity()).isEqualTo(Severity.WARNING);
            assertThat(verdict.findings().get(0).remedy())
                    .contains("5554", Integer.toString(camera.rtspAddress().getPort()));
        }
    }

    @Test
    void aRedirectionToAnotherPortIsTheCauseOnlyWhereNothingPlaysThere() throws Exception {
        try (FakeCamera stream = FakeCamera.start();
                FakeCamera camera = camera(behaviour ->
                        behaviour.object(request -> request.kind().equals("DESCRIBE")
                                ? Optional.of(HttpReply.of(302, "Moved", new byte[0])
                                        .withStatusLine("RTSP/1.0 302 Moved")
                                        .with(
                                                "Location",
                                                "rtsp://127.0.0.1:"
                                                        + stream.rtspAddress().getPort() + "/main"))
                                : Optional.empty()))) {
            Verdict plays = verify(camera);
            assertThat(plays.stage()).isEqualTo(Stage.MEDIA);
            assertThat(plays.findings()).isEmpty();
            stream.rtspFaults().next("OPTIONS", Fault.close());
            Verdict fails = verify(camera);
            assertThat(fails.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(codes(fails)).startsWith(FindingCode.RTSP_PORT_MISMATCH);
        }
    }

    @Test
    void aPrivateAddressWithTheRightPortIsNormal() throws Exception {
        int port = Peer.deadPort();
        try (FakeCamera camera = FakeCamera.options()
                .quirks(CameraQuirk.CONTENT_BASE_OWN_ADDRESS)
                .rtspPort(port)
                .ownAuthority("192.168.69.110:" + port)
                .start()) {
            Verdict verdict = verify(camera);
            assertThat(verdict.stage()).isEqualTo(Stage.MEDIA);
            assertThat(verdict.findings()).isEmpty();
            assertThat(verdict.evidence()).containsEntry("contentBaseEndpoint", "192.168.69.110:" + port);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SETUP, 401, AUTH_FAILED, may not play it",
        "SETUP, 404, MEDIA_NOT_FLOWING, does not know the stream",
        "SETUP, 453, MEDIA_NOT_FLOWING, no viewer left",
        "SETUP, 461, MEDIA_NOT_FLOWING, does not send over the RTSP connection",
        "SETUP, 302, NOT_REACHABLE, redirects",
        "PLAY, 454, MEDIA_NOT_FLOWING, does not know the stream or session",
        "PLAY, 455, MEDIA_NOT_FLOWING, cannot be asked for now",
        "PLAY, 459, MEDIA_NOT_FLOWING, controlled in another way",
        "PLAY, 503, MEDIA_NOT_FLOWING, busy",
        "PLAY, 551, MEDIA_NOT_FLOWING, does not say more"
    })
    void aRefusalIsToldInWords(String method, int status, FindingCode code, String words) throws Exception {
        try (FakeCamera camera = camera(behaviour -> behaviour.object(request -> request.kind()
                        .equals(method)
                ? Optional.of(HttpReply.of(status, "No", new byte[0]).withStatusLine("RTSP/1.0 " + status + " No"))
                : Optional.empty()))) {
            Verdict verdict = verify(camera);
            assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(codes(verdict)).containsExactly(code);
            assertThat(verdict.findings().get(0).message()).contains(words);
            assertThat(camera.openSessions() + camera.abandonedSessions()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET_PARAMETER", "OPTIONS"})
    void aSessionIsKeptAliveWhileItIsWatched(String method) throws Exception {
        try (FakeCamera camera = FakeCamera.options()
                .quirks(
                        method.equals("OPTIONS")
                                ? new CameraQuirk[] {CameraQuirk.NO_GET_PARAMETER}
                                : new CameraQuirk[0])
                .behaviour(behaviour -> behaviour
                        .needsKeepAlive(Duration.ofMillis(1_200))
                        .dressReplies(reply -> reply.withHeaders(
                                (name, value) -> name.equals("Session") ? value.replace("=60", "=1") : value)))
                .start()) {
            Verdict verdict = verify(camera, Duration.ofMillis(1_900), Tries.AMPLE);
            assertThat(verdict.stage()).isEqualTo(Stage.MEDIA);
            assertThat(camera.count(method)).isGreaterThan(1);
        }
    }

    @Test
    void aStreamThatPlaysUntilTheDeadlineIsNotBlamedAndIsTornDown() throws Exception {
        try (FakeCamera camera = FakeCamera.start()) {
            long start = System.nanoTime();
            Verdict verdict = verify(camera, Duration.ofMinutes(1), Duration.ofMillis(600));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(850));
            assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
            assertThat(verdict.stage()).isEqualTo(Stage.MEDIA);
            assertThat(codes(verdict)).containsExactly(FindingCode.TIMED_OUT);
            assertThat(verdict.findings().get(0).message()).contains("played for", "60000 ms");
            assertThat(camera.count("TEARDOWN")).isEqualTo(1);
            assertThat(camera.abandonedSessions()).isZero();
        }
    }

    @Test
    void interruptionEndsAStreamAtOnceAndTearsItDown() throws Exception {
        try (FakeCamera camera = FakeCamera.start()) {
            FutureTask<Verdict> attempt =
                    new FutureTask<>(() -> verify(camera, Duration.ofMinutes(1), Duration.ofMinutes(2)));
            Thread thread = new Thread(attempt);
            thread.start();
            while (camera.packetsSent() < 3) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            thread.interrupt();
            assertThatThrownBy(() -> attempt.get(2, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
            assertThat(camera.count("TEARDOWN")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = HostilePeerTest.Misdeed.class,
            names = {"SILENCE", "HANG_UP", "DRIP", "ENDLESS_HEADER", "ENDLESS_FRAMES", "UNFINISHED_BODY"})
    void whateverComesInsteadOfMediaAVerdictComesInTime(HostilePeerTest.Misdeed misdeed) throws Exception {
        String sdp = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n";
        try (Peer peer = Peer.holding(connection -> {
            for (Peer.Request request = connection.request(); request != null; request = connection.request()) {
                connection.send("RTSP/1.0 200 OK\r\nSession: 7\r\n"
                        + (request.method().equals("DESCRIBE")
                                ? "Content-Length: " + sdp.length() + "\r\n\r\n" + sdp
                                : "\r\n"));
                if (request.method().equals("PLAY")) {
                    misdeed.commit(connection, "RTSP/1.0 200 OK\r\n");
                    return;
                }
            }
        })) {
            long start = System.nanoTime();
            Verdict verdict = verifier(MEDIA_TIME)
                    .verify(Tries.rtsp(peer.port()).build(), Vantage.HERE, Deadline.after(Duration.ofMillis(600)));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(850));
            assertThat(verdict.stage()).isEqualTo(Stage.MEDIA);
            assertThat(codes(verdict)).startsWith(FindingCode.MEDIA_NOT_FLOWING);
        }
    }

    @Test
    void mediaOverTlsPlays(@TempDir Path folder) throws Exception {
        try (FakeCamera camera = FakeCamera.start();
                TlsFront front = new TlsFront(TlsDevice.newKey(folder, "camera"), camera.rtspAddress())) {
            Verdict verdict = verifier(MEDIA_TIME)
                    .verify(
                            target(Target.Scheme.RTSPS, camera, front.port()),
                            Vantage.HERE,
                            Deadline.after(Tries.AMPLE));
            assertThat(verdict.status()).isEqualTo(Status.REACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.MEDIA);
            assertThat(verdict.times()).containsKey(Stage.TLS);
            assertThat(camera.count("TEARDOWN")).isEqualTo(1);
        }
    }
}
