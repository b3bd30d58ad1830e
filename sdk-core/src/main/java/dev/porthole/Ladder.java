package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.GatewayFinder.Found;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One call of {@link Porthole#publish}: climbs the ladder of protocols, gateway by gateway, until every camera is mapped
 * or nothing is left to try. Used once, by one thread.
 */
final class Ladder implements AutoCloseable {
    /** Kept back for releasing what was mapped when the deadline comes: enough for a slow router, at most this. */
    private static final Duration MOST_FOR_ROLLBACK = Duration.ofSeconds(2);

    private final Settings settings;
    private final Deadline rollBackBy;
    private final Deadline mapBy;
    private final LocalNetwork network;
    private final TargetCheck check;
    private final List<Camera> pending;
    private final List<Finding> findings = new ArrayList<>();
    private final List<PublishedEndpoint> endpoints = new ArrayList<>();
    private final List<MadeMapping> made = new ArrayList<>();
    private final RelayStep relay;
    private final List<PortMappingProvider> providers = new ArrayList<>();
    private Optional<Gateway> gateway = Optional.empty();
    private ExternalAddress externalAddress = ExternalAddress.UNKNOWN;
    private final Reflexive reflexive;
    private boolean anyGateway;
    private long discoverNanos;
    private long mapNanos;

    Ladder(Settings settings, List<Camera> cameras, Deadline deadline) {
        this.settings = settings;
        this.relay = new RelayStep(settings);
        this.rollBackBy = deadline;
        Duration reserve = deadline.remaining().dividedBy(5);
        this.mapBy = deadline.minus(reserve.compareTo(MOST_FOR_ROLLBACK) < 0 ? reserve : MOST_FOR_ROLLBACK);
        this.network = settings.network().get();
        this.check = new TargetCheck(network, settings.routedLans());
        this.pending = new ArrayList<>(cameras);
        this.reflexive = Reflexive.ask(settings.observers(), deadline);
    }

    Publication climb() throws InterruptedException {
        for (GatewayFinder finder : settings.finders()) {
            if (!pending.isEmpty() && !mapBy.expired()) {
                rung(finder);
            }
        }
        relay();
        if (!anyGateway && findings.isEmpty()) {
            findings.add(Findings.noGateway(network));
        }
        if (pending.isEmpty()) {
            findings.replaceAll(Findings::overcome);
        }
        Findings.relayed(endpoints).ifPresent(findings::add);
        if (endpoints.stream().anyMatch(endpoint -> endpoint.target().isEmpty())) {
            gateway.map(Findings::addressNotTold).ifPresent(findings::add);
        }
        Reflexive.Answer seen = reflexive.await();
        findings.addAll(seen.findings());
        gateway.flatMap(g -> Findings.seenElsewhere(g, externalAddress, seen)).ifPresent(findings::add);
        return new Publication(
                gateway,
                externalAddress,
                seen.address(),
                endpoints,
                pending,
                Findings.ranked(findings),
                new Publication.Timings(Duration.ofNanos(discoverNanos), Duration.ofNanos(mapNanos), Duration.ZERO));
    }

    /** Where the cameras are, so that the interface leading to them is preferred. */
    static SearchScope scope(Settings settings, List<Camera> cameras, boolean firstUsable) {
        SearchScope scope = settings.scope();
        return SearchScope.builder()
                .firstUsable(firstUsable)
                .multicast(scope.multicast())
                .interfaces(scope.interfaces())
                .gateways(scope.gateways())
                .cameras(cameras.stream().map(Camera::address).toList())
                .installationKey(settings.ledger()::installationKey)
                .build();
    }

    private void rung(GatewayFinder finder) throws InterruptedException {
        settings.events()
                .progress("looking for gateways by " + finder.protocol().id());
        long start = System.nanoTime();
        Found found = finder.find(scope(settings, pending, true), mapBy);
        discoverNanos += System.nanoTime() - start;
        findings.addAll(found.findings());
        providers.addAll(found.providers());
        Set<Camera> refused = new HashSet<>();
        for (PortMappingProvider provider : found.providers()) {
            anyGateway = true;
            if (!refused.containsAll(pending)) {
                settings.events().gatewayFound(provider.gateway());
                on(provider, refused);
            }
        }
    }

    /**
     * Tries one gateway.
     *
     * @param refused cameras that a gateway of this protocol refused for their own ports: another gateway would be the
     *     wrong way out for them, because their answers leave through the first
     */
    private void on(PortMappingProvider provider, Set<Camera> refused) throws InterruptedException {
        long start = System.nanoTime();
        List<Camera> waiting = new ArrayList<>(pending);
        waiting.removeAll(refused);
        waiting.removeAll(turnAway(provider.gateway(), waiting));
        if (waiting.isEmpty()) {
            return;
        }
        try {
            ExternalAddress external = provider.externalAddress(mapBy);
            Optional<Finding> unusable = Findings.unusable(provider.gateway(), external);
            if (gateway.isEmpty()) {
                gateway = Optional.of(provider.gateway());
                externalAddress = external;
            }
            if (unusable.isPresent()) {
                findings.add(unusable.get());
                return;
            }
            settings.events().progress("reading the mappings of " + provider.gateway());
            ObservedGateway observed = ObservedGateway.observe(provider, external, settings, mapBy);
            long observedAt = System.nanoTime();
            discoverNanos += observedAt - start;
            if (external.address().isEmpty()) {
                observed.seenAt(reflexive.await().address());
            }
            int before = made.size();
            mapAll(observed, waiting, refused);
            commit(observed, before);
            mapNanos += System.nanoTime() - observedAt;
        } catch (NatTraversalException e) {
            findings.add(Findings.of(e));
        }
    }

    private List<Camera> turnAway(Gateway gateway, List<Camera> waiting) {
        List<Camera> turned = new ArrayList<>();
        for (Camera camera : waiting) {
            Optional<Finding> reason = check.check(camera, gateway);
            if (reason.isPresent()) {
                turned.add(camera);
                findings.add(reason.get());
            }
        }
        return turned;
    }

    private void mapAll(ObservedGateway observed, List<Camera> waiting, Set<Camera> refused)
            throws InterruptedException {
        while (!waiting.isEmpty()) {
            CameraMapper.Result result = CameraMapper.map(observed, settings, waiting, mapBy, rollBackBy);
            findings.addAll(result.findings());
            relay.refused(observed, result.gatewayWide() ? waiting : waiting.subList(0, 1), result.findings());
            if (result.gatewayWide()) {
                return;
            }
            Camera camera = waiting.remove(0);
            if (result.endpoints().isEmpty()) {
                refused.add(camera);
            } else {
                mapped(observed, camera, result);
            }
        }
    }

    private void mapped(ObservedGateway observed, Camera camera, CameraMapper.Result result) {
        gateway = Optional.of(observed.provider().gateway());
        externalAddress = observed.externalAddress();
        endpoints.addAll(result.endpoints());
        made.addAll(result.made());
        pending.remove(camera);
    }

    /** The last rung, where it is allowed: what was refused for a camera is asked for this host. */
    private void relay() throws InterruptedException {
        for (RelayStep.Chance chance : relay.chances()) {
            long start = System.nanoTime();
            ObservedGateway observed = chance.observed();
            List<Camera> waiting = new ArrayList<>(chance.cameras());
            waiting.retainAll(pending);
            int before = made.size();
            while (!waiting.isEmpty() && !mapBy.expired()) {
                CameraMapper.Result result = relay.map(observed, waiting, mapBy, rollBackBy);
                findings.addAll(result.findings());
                if (!result.endpoints().isEmpty()) {
                    mapped(observed, waiting.get(0), result);
                } else if (result.gatewayWide()) {
                    break;
                }
                waiting.remove(0);
            }
            commit(observed, before);
            mapNanos += System.nanoTime() - start;
        }
    }

    /** Makes the mappings made since take effect, or takes them back. */
    private void commit(ObservedGateway observed, int from) throws InterruptedException {
        List<MadeMapping> mappings = List.copyOf(made.subList(from, made.size()));
        if (mappings.isEmpty()) {
            return;
        }
        try {
            observed.provider().commit(mapBy);
        } catch (NatTraversalException e) {
            findings.add(Findings.of(e));
            findings.addAll(MadeMapping.takeBack(mappings, settings, rollBackBy));
            List<Camera> cameras =
                    mappings.stream().map(MadeMapping::camera).distinct().toList();
            endpoints.removeIf(endpoint -> cameras.contains(endpoint.camera()));
            pending.addAll(cameras);
            made.removeAll(mappings);
        }
    }

    /** What was made so far; whoever changes it afterwards keeps it up to date. */
    List<MadeMapping> made() {
        return made;
    }

    /** For an interrupted caller: releases what was mapped for every camera, also while that is being verified. */
    void takeBack() {
        MadeMapping.takeBackInterrupted(made, settings);
        made.clear();
    }

    @Override
    public void close() {
        relay.closeUnused(made);
        reflexive.close();
        providers.forEach(PortMappingProvider::close);
    }
}
