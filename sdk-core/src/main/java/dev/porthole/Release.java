package dev.porthole;

import dev.porthole.Precedence.Aim;
import dev.porthole.diagnose.Finding;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        if (!provider.capabilities().listing()) {
            if (held.isEmpty()) {
                notListed.add(Findings.notListed(provider.gateway()));
                return;
            }
            anyLooked = true;
            for (LedgerEntry entry : held) {
                release(provider, entry.mapping(), held, wanted);
            }
            provider.commit(deadline);
            return;
        }
        anyLooked = true;
        for (PortMapping mapping : listed) {
            if (mapping.ours() || held.stream().anyMatch(e -> e.holds(mapping))) {
                release(provider, mapping, held, wanted);
            }
        }
        provider.commit(deadline);
        // What the ledger holds and a listing does not show is gone.
        held.stream()
                .filter(e -> wanted.test(e.mapping(), Optional.of(e)))
                .filter(e -> listed.stream().noneMatch(m -> e.holds(m)))
                .forEach(settings.ledger()::forget);
    }

    private void release(PortMappingProvider provider, PortMapping mapping, List<LedgerEntry> held, Wanted wanted)
            throws InterruptedException {
        if (!wanted.test(mapping, held.stream().filter(e -> e.holds(mapping)).findFirst())) {
            return;
        }
        try {
            provider.release(mapping, deadline);
            held.stream().filter(e -> e.holds(mapping)).forEach(settings.ledger()::forget);
            settings.relays().released(mapping);
            released.add(mapping);
            settings.events().released(provider.gateway(), mapping);
        } catch (NatTraversalException e) {
            kept.add(mapping);
            findings.add(Findings.rollbackPending(provider.gateway(), mapping, String.valueOf(e.getMessage())));
        }
    }
}
