package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.mapping.PortMapping;
import java.util.List;

/**
 * What came of releasing mappings.
 *
 * @param released the mappings that are gone now
 * @param kept the mappings of ours that could not be released; trying again is safe
 * @param findings why, the cause first
 */
public record ReleaseReport(List<PortMapping> released, List<PortMapping> kept, List<Finding> findings) {
    /** Copies the lists. */
    public ReleaseReport {
        released = List.copyOf(released);
        kept = List.copyOf(kept);
        findings = List.copyOf(findings);
    }

    /**
     * Whether nothing of what was to be released is left.
     *
     * @return true where every mapping is gone and nothing kept the question from being answered
     */
    public boolean complete() {
        return kept.isEmpty() && findings.stream().noneMatch(f -> f.severity() == dev.porthole.diagnose.Severity.ERROR);
    }
}
