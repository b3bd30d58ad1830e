package dev.porthole.verify.internal.agent;

import dev.porthole.Deadline;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.CameraVerifier;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.LanSide;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges a stream that an agent saw outside, by what the camera's stream server shows on the LAN. Thread-safe. */
final class StreamElsewhere {
    /** Ten round trips on a LAN; old cameras take 2 to 3 s to describe a stream. */
    private static final Duration LOOK = Duration.ofSeconds(4);

    private static final String MAPPING =
            "Check that the mapping's internal address and port are the camera's, and that"
                    + " no other rule or service of the router takes the external port; then map it again or choose another"
                    + " external port.";

    private final CameraVerifier near;
    private final LanSide lan;

    StreamElsewhere(CameraVerifier near, LanSide lan) {
        this.near = near;
        this.lan = lan;
    }

    /** The verdict where it is not the camera's stream; else empty, and the evidence tells what agrees. */
    Optional<Verdict> wrong(Attempt attempt, Map<String, String> told, Deadline deadline) throws InterruptedException {
        Optional<InternalEndpoint> internal = attempt.target().internal();
        boolean visible = internal.flatMap(camera -> lan.near(camera.address(), camera.port()))
                .isPresent();
        if (!visible || deadline.expired()) {
            return Optional.empty();
        }
        InternalEndpoint camera = internal.get();
        Target target = Target.at(attempt.target().scheme(), camera.address(), camera.port())
                .path(attempt.target().path())
                .build();
        Verdict onLan = near.verify(target, Vantage.HERE, deadline.within(LOOK));
        if (onLan.status() == Verdict.Status.UNREACHABLE && onLan.stage() == Stage.CONNECT) {
            return Optional.of(silent(attempt, camera));
        }
        return compared(attempt, told, onLan.evidence(), camera);
    }

    private static Optional<Verdict> compared(
            Attempt attempt, Map<String, String> told, Map<String, String> onLan, InternalEndpoint camera) {
        for (String name : List.of("tlsKey", "realm", "server")) {
            String outside = told.getOrDefault(name, "");
            String inside = onLan.getOrDefault(name, "");
            if (outside.isEmpty() || inside.isEmpty()) {
                continue;
            }
            String words = name.equals("tlsKey") ? "TLS key" : name;
            if (!outside.equals(inside)) {
                return Optional.of(another(attempt, words, camera));
            }
            // Cameras of one model share their server's name; a realm or a key is one camera's more often than not.
            if (!name.equals("server")) {
                attempt.saw("identity", "THIS_CAMERA");
                attempt.saw("identifiedBy", "the same " + words + " as on the LAN at " + camera);
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Verdict another(Attempt attempt, String what, InternalEndpoint camera) {
        attempt.saw("identity", "ANOTHER_DEVICE");
        return attempt.failed(
                FindingCode.WRONG_DEVICE,
                "At " + attempt.target().uri() + " another stream server than the camera's answers (its " + what
                        + " is not that of " + camera + " on the LAN).",
                MAPPING);
    }

    private static Verdict silent(Attempt attempt, InternalEndpoint camera) {
        attempt.saw("identity", "NOT_THE_SILENT_CAMERA");
        return attempt.failed(List.of(
                Finding.of(
                        FindingCode.CAMERA_DOWN,
                        "The camera does not answer on the LAN: it accepts no connection at " + camera + ".",
                        "Check that the camera has power and network, that its address is still the same and that its"
                                + " stream service is switched on."),
                Finding.of(
                        FindingCode.WRONG_DEVICE,
                        "At " + attempt.target().uri() + " something else answers in its place.",
                        MAPPING)));
    }
}
