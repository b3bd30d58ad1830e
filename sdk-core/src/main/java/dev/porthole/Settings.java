package dev.porthole;

import dev.porthole.internal.LocalNetwork;
import dev.porthole.ledger.Ledger;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.RouterTurns;
import dev.porthole.mapping.SearchScope;
import dev.porthole.reach.AddressObserver;
import dev.porthole.reach.ReachabilityVerifier;
import dev.porthole.reach.Vantage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** How a {@link Porthole} was set up. */
record Settings(
        List<GatewayFinder> finders,
        List<ReachabilityVerifier> verifiers,
        List<AddressObserver> observers,
        boolean verify,
        int attemptsAtOnce,
        Optional<Vantage> vantage,
        Events events,
        Ledger ledger,
        Memory memory,
        RouterTurns turns,
        Duration timeout,
        Duration lease,
        SourcePolicy source,
        Set<PortRange> avoid,
        boolean routedLans,
        SearchScope scope,
        Supplier<LocalNetwork> network,
        Relays relays) {
    /** The same for other sources. */
    Settings with(SourcePolicy other) {
        return new Settings(
                finders,
                verifiers,
                observers,
                verify,
                attemptsAtOnce,
                vantage,
                events,
                ledger,
                memory,
                turns,
                timeout,
                lease,
                other,
                avoid,
                routedLans,
                scope,
                network,
                relays);
    }

    /** Where to look; also where the cameras are, so that the interface leading to them is preferred. */
    SearchScope scopeFor(List<Camera> cameras, boolean firstUsable) {
        return SearchScope.builder()
                .firstUsable(firstUsable)
                .multicast(scope.multicast())
                .interfaces(scope.interfaces())
                .gateways(scope.gateways())
                .cameras(cameras.stream().map(Camera::address).toList())
                .installationKey(ledger::installationKey)
                .turns(turns)
                .build();
    }
}
