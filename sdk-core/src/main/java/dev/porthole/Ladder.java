package dev.porthole;

import dev.porthole.Precedence.Aim;
import dev.porthole.diagnose.Finding;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortMappingProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One call of {@link Porthole#publish}: climbs the ladder of protocols, gateway by gateway, until every camera is mapped
 * or nothing is left to try. All protocols search at once; {@link Precedence} says who is asked when. A gateway that was
 * used before is taken up again without a search. Used once, by one thread.
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
    private final Rungs rungs = new Rungs();
    private final List<PublishedEndpoint> endpoints = new ArrayList<>();
    private final List<MadeMapping> made = new ArrayList<>();

    /** Cameras left to the gateway that holds their ports, by the gateway that answered before it. */
    private final Map<PortMappingProvider, List<Camera>> leftToOthers = new LinkedHashMap<>();

    /**
     * Cameras that a gateway refused for their own ports: another gateway of the same protocol would be the wrong way out
     * for them, because their answers leave through the first.
     */
    private final Map<MappingProtocol, Set<Camera>> refused = new EnumMap<>(MappingProtocol.class);

    private final Reflexive reflexive;
    private final Race race;
    private final RelayStep relay;
    private Optional<Gateway> gateway = Optional.empty();
    private ExternalAddress externalAddress = ExternalAddress.UNKNOWN;
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
        this.race = new Race(settings, network, cameras, Aim.MAP, mapBy);
    }

    Publication climb() throws InterruptedException {
        takeUpAgain();
        if (!pending.isEmpty()) {
            searchAndAsk();
        }
        race.stop();
        relay();
        return publication();
    }

    private Publication publication() throws InterruptedException {
        boolean all = pending.isEmpty();
        List<Finding> findings = new ArrayList<>(rungs.findings(race, all));
        if (!rungs.any() && findings.isEmpty()) {
            findings.add(Findings.noGateway(network));
        }
        if (all) {
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
                rungs.told(settings.finders(), race, all),
                new Publication.Timings(Duration.ofNanos(discoverNanos), Duration.ofNanos(mapNanos), Duration.ZERO));
    }

    /** What was published before is looked at where it was, and made again where it is gone. */
    private void takeUpAgain() throws InterruptedException {
        Optional<WarmStart> known = WarmStart.of(settings, race, pending);
        if (known.isEmpty()
                || pending.stream()
                        .anyMatch(camera ->
                                check.check(camera, known.get().gateway()).isPresent())) {
            return;
        }
        WarmStart warm = known.get();
        settings.events().gatewayFound(warm.gateway());
        long start = System.nanoTime();
        Optional<ObservedGateway> observed = warm.ask(mapBy);
        discoverNanos += System.nanoTime() - start;
        if (observed.isPresent()) {
            mapOn(observed.get(), new ArrayList<>(pending), rungs.of(warm.gateway()));
            if (!pending.isEmpty()) {
                // Found by a search it may have moved, and then its mappings are listed.
                warm.outdated();
                rungs.again(warm.gateway());
                refused.clear();
                relay.again();
            }
        }
    }

    private void searchAndAsk() throws InterruptedException {
        race.begin();
        Optional<PortMappingProvider> next = next();
        while (next.isPresent()) {
            on(next.get());
            if (pending.isEmpty() || mapBy.expired()) {
                return;
            }
            next = next();
        }
        for (Map.Entry<PortMappingProvider, List<Camera>> left : leftToOthers.entrySet()) {
            List<Camera> cameras = new ArrayList<>(left.getValue());
            cameras.retainAll(pending);
            if (!cameras.isEmpty() && !mapBy.expired()) {
                ask(left.getKey(), cameras);
            }
        }
    }

    private Optional<PortMappingProvider> next() throws InterruptedException {
        long start = System.nanoTime();
        Optional<PortMappingProvider> next = race.next(pending);
        discoverNanos += System.nanoTime() - start;
        return next;
    }

    private void on(PortMappingProvider provider) throws InterruptedException {
        List<Camera> cameras = new ArrayList<>(pending);
        cameras.removeAll(refusedBy(provider.gateway().protocol()));
        List<Camera> others = cameras.stream()
                .filter(camera -> race.heldElsewhere(camera, provider.gateway()))
                .toList();
        leftToOthers.put(provider, others);
        cameras.removeAll(others);
        if (!cameras.isEmpty()) {
            ask(provider, cameras);
        }
    }

    /** Tries one gateway. */
    private void ask(PortMappingProvider provider, List<Camera> cameras) throws InterruptedException {
        settings.events().gatewayFound(provider.gateway());
        long start = System.nanoTime();
        Rungs.Tried rung = rungs.of(provider.gateway());
        turnAway(provider.gateway(), cameras, rung);
        if (cameras.isEmpty()) {
            return;
        }
        // One that drips its answers leaves as much for mapping, or for the rungs below.
        Deadline lookBy = mapBy.minus(mapBy.remaining().dividedBy(2));
        try {
            ExternalAddress external = provider.externalAddress(lookBy);
            Optional<Finding> unusable = Findings.unusable(provider.gateway(), external);
            if (gateway.isEmpty()) {
                gateway = Optional.of(provider.gateway());
                externalAddress = external;
            }
            if (unusable.isPresent()) {
                rung.unusable(unusable.get());
                return;
            }
            settings.events().progress("reading the mappings of " + provider.gateway());
            ObservedGateway observed = ObservedGateway.observe(provider, external, settings, lookBy);
            discoverNanos += System.nanoTime() - start;
            if (external.address().isEmpty()) {
                observed.seenAt(reflexive.await().address());
            }
            mapOn(observed, cameras, rung);
        } catch (NatTraversalException e) {
            rung.unusable(Findings.of(e));
        }
    }

    private void turnAway(Gateway gateway, List<Camera> cameras, Rungs.Tried rung) {
        cameras.removeIf(camera -> {
            Optional<Finding> reason = check.check(camera, gateway);
            reason.ifPresent(rung::found);
            return reason.isPresent();
        });
    }

    private void mapOn(ObservedGateway observed, List<Camera> cameras, Rungs.Tried rung) throws InterruptedException {
        long start = System.nanoTime();
        int before = made.size();
        mapAll(observed, cameras, rung);
        commit(observed, before, rung);
        mapNanos += System.nanoTime() - start;
    }

    private void mapAll(ObservedGateway observed, List<Camera> waiting, Rungs.Tried rung) throws InterruptedException {
        while (!waiting.isEmpty()) {
            CameraMapper.Result result = CameraMapper.map(observed, settings, waiting, mapBy, rollBackBy);
            rung.found(result.findings());
            relay.refused(observed, result.gatewayWide() ? waiting : waiting.subList(0, 1), result.findings());
            if (result.gatewayWide()) {
                return;
            }
            Camera camera = waiting.remove(0);
            if (result.endpoints().isEmpty()) {
                refusedBy(observed.provider().gateway().protocol()).add(camera);
            } else {
                mapped(observed, camera, result, rung);
            }
        }
    }

    private Set<Camera> refusedBy(MappingProtocol protocol) {
        return refused.computeIfAbsent(protocol, p -> new HashSet<>());
    }

    private void mapped(ObservedGateway observed, Camera camera, CameraMapper.Result result, Rungs.Tried rung) {
        gateway = Optional.of(observed.provider().gateway());
        externalAddress = observed.externalAddress();
        endpoints.addAll(result.endpoints());
        made.addAll(result.made());
        pending.remove(camera);
        rung.mapped(camera);
    }

    /** The last rung, where it is allowed: what was refused for a camera is asked for this host. */
    private void relay() throws InterruptedException {
        for (RelayStep.Chance chance : relay.chances()) {
            List<Camera> waiting = new ArrayList<>(chance.cameras());
            waiting.retainAll(pending);
            if (!waiting.isEmpty() && !mapBy.expired()) {
                relay(chance.observed(), waiting);
            }
        }
    }

    private void relay(ObservedGateway observed, List<Camera> waiting) throws InterruptedException {
        long start = System.nanoTime();
        Rungs.Tried rung = rungs.of(RelayStep.rung(observed.provider().gateway()));
        int before = made.size();
        while (!waiting.isEmpty() && !mapBy.expired()) {
            CameraMapper.Result result = relay.map(observed, waiting, mapBy, rollBackBy);
            rung.found(result.findings());
            if (!result.endpoints().isEmpty()) {
                mapped(observed, waiting.get(0), result, rung);
            } else if (result.gatewayWide()) {
                break;
            }
            waiting.remove(0);
        }
        commit(observed, before, rung);
        mapNanos += System.nanoTime() - start;
    }

    /** Makes the mappings made since take effect, or takes them back. */
    private void commit(ObservedGateway observed, int from, Rungs.Tried rung) throws InterruptedException {
        List<MadeMapping> mappings = List.copyOf(made.subList(from, made.size()));
        if (mappings.isEmpty()) {
            return;
        }
        try {
            observed.provider().commit(mapBy);
            rung.found(observed.forgetReplaced());
            settings.memory().remember(observed.provider(), network, settings.scope());
        } catch (NatTraversalException e) {
            rung.found(Findings.of(e));
            rung.found(MadeMapping.takeBack(mappings, settings, rollBackBy));
            List<Camera> cameras =
                    mappings.stream().map(MadeMapping::camera).distinct().toList();
            endpoints.removeIf(endpoint -> cameras.contains(endpoint.camera()));
            pending.addAll(cameras);
            made.removeAll(mappings);
            rung.takenBack(cameras);
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
        race.close();
    }
}
