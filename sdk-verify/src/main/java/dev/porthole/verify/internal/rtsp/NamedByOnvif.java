package dev.porthole.verify.internal.rtsp;

import dev.porthole.Deadline;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.LanSide;
import dev.porthole.verify.internal.Settings;
import dev.porthole.verify.internal.onvif.OnvifClient;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The place that a camera names by ONVIF, which is what NVRs and CMSs go by. Asked only on the camera's LAN, with an
 * account, and where the answer is of use. Thread-safe.
 */
public final class NamedByOnvif {
    private final OnvifClient onvif;
    private final Settings settings;
    private final LanSide lan;

    /** Takes what is shared with other probes. */
    public NamedByOnvif(OnvifClient onvif, Settings settings, LanSide lan) {
        this.onvif = onvif;
        this.settings = settings;
        this.lan = lan;
    }

    /** The verdict with what the camera says, where it was asked. */
    Verdict added(Verdict verdict, Attempt attempt, NamedPlaces places, Deadline deadline) throws InterruptedException {
        Optional<InetSocketAddress> camera = attempt.target()
                .internal()
                .map(InternalEndpoint::address)
                .flatMap(address -> lan.near(address, settings.onvifPort()));
        boolean possible = camera.isPresent() && attempt.target().credentials().isPresent() && !deadline.expired();
        if (!possible || !useful(verdict, places)) {
            return verdict;
        }
        Optional<String> named =
                onvif.streamUri(camera.get(), attempt.target().credentials().get(), deadline);
        if (named.isEmpty()) {
            return verdict;
        }
        attempt.saw("onvifStreamUri", named.get());
        Optional<RtspAddress> place = RtspAddress.parse(named.get());
        places.named("onvifEndpoint", "ONVIF GetStreamUri", place);
        List<Finding> findings = verdict.findings().stream()
                .map(finding -> place.isPresent() ? withPath(finding, place.get(), attempt) : finding)
                .toList();
        return with(verdict, attempt.evidence(), findings);
    }

    /** The account is known to be wrong after AUTH_FAILED: it must not be used again. */
    private boolean useful(Verdict verdict, NamedPlaces places) {
        boolean refused = verdict.findings().stream().anyMatch(finding -> finding.code() == FindingCode.AUTH_FAILED);
        boolean described = verdict.stage().compareTo(Stage.DESCRIBE) >= 0;
        boolean fails = verdict.status() != Verdict.Status.REACHABLE;
        return !refused && described && (settings.streamUri() || fails || places.otherPort());
    }

    private static Finding withPath(Finding finding, RtspAddress place, Attempt attempt) {
        if (finding.code() != FindingCode.STREAM_NOT_FOUND) {
            return finding;
        }
        return new Finding(
                finding.code(),
                finding.severity(),
                finding.message(),
                "Set the path of the stream to " + attempt.clean(place.path()) + ", which the camera itself gives by"
                        + " ONVIF.");
    }

    /** A verdict with other evidence and findings. */
    static Verdict with(Verdict verdict, Map<String, String> evidence, List<Finding> findings) {
        return new Verdict(verdict.status(), verdict.stage(), verdict.vantage(), verdict.times(), evidence, findings);
    }
}
