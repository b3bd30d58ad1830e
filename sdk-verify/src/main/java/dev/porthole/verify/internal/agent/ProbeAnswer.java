package dev.porthole.verify.internal.agent;

import dev.porthole.diagnose.Finding;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What came of one probe, as it crosses the network.
 *
 * @param status whether the service was reached
 * @param stage as of {@link Verdict#stage}
 * @param times as of {@link Verdict#times}
 * @param evidence what comparing devices needs; never a body
 * @param findings what follows from it
 */
record ProbeAnswer(
        Verdict.Status status,
        Stage stage,
        Map<Stage, Duration> times,
        Map<String, String> evidence,
        List<Finding> findings) {}
