package dev.porthole.reach;

import dev.porthole.diagnose.Finding;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an attempt to reach a service showed.
 *
 * @param status whether the service was reached
 * @param stage the last stage passed where it was reached, else the stage that failed
 * @param vantage from where it was tried
 * @param times time from the start of the attempt to the end of each stage passed, in order
 * @param evidence what was seen, by name, in the order seen: for example {@code status}, {@code server}, {@code realm};
 *     bounded, without secrets
 * @param findings what follows from it, the cause first
 */
public record Verdict(
        Status status,
        Stage stage,
        Vantage vantage,
        Map<Stage, Duration> times,
        Map<String, String> evidence,
        List<Finding> findings) {
    /** Whether the service was reached. */
    public enum Status {
        /** Reached, as the evidence shows. */
        REACHABLE,
        /** Not reached, and the vantage is good enough to say so. */
        UNREACHABLE,
        /** Nothing can be said. */
        INCONCLUSIVE
    }

    /** Copies the collections, keeping their order. */
    public Verdict {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(vantage, "vantage");
        times = Collections.unmodifiableMap(new LinkedHashMap<>(times));
        evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
        findings = List.copyOf(findings);
    }
}
