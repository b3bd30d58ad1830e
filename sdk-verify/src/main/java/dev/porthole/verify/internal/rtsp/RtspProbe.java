package dev.porthole.verify.internal.rtsp;

import dev.porthole.Deadline;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.ConnectFailure;
import dev.porthole.verify.internal.DigestMemory;
import dev.porthole.verify.internal.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tries a stream: connects, asks for the options, has the stream described, logging in where asked to, and plays it.
 * Thread-safe.
 */
public final class RtspProbe {
    /** A camera that redirects names its stream server at once; a longer chain is a loop. */
    private static final int MAX_REDIRECTS = 2;

    private final Settings settings;
    private final DigestMemory memory;
    private final RtspFailure failure;
    private final NamedByOnvif namedByOnvif;

    /** Takes what is shared with other probes. */
    public RtspProbe(Settings settings, DigestMemory memory, ConnectFailure connectFailure, NamedByOnvif namedByOnvif) {
        this.settings = settings;
        this.memory = memory;
        this.failure = new RtspFailure(connectFailure);
        this.namedByOnvif = namedByOnvif;
    }

    /**
     * Tries the attempt's target.
     *
     * @param attempt just begun
     * @param attemptBy when to give up trying
     * @param deadline when the verdict must be there; what is left after {@code attemptBy} serves to find the cause
     * @return the verdict
     * @throws IOException where the thread was interrupted
     * @throws InterruptedException likewise
     */
    public Verdict probe(Attempt attempt, Deadline attemptBy, Deadline deadline)
            throws IOException, InterruptedException {
        NamedPlaces places = new NamedPlaces(attempt, settings.tunnel());
        Verdict walked = walk(attempt, places, attemptBy, deadline);
        Verdict verdict = namedByOnvif.added(walked, attempt, places, deadline);
        return withMismatch(verdict, places);
    }

    private Verdict walk(Attempt attempt, NamedPlaces places, Deadline attemptBy, Deadline deadline)
            throws IOException {
        RtspAddress address = RtspAddress.of(attempt.target());
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            try (StreamWalk walk = new StreamWalk(attempt, address, settings, memory, places, attemptBy)) {
                Optional<Verdict> verdict = walk.verdict();
                if (verdict.isPresent()) {
                    return verdict.get();
                }
                Optional<RtspAddress> next = walk.redirect();
                if (next.isEmpty() || !mayFollow(address, next.get())) {
                    return strayed(attempt, next);
                }
                address = next.get();
                places.follows(address.port());
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                return failure.verdict(attempt, e, deadline);
            }
        }
        return strayed(attempt, Optional.of(address));
    }

    /** Another port than the mapped one is the cause where the stream does not play, else a warning. */
    private static Verdict withMismatch(Verdict verdict, NamedPlaces places) {
        boolean reached = verdict.status() == Verdict.Status.REACHABLE;
        Optional<Finding> mismatch = places.mismatch(reached);
        if (mismatch.isEmpty() || verdict.stage() == Stage.AUTH) {
            return verdict;
        }
        List<Finding> findings = new ArrayList<>(verdict.findings());
        findings.add(reached ? findings.size() : 0, mismatch.get());
        return NamedByOnvif.with(verdict, verdict.evidence(), findings);
    }

    /** Within the same host only, and never from encrypted to plain. */
    private static boolean mayFollow(RtspAddress from, RtspAddress to) {
        return from.host().equals(to.host()) && (to.tls() || !from.tls());
    }

    private static Verdict strayed(Attempt attempt, Optional<RtspAddress> to) {
        attempt.begin(Stage.DESCRIBE);
        return attempt.failed(
                FindingCode.NOT_REACHABLE,
                "The server at " + attempt.target().uri() + " redirects to "
                        + to.map(address -> attempt.clean(address.uri())).orElse("a place that it does not name")
                        + ", which is not followed.",
                "Register the address that the camera redirects to, with the external port of its mapping; or set the"
                        + " camera to serve the stream itself.");
    }

    /** The endpoint to dial for a place on the target's host. */
    static InetSocketAddress dial(Settings settings, Target target, RtspAddress address) {
        return settings.route().apply(new InetSocketAddress(target.address(), address.port()));
    }
}
