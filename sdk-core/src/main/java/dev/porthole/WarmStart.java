package dev.porthole;

import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.RememberedGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway that was used before, taken up again without a search. Only where it holds every service that is wanted now, on
 * the port that it would get now: then its mappings need not be listed, and the ledger tells where each is to be looked for.
 * Whatever is not as it was leads back to a search.
 */
final class WarmStart {
    private static final Logger LOG = LoggerFactory.getLogger(Porthole.class);

    /** One hop away. Where nobody has answered by then, the search begins beside. */
    private static final Duration HEAD_START = Duration.ofMillis(400);
    /** A stuck router is not waited for longer: the search knows more by then. */
    private static final Duration MOST_FOR_FIRST_ANSWER = Duration.ofSeconds(1);

    private final Settings settings;
    private final Race race;
    private final RememberedGateway known;
    private final PortMappingProvider provider;

    private WarmStart(Settings settings, Race race, RememberedGateway known, PortMappingProvider provider) {
        this.settings = settings;
        this.race = race;
        this.known = known;
        this.provider = provider;
    }

    /**
     * Looks for a gateway to start with.
     *
     * @param race closes its provider, and searches where it comes to nothing
     * @return empty where none is known that holds all that is wanted
     */
    static Optional<WarmStart> of(Settings settings, Race race, List<Camera> cameras) {
        List<RememberedGateway> latestFirst = new ArrayList<>(race.precedence().remembered());
        Collections.reverse(latestFirst);
        for (RememberedGateway known : latestFirst) {
            Optional<PortMappingProvider> provider =
                    known.memento().isEmpty() ? Optional.empty() : recall(settings, race, known);
            provider.ifPresent(race::keep);
            if (provider.isPresent() && remembered(settings, provider.get()).keepsAll(cameras)) {
                return Optional.of(new WarmStart(settings, race, known, provider.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<PortMappingProvider> recall(Settings settings, Race race, RememberedGateway known) {
        return settings.finders().stream()
                .filter(finder -> finder.protocol() == known.gateway().protocol())
                .findFirst()
                .flatMap(finder -> finder.recall(known, race.scope()));
    }

    private static ObservedGateway remembered(Settings settings, PortMappingProvider provider) {
        return ObservedGateway.remembered(provider, ExternalAddress.UNKNOWN, settings);
    }

    Gateway gateway() {
        return known.gateway();
    }

    /** Asks for its external address; empty where it does not answer as it did, so that it has to be searched for. */
    Optional<ObservedGateway> ask(Deadline deadline) throws InterruptedException {
        settings.events().progress("asking " + gateway() + " again");
        race.beginIn(HEAD_START);
        try {
            ExternalAddress external = provider.externalAddress(deadline.within(MOST_FOR_FIRST_ANSWER));
            if (external.kind() == ExternalAddress.Kind.PUBLIC) {
                race.hold();
                return Optional.of(ObservedGateway.remembered(provider, external, settings));
            }
        } catch (NatTraversalException e) {
            LOG.debug("{} is not where it was: {}", gateway(), e.getMessage());
            outdated();
        }
        return Optional.empty();
    }

    /** Makes that it is searched for, now and the next time. */
    void outdated() {
        settings.memory().outdated(known);
    }
}
