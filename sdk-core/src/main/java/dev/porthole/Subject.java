package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One service under examination, as what is known of it grows. Used by one thread. */
final class Subject {
    private final Camera camera;
    private final CameraService service;
    private final List<Finding> causes = new ArrayList<>();
    private @Nullable Verdict onLan;
    private @Nullable MadeMapping mapping;
    private @Nullable PublishedEndpoint endpoint;
    private @Nullable Target target;
    private @Nullable Verdict outside;
    private boolean trial;

    Subject(Camera camera, CameraService service) {
        this.camera = camera;
        this.service = service;
    }

    Camera camera() {
        return camera;
    }

    CameraService service() {
        return service;
    }

    boolean mapped() {
        return mapping != null;
    }

    boolean stream() {
        return service.scheme() == Target.Scheme.RTSP || service.scheme() == Target.Scheme.RTSPS;
    }

    /** Whether a cause is known already that no mapping would change. */
    boolean settled() {
        return !causes.isEmpty() || down();
    }

    /** Whether the service does not even answer on the LAN. */
    private boolean down() {
        return onLan != null && onLan.findings().stream().anyMatch(f -> f.code() == FindingCode.CAMERA_DOWN);
    }

    void cause(Finding finding) {
        if (!causes.contains(finding)) {
            causes.add(finding);
        }
    }

    /** What the service showed on the LAN. */
    void onLan(Verdict verdict) {
        onLan = verdict;
    }

    /** Whether the camera refused the account on the LAN: it must not be sent again. */
    boolean accountRefused() {
        return onLan != null && onLan.findings().stream().anyMatch(f -> f.code() == FindingCode.AUTH_FAILED);
    }

    /** The camera as it is tried from outside. */
    Camera outward() {
        return accountRefused() ? camera.withoutCredentials() : camera;
    }

    void mapped(MadeMapping found, boolean forTheTrial) {
        mapping = found;
        trial = forTheTrial;
        endpoint = found.endpoint();
    }

    /** The service as it would be published; empty where nothing leads to it. */
    Optional<PublishedEndpoint> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /** What the service showed from the vantage. */
    void tried(PublishedEndpoint now) {
        endpoint = now;
    }

    /** What the service showed at an external endpoint that nobody here has mapped. */
    void tried(Target place, Optional<Verdict> verdict) {
        target = place;
        outside = verdict.orElse(null);
    }

    /** What the LAN shows as well is said once, in the LAN's words. */
    private boolean seenOnLan(FindingCode code) {
        return onLan != null && onLan.findings().stream().anyMatch(finding -> finding.code() == code);
    }

    ExaminedService examined() {
        Optional<Verdict> seen = endpoint().flatMap(PublishedEndpoint::verdict).or(() -> Optional.ofNullable(outside));
        List<Finding> all = new ArrayList<>(causes);
        seen.ifPresent(verdict -> verdict.findings().stream()
                .filter(finding -> !seenOnLan(finding.code()))
                .forEach(all::add));
        if (accountRefused()) {
            // It was withheld, not missing.
            all.removeIf(finding -> finding.code() == FindingCode.AUTH_REQUIRED);
        }
        if (onLan != null) {
            all.addAll(onLan.findings());
        }
        return new ExaminedService(
                camera,
                service,
                Optional.ofNullable(onLan),
                endpoint().map(PublishedEndpoint::mapping),
                trial,
                endpoint().flatMap(PublishedEndpoint::target).or(() -> Optional.ofNullable(target)),
                seen,
                Findings.byCause(all));
    }
}
