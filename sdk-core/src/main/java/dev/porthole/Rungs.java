package dev.porthole;

import dev.porthole.Rung.Outcome;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.MappingProtocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What came of each rung during one climb, in whatever order they were asked. Used by one thread. */
final class Rungs {
    private final Map<Gateway, Tried> tried = new LinkedHashMap<>();

    /** One rung that was asked. */
    static final class Tried {
        private final List<Finding> findings = new ArrayList<>();
        private final Set<Camera> mapped = new HashSet<>();
        private Outcome outcome = Outcome.REFUSED;

        void found(Finding finding) {
            findings.add(finding);
        }

        void found(List<Finding> more) {
            findings.addAll(more);
        }

        /** It cannot map at all. */
        void unusable(Finding finding) {
            findings.add(finding);
            outcome = outcome == Outcome.MAPPED ? outcome : Outcome.UNUSABLE;
        }

        void mapped(Camera camera) {
            mapped.add(camera);
            outcome = Outcome.MAPPED;
        }

        /** What was mapped for some cameras was taken back; others, mapped here before, may stand. */
        void takenBack(List<Camera> cameras) {
            cameras.forEach(mapped::remove);
            outcome = mapped.isEmpty() ? Outcome.REFUSED : Outcome.MAPPED;
        }
    }

    /** The rung of a gateway, which is being asked. */
    Tried of(Gateway gateway) {
        return tried.computeIfAbsent(gateway, g -> new Tried());
    }

    /** A gateway will be asked once more: what it said until now counts only where it did something, or may have. */
    void again(Gateway gateway) {
        Tried before = of(gateway);
        before.findings.removeIf(finding -> finding.code() != FindingCode.ROLLBACK_PENDING);
        if (before.findings.isEmpty() && before.outcome != Outcome.MAPPED) {
            tried.remove(gateway);
        }
    }

    boolean any() {
        return !tried.isEmpty();
    }

    /** What was found out, in the ladder's order whatever the order of answers, so that the first is the cause. */
    List<Finding> findings(Race race, boolean allMapped) {
        Set<MappingProtocol> told = allMapped ? upTo(last()) : EnumSet.allOf(MappingProtocol.class);
        List<Finding> findings = new ArrayList<>();
        for (MappingProtocol protocol : told) {
            findings.addAll(race.findings(EnumSet.of(protocol)));
            inOrder(race).stream()
                    .filter(gateway -> gateway.protocol() == protocol)
                    .forEach(gateway -> findings.addAll(of(gateway).findings));
        }
        return findings;
    }

    /** The rungs of the ladder down to a protocol: those below say nothing of what was done. */
    static Set<MappingProtocol> upTo(MappingProtocol last) {
        return EnumSet.range(MappingProtocol.UPNP, last);
    }

    /** The lowest rung that did: what those below it would have done matters to nobody. */
    private MappingProtocol last() {
        return tried.entrySet().stream()
                .filter(entry -> entry.getValue().outcome == Outcome.MAPPED)
                .map(entry -> entry.getKey().protocol())
                .max(Comparator.naturalOrder())
                .orElse(MappingProtocol.MANUAL);
    }

    private List<Gateway> inOrder(Race race) {
        return tried.keySet().stream()
                .sorted(Comparator.comparing(Gateway::protocol)
                        .thenComparing(race.precedence().order()))
                .toList();
    }

    /** The rungs from the first to the last that did; all where not every camera is mapped. */
    List<Rung> told(List<GatewayFinder> finders, Race race, boolean allMapped) {
        List<Rung> rungs = new ArrayList<>();
        Set<MappingProtocol> searching = race.stillSearching();
        Set<MappingProtocol> told = allMapped ? upTo(last()) : EnumSet.allOf(MappingProtocol.class);
        for (MappingProtocol protocol : told) {
            List<Gateway> asked = inOrder(race).stream()
                    .filter(gateway -> gateway.protocol() == protocol)
                    .toList();
            List<Gateway> unasked = race.unasked().stream()
                    .filter(gateway -> gateway.protocol() == protocol)
                    .toList();
            asked.forEach(gateway ->
                    rungs.add(new Rung(protocol, Optional.of(gateway), of(gateway).outcome, of(gateway).findings)));
            unasked.forEach(
                    gateway -> rungs.add(new Rung(protocol, Optional.of(gateway), Outcome.NOT_ASKED, List.of())));
            boolean there = finders.stream().anyMatch(finder -> finder.protocol() == protocol);
            if (there && asked.isEmpty() && unasked.isEmpty()) {
                Outcome none = searching.contains(protocol) ? Outcome.NOT_ASKED : Outcome.NOT_FOUND;
                rungs.add(new Rung(protocol, Optional.empty(), none, race.findings(EnumSet.of(protocol))));
            }
        }
        return rungs;
    }
}
