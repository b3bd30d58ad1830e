package dev.porthole.verify;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.Secret;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.ReachabilityVerifier;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Short ways to try a target on loopback. */
final class Tries {
    /** Ample on a busy machine; no test waits for it. */
    static final Duration AMPLE = Duration.ofSeconds(20);

    static final Credentials VIEWER = new Credentials("viewer", Secret.of("Kanarie-42"));

    private Tries() {}

    /** Stops where the stream is described: playing it has tests of its own. */
    static CameraVerifier describing() {
        return CameraVerifier.builder().media(false).build();
    }

    static Target.Builder rtsp(int port) {
        return Target.at(Target.Scheme.RTSP, InetAddress.getLoopbackAddress(), port)
                .path("/main");
    }

    static Target.Builder http(int port) {
        return Target.at(Target.Scheme.HTTP, InetAddress.getLoopbackAddress(), port);
    }

    static Target.Builder withViewer(Target.Builder target) {
        return target.credentials(Optional.of(VIEWER));
    }

    static Verdict here(ReachabilityVerifier verifier, Target.Builder target) throws InterruptedException {
        return verifier.verify(target.build(), Vantage.HERE, Deadline.after(AMPLE));
    }

    static Verdict here(Target.Builder target) throws InterruptedException {
        return here(describing(), target);
    }

    static Verdict hairpin(Target.Builder target) throws InterruptedException {
        return describing().verify(target.build(), Vantage.HAIRPIN, Deadline.after(AMPLE));
    }

    static List<FindingCode> codes(Verdict verdict) {
        return verdict.findings().stream().map(Finding::code).toList();
    }
}
