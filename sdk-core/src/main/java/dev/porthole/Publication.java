package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.reach.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of publishing: which services are mapped, whether they are reachable, and what was found out. Also a refusal
 * is one of these; its findings say why, the cause first.
 *
 * @param gateway the gateway; empty where none could be used
 * @param externalAddress the gateway's external address
 * @param reflexiveAddress the address by which this host is seen from outside; empty where nobody was asked, or answered
 * @param endpoints the mapped services; for each camera all of its services or none
 * @param unpublished the cameras of which nothing is mapped
 * @param findings what was found out, errors first and among them the cause first
 * @param rungs the rungs of the ladder in their order, down to the last that did, or all: which did, and why those above
 *     it did not
 * @param timings how long it took
 */
public record Publication(
        Optional<Gateway> gateway,
        ExternalAddress externalAddress,
        Optional<InetAddress> reflexiveAddress,
        List<PublishedEndpoint> endpoints,
        List<Camera> unpublished,
        List<Finding> findings,
        List<Rung> rungs,
        Timings timings) {
    /** What can be said of a publication as a whole. */
    public enum Status {
        /** Every service of every camera is mapped and was reached. */
        REACHABLE,
        /** Every service is mapped; nobody has checked whether it is reachable. */
        MAPPED,
        /** Every service is mapped; whether all are reachable could not be told. */
        INCONCLUSIVE,
        /** Every service is mapped and at least one is not reachable. */
        UNREACHABLE,
        /** At least one camera is not mapped. */
        NOT_PUBLISHED
    }

    /**
     * How long the steps took.
     *
     * @param discover finding the gateway and observing what it has
     * @param map planning, mapping and reading back
     * @param verify trying the services; zero where they were not tried
     */
    public record Timings(Duration discover, Duration map, Duration verify) {}

    /** Copies the lists. */
    public Publication {
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(externalAddress, "externalAddress");
        Objects.requireNonNull(reflexiveAddress, "reflexiveAddress");
        Objects.requireNonNull(timings, "timings");
        endpoints = List.copyOf(endpoints);
        unpublished = List.copyOf(unpublished);
        findings = List.copyOf(findings);
        rungs = List.copyOf(rungs);
    }

    /**
     * What can be said as a whole.
     *
     * @return the status
     */
    public Status status() {
        if (!unpublished.isEmpty() || endpoints.isEmpty()) {
            return Status.NOT_PUBLISHED;
        }
        if (endpoints.stream().noneMatch(e -> e.verdict().isPresent())) {
            return Status.MAPPED;
        }
        if (any(Verdict.Status.UNREACHABLE)) {
            return Status.UNREACHABLE;
        }
        boolean all = endpoints.stream().allMatch(e -> e.verdict().isPresent());
        return all && !any(Verdict.Status.INCONCLUSIVE) ? Status.REACHABLE : Status.INCONCLUSIVE;
    }

    /**
     * The same publication with other endpoints and findings.
     *
     * @param endpoints the mapped services
     * @param findings what was found out, of equal severity the cause first; what is said twice is kept once
     * @return a publication whose findings are ranked, errors first
     */
    public Publication with(List<PublishedEndpoint> endpoints, List<Finding> findings) {
        return new Publication(
                gateway,
                externalAddress,
                reflexiveAddress,
                endpoints,
                unpublished,
                Findings.ranked(findings),
                rungs,
                timings);
    }

    /** The same publication with more findings, ranked among those it has. */
    Publication with(List<Finding> more) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more);
        return with(endpoints, all);
    }

    /** The same publication with another outcome for one service: its causes come before what is left of its symptoms. */
    Publication replace(PublishedEndpoint old, Healing.Outcome outcome) {
        List<PublishedEndpoint> now = new ArrayList<>(endpoints);
        List<Finding> all = new ArrayList<>(findings);
        int index = now.indexOf(old);
        if (outcome.endpoint().isPresent()) {
            now.set(index, outcome.endpoint().get());
        } else {
            now.remove(index);
        }
        old.verdict().ifPresent(verdict -> all.removeAll(verdict.findings()));
        all.addAll(outcome.causes());
        outcome.endpoint().flatMap(PublishedEndpoint::verdict).ifPresent(verdict -> all.addAll(verdict.findings()));
        return with(now, all);
    }

    /** The same publication, in spite of something that was found. */
    Publication overcoming(FindingCode code) {
        return with(
                endpoints,
                findings.stream()
                        .map(finding -> finding.code() == code ? Findings.overcome(finding) : finding)
                        .toList());
    }

    /** The same publication, whose services took longer to be tried. */
    Publication verifiedIn(Duration more) {
        Timings longer =
                new Timings(timings.discover(), timings.map(), timings.verify().plus(more));
        return new Publication(
                gateway, externalAddress, reflexiveAddress, endpoints, unpublished, findings, rungs, longer);
    }

    /** The cameras of which some services are mapped, and not all. */
    List<Camera> incomplete() {
        return endpoints.stream()
                .map(PublishedEndpoint::camera)
                .distinct()
                .filter(camera -> endpoints.stream()
                                .filter(e -> e.camera().equals(camera))
                                .count()
                        < camera.services().size())
                .toList();
    }

    /** The same publication without some cameras, of which nothing is mapped any more. */
    Publication without(List<Camera> cameras, List<Finding> more) {
        List<Camera> missing = new ArrayList<>(unpublished);
        missing.addAll(cameras);
        List<PublishedEndpoint> rest =
                endpoints.stream().filter(e -> !cameras.contains(e.camera())).toList();
        return new Publication(gateway, externalAddress, reflexiveAddress, rest, missing, findings, rungs, timings)
                .with(more);
    }

    private boolean any(Verdict.Status status) {
        return endpoints.stream()
                .anyMatch(e -> e.verdict().filter(v -> v.status() == status).isPresent());
    }
}
