package dev.porthole.verify;

import static dev.porthole.verify.Tries.codes;
import static dev.porthole.verify.Tries.here;
import static dev.porthole.verify.Tries.withViewer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
import dev.porthole.reach.Verdict.Status;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsTest {
    private static final String SDP = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n";

    @TempDir
    static Path folder;

    private static Path key;
    private static Path otherKey;

    @BeforeAll
    static void makeKeys() throws Exception {
        key = TlsDevice.newKey(folder, "one");
        otherKey = TlsDevice.newKey(folder, "other");
    }

    /** Speaks HTTP and RTSP alike; wants a digest. */
    private static String answer(String request) {
        String protocol = request.contains(" RTSP/1.0") ? "RTSP/1.0" : "HTTP/1.1";
        if (request.startsWith("OPTIONS")) {
            return protocol + " 200 OK\r\nPublic: DESCRIBE\r\n\r\n";
        }
        if (!request.contains("Authorization: ")) {
            return protocol + " 401 No\r\nWWW-Authenticate: Basic realm=\"IP Camera\"\r\nContent-Length: 0\r\n\r\n";
        }
        return protocol + " 200 OK\r\nContent-Length: " + SDP.length() + "\r\n\r\n" + SDP;
    }

    private static Target.Builder target(Target.Scheme scheme, int port) {
        return withViewer(Target.at(scheme, InetAddress.getLoopbackAddress(), port));
    }

    @ParameterizedTest
    @EnumSource(
            value = Target.Scheme.class,
            names = {"HTTPS", "RTSPS"})
    void aSelfSignedCameraIsReachedAndItsPasswordIsNotExposed(Target.Scheme scheme) throws Exception {
        try (TlsDevice camera = new TlsDevice(key, TlsTest::answer)) {
            Verdict verdict = here(target(scheme, camera.port()));
            assertThat(verdict.status()).isEqualTo(Status.REACHABLE);
            assertThat(verdict.times()).containsKeys(Stage.CONNECT, Stage.TLS, Stage.PROTOCOL, Stage.AUTH);
            assertThat(verdict.evidence()).containsEntry("login", "basic").containsKey("tlsKey");
            assertThat(verdict.findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Target.Scheme.class,
            names = {"HTTPS", "RTSPS"})
    void aChangedKeyIsRefusedBeforeTheAccountIsSent(Target.Scheme scheme) throws Exception {
        try (TlsDevice camera = new TlsDevice(key, TlsTest::answer)) {
            CameraVerifier verifier = new CameraVerifier();
            here(verifier, target(scheme, camera.port()));
            int before = camera.requests().size();
            camera.becomes(otherKey);
            Verdict verdict = here(verifier, target(scheme, camera.port()));
            assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.TLS);
            assertThat(codes(verdict)).containsExactly(FindingCode.CERTIFICATE_CHANGED);
            assertThat(camera.requests().subList(before, camera.requests().size()))
                    .noneMatch(request -> request.contains("Authorization"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Target.Scheme.class,
            names = {"HTTPS", "RTSPS"})
    void whatDoesNotSpeakTlsIsSaid(Target.Scheme scheme) throws Exception {
        try (Peer plain = Peer.holding(connection -> connection.send("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            Verdict verdict = here(target(scheme, plain.port()));
            assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.TLS);
        }
    }

    @Test
    void keysAreKeptByTheCaller() throws Exception {
        try (TlsDevice camera = new TlsDevice(key, TlsTest::answer)) {
            KeyPins pins = KeyPins.inMemory();
            here(CameraVerifier.builder().pins(pins).build(), target(Target.Scheme.HTTPS, camera.port()));
            assertThat(pins.pin("127.0.0.1:" + camera.port())).isPresent();
            camera.becomes(otherKey);
            Verdict verdict =
                    here(CameraVerifier.builder().pins(pins).build(), target(Target.Scheme.HTTPS, camera.port()));
            assertThat(codes(verdict)).containsExactly(FindingCode.CERTIFICATE_CHANGED);
        }
    }
}
