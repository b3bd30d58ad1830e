package dev.porthole;

import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingRequest;
import java.util.List;

/**
 * Asks a gateway for one mapping. It is on record, in the ledger and in the list of what was made, before it is asked for:
 * a lost answer or a killed process must not leave a mapping that nobody releases.
 */
final class MappingStep {
    private final ObservedGateway observed;
    private final Settings settings;
    private final List<MadeMapping> made;

    /**
     * A step on one gateway.
     *
     * @param made takes what was made, or may have been where no answer came
     */
    MappingStep(ObservedGateway observed, Settings settings, List<MadeMapping> made) {
        this.observed = observed;
        this.settings = settings;
        this.made = made;
    }

    /**
     * Asks.
     *
     * @param before whether the mapping was there before, as far as is known, so that it stays when the rest is taken back;
     *     what the gateway turns out to have made anew does not
     */
    MappingOutcome run(Camera camera, CameraService service, MappingRequest request, boolean before, Deadline mapBy)
            throws InterruptedException {
        settings.events()
                .progress("mapping " + camera.name() + " " + service.name() + ": external port "
                        + request.externalPort());
        LedgerEntry entry = new LedgerEntry(
                gateway().id(),
                request.description(),
                request.protocol(),
                request.externalPort(),
                request.internal(),
                settings.relays().behind(request.internal()));
        settings.ledger().intend(entry);
        MadeMapping asked = new MadeMapping(observed, camera, service, request, entry.mapping(), entry, before);
        made.add(asked);
        MappingOutcome outcome = observed.provider().map(request, mapBy);
        int last = made.size() - 1;
        if (outcome instanceof Mapped mapped) {
            // On record before it is written down: the ledger's disk may be full.
            MadeMapping there = asked.kept(before && mapped.how() != Mapped.How.MADE);
            made.set(last, there.with(mapped.mapping(), entry));
            LedgerEntry granted = mapped.mapping().externalPort() == request.externalPort()
                    ? entry
                    : moved(entry, mapped.mapping().externalPort());
            made.set(last, there.with(mapped.mapping(), granted));
            settings.ledger().done(granted);
            observed.added(mapped.mapping());
            settings.events().mapped(gateway(), mapped.mapping());
        } else {
            made.remove(last);
            settings.ledger().forget(entry);
        }
        return outcome;
    }

    private LedgerEntry moved(LedgerEntry entry, int port) {
        LedgerEntry other = new LedgerEntry(
                entry.gatewayId(), entry.tag(), entry.protocol(), port, entry.internal(), entry.relayed());
        settings.ledger().intend(other);
        settings.ledger().forget(entry);
        return other;
    }

    private Gateway gateway() {
        return observed.provider().gateway();
    }
}
