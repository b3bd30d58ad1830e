package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.Severity;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link Porthole#diagnose} found out: the way from the vantage to each service, and where it is broken.
 *
 * @param gateway the gateway; empty where none was found
 * @param externalAddress the gateway's external address
 * @param reflexiveAddress the address by which this host is seen from outside; empty where nobody was asked, or answered
 * @param vantage from where the services were tried
 * @param services each service of each camera, in order
 * @param findings what was found out, errors first and among them the cause first
 * @param took how long it took
 */
public record Diagnosis(
        Optional<Gateway> gateway,
        ExternalAddress externalAddress,
        Optional<InetAddress> reflexiveAddress,
        Vantage vantage,
        List<ExaminedService> services,
        List<Finding> findings,
        Duration took) {
    /** What can be said as a whole. */
    public enum Status {
        /** Every service is mapped and was reached. */
        REACHABLE,
        /** A service has no mapping. */
        NOT_MAPPED,
        /** Every service is mapped and at least one was not reached. */
        UNREACHABLE,
        /** Every service is mapped; whether all can be reached could not be told from the vantage. */
        INCONCLUSIVE
    }

    /** Copies the lists. */
    public Diagnosis {
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(externalAddress, "externalAddress");
        Objects.requireNonNull(reflexiveAddress, "reflexiveAddress");
        Objects.requireNonNull(vantage, "vantage");
        Objects.requireNonNull(took, "took");
        services = List.copyOf(services);
        findings = List.copyOf(findings);
    }

    /**
     * What can be said as a whole.
     *
     * @return the status
     */
    public Status status() {
        if (services.stream().allMatch(ExaminedService::reachable)) {
            return Status.REACHABLE;
        }
        if (services.stream().anyMatch(service -> service.target().isEmpty() || service.trial())) {
            return Status.NOT_MAPPED;
        }
        boolean failed = services.stream()
                .anyMatch(service -> service.failsOnLan()
                        || service.outside()
                                .filter(verdict -> verdict.status() == Verdict.Status.UNREACHABLE)
                                .isPresent());
        return failed ? Status.UNREACHABLE : Status.INCONCLUSIVE;
    }

    /**
     * The first cause of what is wrong.
     *
     * @return empty where nothing is
     */
    public Optional<Finding> firstCause() {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .findFirst();
    }
}
