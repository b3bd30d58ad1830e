package dev.porthole.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.Secret;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.ReachabilityVerifier;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CameraVerifierTest {
    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(ReachabilityVerifier.class)).hasExactlyElementsOfTypes(CameraVerifier.class);
    }

    @ParameterizedTest
    @EnumSource(Target.Scheme.class)
    void supportsEverySchemeFromThisHost(Target.Scheme scheme) {
        assertThat(new CameraVerifier().supports(scheme, Vantage.HERE)).isTrue();
        assertThat(new CameraVerifier().supports(scheme, Vantage.HAIRPIN)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Target.Scheme.class)
    void withoutTimeNothingCanBeSaid(Target.Scheme scheme) throws Exception {
        Target target =
                Target.at(scheme, java.net.InetAddress.getLoopbackAddress(), 1).build();
        Verdict verdict = new CameraVerifier().verify(target, Vantage.HERE, Deadline.after(Duration.ZERO));
        assertThat(verdict.status()).isEqualTo(Verdict.Status.INCONCLUSIVE);
        assertThat(verdict.stage()).isEqualTo(Stage.CONNECT);
        assertThat(Tries.codes(verdict)).containsExactly(FindingCode.TIMED_OUT);
    }

    @Test
    void anInterruptedThreadTriesNothing() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Tries.here(Tries.rtsp(Peer.deadPort()))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theCallersMistakesAreSaid() {
        Credentials split = new Credentials("admin\r\nX-Header: x", Secret.of("p"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tries.here(Tries.rtsp(1).credentials(Optional.of(split))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tries.here(Tries.rtsp(1).path("/" + "x".repeat(3000))));
        CameraVerifier.Builder builder = CameraVerifier.builder();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.connectTimeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.answerTimeout(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.userAgent(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.userAgent("a\r\nb"));
    }

    @Test
    void theUserAgentIsTheCallers() throws Exception {
        CameraVerifier verifier =
                CameraVerifier.builder().userAgent("Acme VMS/7").build();
        try (Peer peer = Peer.answering(request -> "RTSP/1.0 404 No\r\n\r\n")) {
            Tries.here(verifier, Tries.rtsp(peer.port()));
            assertThat(peer.requests())
                    .allSatisfy(request -> assertThat(request.headers()).containsEntry("User-Agent", "Acme VMS/7"));
        }
    }

    @Test
    void answersAreAwaitedNoLongerThanSet() throws Exception {
        CameraVerifier verifier =
                CameraVerifier.builder().answerTimeout(Duration.ofMillis(100)).build();
        try (Peer peer = Peer.holding(Peer.Connection::silence)) {
            assertThat(Tries.codes(Tries.here(verifier, Tries.rtsp(peer.port()))))
                    .containsExactly(FindingCode.TIMED_OUT);
            assertThat(Tries.codes(Tries.here(verifier, Tries.http(peer.port()))))
                    .containsExactly(FindingCode.TIMED_OUT);
        }
    }
}
