package dev.porthole.examples;

import dev.porthole.Diagnosis;
import dev.porthole.Publication;
import dev.porthole.reach.Verdict;
import java.util.Collection;
import java.util.Optional;

/** What the process ends with. Scripts rely on these numbers. */
enum ExitStatus {
    /** Done, and reachable where that was verified. */
    DONE(0),
    /** The command line itself was wrong; nothing was done. */
    USAGE(2),
    /** Not published, or not released: the findings say why. */
    NOT_PUBLISHED(3),
    /** Published, and not reachable. */
    NOT_REACHABLE(4),
    /** Published, and nobody can say whether it is reachable. */
    INCONCLUSIVE(5),
    /** Interrupted by the user; 128 + SIGINT, as shells have it. */
    INTERRUPTED(130);

    private final int number;

    ExitStatus(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The status for an outcome of publishing; {@code verify} says whether reachability was to be tried. */
    static ExitStatus of(Publication.Status status, boolean verify) {
        return switch (status) {
            case REACHABLE -> DONE;
            case MAPPED -> verify ? INCONCLUSIVE : DONE;
            case INCONCLUSIVE -> INCONCLUSIVE;
            case UNREACHABLE -> NOT_REACHABLE;
            case NOT_PUBLISHED -> NOT_PUBLISHED;
        };
    }

    /** The status for an examination. */
    static ExitStatus of(Diagnosis.Status status) {
        return switch (status) {
            case REACHABLE -> DONE;
            case NOT_MAPPED -> NOT_PUBLISHED;
            case UNREACHABLE -> NOT_REACHABLE;
            case INCONCLUSIVE -> INCONCLUSIVE;
        };
    }

    /** The status for verdicts alone: one that is unreachable decides, then one that is inconclusive or missing. */
    static ExitStatus of(Collection<Optional<Verdict>> verdicts) {
        boolean all = true;
        for (Optional<Verdict> verdict : verdicts) {
            if (verdict.filter(v -> v.status() == Verdict.Status.UNREACHABLE).isPresent()) {
                return NOT_REACHABLE;
            }
            all &= verdict.filter(v -> v.status() == Verdict.Status.REACHABLE).isPresent();
        }
        return all ? DONE : INCONCLUSIVE;
    }
}
