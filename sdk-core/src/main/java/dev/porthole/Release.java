package dev.porthole;

import dev.porthole.Precedence.Aim;
import dev.porthole.diagnose.Finding;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One call of {@code release}: on every gateway found, what is ours and wanted. Used once, by one thread. */
final class Release {
    private final Settings settings;
    private final Deadline deadline;
    private final List<PortMapping> released = new ArrayList<>();
    private final List<PortMapping> kept = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    /** Gateways where ours could not be looked for. */
    private final List<Finding> notListed = new ArrayList<>();

    private boolean anyGateway;
    private boolean anyLooked;

    Release(Settings settings) {
        this.settings = settings;
        this.deadline = Deadline.after(settings.timeout());
    }

    /** Which of our mappings are to go. */
    interface Wanted {
        /**
         * Tells for one.
         *
         * @param held its entry in the ledger, where there is one
         */
        boolean test(PortMapping mapping, Optional<LedgerEntry> held);
    }

    ReleaseReport run(Wanted wanted) throws InterruptedException {
        GatewayWalk walk = GatewayWalk.walk(settings, List.of(), Aim.ALL, deadline, provider -> {
            anyGateway = true;
            on(provider, wanted);
            return true;
        });
        // What other devices answered to the search does not make a release incomplete.
        walk.searched().forEach(finding -> findings.add(anyGateway ? Findings.overcome(finding) : finding));
        findings.addAll(walk.visited());
        if (anyGateway) {
            if (!anyLooked) {
                findings.addAll(notListed);
            }
        } else if (findings.isEmpty()) {
            findings.add(Findings.noGateway(settings.network().get()));
        }
        return new ReleaseReport(released, kept, Findings.ranked(findings));
    }

    private void on(PortMappingProvider provider, Wanted wanted) throws InterruptedException {
        settings.events().progress("reading the mappings of " + provider.gateway());
        List<LedgerEntry> held = settings.ledger().entries(provider.gateway().id());
        List<PortMapping> listed = ObservedGateway.named(provider.mappings(deadline), held);
        boolean listing = provider.capabilities().listing();
        if (!listing && held.isEmpty()) {
            notListed.add(Findings.notListed(provider.gateway()));
            return;
        }
        anyLooked = true;
        Stream<PortMapping> ours = listing
                ? listed.stream().filter(m -> m.ours() || held.stream().anyMatch(e -> e.holds(m)))
                : held.stream().map(LedgerEntry::mapping);
        release(provider, ours.filter(m -> wanted.test(m, entry(held, m))).toList(), held);
        if (listing) {
            // What the ledger holds and a listing does not show is gone.
            held.stream()
                    .filter(e -> wanted.test(e.mapping(), Optional.of(e)))
                    .filter(e -> listed.stream().noneMatch(m -> e.holds(m)))
                    .forEach(settings.ledger()::forget);
        }
    }

    private static Optional<LedgerEntry> entry(List<LedgerEntry> held, PortMapping mapping) {
        return held.stream().filter(e -> e.holds(mapping)).findFirst();
    }

    /** Releases and has it applied. What may be left, now or when the gateway restarts, stays in the ledger. */
    private void release(PortMappingProvider provider, List<PortMapping> mappings, List<LedgerEntry> held)
            throws InterruptedException {
        List<PortMapping> gone = new ArrayList<>();
        for (PortMapping mapping : mappings) {
            try {
                provider.release(mapping, deadline);
                gone.add(mapping);
            } catch (NatTraversalException e) {
                kept.add(mapping);
                findings.add(Findings.rollbackPending(provider.gateway(), mapping, String.valueOf(e.getMessage())));
            }
        }
        try {
            provider.commit(deadline);
        } catch (NatTraversalException e) {
            kept.addAll(gone);
            gone.forEach(mapping -> findings.add(
                    Findings.releaseNotApplied(provider.gateway(), mapping, String.valueOf(e.getMessage()))));
            return;
        }
        for (PortMapping mapping : gone) {
            held.stream().filter(e -> e.holds(mapping)).forEach(settings.ledger()::forget);
            settings.relays().released(mapping);
            released.add(mapping);
            settings.events().released(provider.gateway(), mapping);
        }
    }
}
