package dev.porthole.verify.internal.rtsp;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.diagnose.Severity;
import dev.porthole.verify.internal.Attempt;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The places that a camera names for its stream, compared with the one that was dialled. A private address is what
 * cameras behind a NAT name, and clients put the one they dialled in its place; another port is what breaks them. Not
 * thread-safe.
 */
final class NamedPlaces {
    private final Attempt attempt;
    private final boolean tunnelled;
    private final Map<String, RtspAddress> otherPorts = new LinkedHashMap<>();
    private final Set<Integer> followed = new HashSet<>();

    /**
     * Starts without any.
     *
     * @param tunnelled whether RTSP goes within HTTP: then its port is of no importance to anyone
     */
    NamedPlaces(Attempt attempt, boolean tunnelled) {
        this.attempt = attempt;
        this.tunnelled = tunnelled;
    }

    /** A redirection to a port was followed: where the stream plays there, clients can go there too. */
    void follows(int port) {
        followed.add(port);
    }

    /**
     * Notes a place.
     *
     * @param key of the evidence, where the place is not the one dialled
     * @param where what names it, in words
     */
    void named(String key, String where, Optional<RtspAddress> place) {
        RtspAddress dialled = RtspAddress.of(attempt.target());
        place.filter(named -> !named.endpoint().equals(dialled.endpoint())).ifPresent(named -> {
            attempt.saw(key, named.endpoint());
            if (named.port() != dialled.port() && !tunnelled) {
                otherPorts.putIfAbsent(where, named);
            }
        });
    }

    /** Whether another port was named. */
    boolean otherPort() {
        return !otherPorts.isEmpty();
    }

    /** The finding where another port was named. */
    Optional<Finding> mismatch(boolean plays) {
        return otherPorts.entrySet().stream()
                .filter(entry -> !plays || !followed.contains(entry.getValue().port()))
                .findFirst()
                .map(entry -> finding(entry.getKey(), entry.getValue(), plays));
    }

    private Finding finding(String where, RtspAddress place, boolean plays) {
        int dialled = attempt.target().port();
        String names = "the camera names " + attempt.clean(place.uri()) + " for its stream (in " + where + "), port "
                + place.port() + " instead of " + dialled;
        String message = plays
                ? "The stream plays at " + attempt.target().uri() + ", but " + names
                        + ". Clients that follow the camera's URL, as NVRs and CMSs do, dial port " + place.port()
                        + " and fail."
                : "The stream does not play at " + attempt.target().uri() + ", and " + names + ". Port " + place.port()
                        + " is not the one that was mapped and dialled.";
        return new Finding(
                FindingCode.RTSP_PORT_MISMATCH,
                plays ? Severity.WARNING : Severity.ERROR,
                message,
                "Make the camera's RTSP port and its external port the same: map external port " + place.port()
                        + ", or set the camera's RTSP port to " + dialled
                        + " and map that. Else enter the external port in the camera's own UPnP or NAT page, or"
                        + " register the URL above by hand.");
    }
}
