package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.plan.PlanItem;
import dev.porthole.plan.PortPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The way of an {@link Examination} through one gateway: looks at its mappings, maps what is not mapped, tries the services
 * from the vantage, and then changes one thing at a time to tell causes from symptoms. Used once, by one thread.
 */
final class Crossing {
    /** Nothing is between. */
    private static final Duration OWN_HOST_ANSWERS = Duration.ofSeconds(1);

    private final Settings settings;
    private final LocalNetwork network;
    private final Reflexive reflexive;
    private final ObservedGateway observed;
    private final Gateway gateway;
    private final List<Subject> subjects;
    private final Deadline deadline;
    private final List<Finding> findings = new ArrayList<>();
    private final List<MadeMapping> made = new ArrayList<>();
    private final Set<MadeMapping> foreign = new HashSet<>();

    /**
     * A crossing.
     *
     * @param subjects the services behind this gateway
     */
    Crossing(
            Settings settings,
            LocalNetwork network,
            Reflexive reflexive,
            ObservedGateway observed,
            List<Subject> subjects,
            Deadline deadline) {
        this.settings = settings;
        this.network = network;
        this.reflexive = reflexive;
        this.observed = observed;
        this.gateway = observed.provider().gateway();
        this.subjects = subjects;
        this.deadline = deadline;
    }

    /**
     * Goes through.
     *
     * @return what was found out that concerns no service alone; what had been mapped is released
     */
    List<Finding> run() throws InterruptedException {
        try {
            subjects.forEach(this::find);
            mapForTheTrial();
            tryFromOutside();
        } catch (NatTraversalException e) {
            findings.add(Findings.of(e));
        } finally {
            findings.addAll(MadeMapping.takeBack(made, settings, deadline));
        }
        return findings;
    }

    /** Finds the mapping that leads to a service, or the one that should and does not. */
    private void find(Subject subject) {
        InternalEndpoint internal = subject.camera().endpoint(subject.service());
        PlanItem item = subject.camera().planItem(subject.service());
        Optional<PortMapping> asked = subject.service().policy() instanceof PortPolicy.Manual manual
                ? observed.holder(item.protocol(), manual.externalPort(), internal.address())
                : Optional.empty();
        Optional<PortMapping> relayed = observed.mappings().stream()
                .filter(m -> m.description().equals(item.tag()) && m.protocol() == item.protocol())
                .filter(m -> leadsToRelay(m, internal))
                .findFirst();
        if (asked.filter(m -> !m.leadsTo(internal) && !relayed.equals(asked)).isPresent()) {
            subject.cause(Findings.leadsElsewhere(gateway, subject, asked.get()));
            return;
        }
        if (relayed.isPresent() && (asked.isEmpty() || asked.equals(relayed))) {
            relayed(subject, relayed.get());
            return;
        }
        Optional<PortMapping> found = asked.or(() -> observed.mappings().stream()
                .filter(m -> m.protocol() == item.protocol() && m.leadsTo(internal))
                .min((a, b) -> Boolean.compare(b.ours(), a.ours())));
        if (found.isPresent()) {
            subject.mapped(known(subject, found.get(), Optional.empty()), false);
            return;
        }
        observed.mappings().stream()
                .filter(m -> m.description().equals(item.tag()) && m.protocol() == item.protocol())
                .findFirst()
                .ifPresent(old -> subject.cause(Findings.leadsToFormerAddress(gateway, subject, old)));
    }

    /** Whether a mapping named like a service leads to this host, and the service is elsewhere. */
    private boolean leadsToRelay(PortMapping mapping, InternalEndpoint service) {
        return !network.isOwn(service.address())
                && mapping.internalPort() > 0
                && mapping.internalAddress().filter(network::isOwn).isPresent();
    }

    /** A mapping that leads to a relay is worth trying only where the relay runs. */
    private void relayed(Subject subject, PortMapping mapping) {
        InternalEndpoint relay = new InternalEndpoint(mapping.internalAddress().orElseThrow(), mapping.internalPort());
        if (answers(relay)) {
            subject.mapped(known(subject, mapping, Optional.of(relay)), false);
        } else {
            subject.cause(Findings.relayDown(gateway, subject, mapping));
        }
    }

    private boolean answers(InternalEndpoint relay) {
        try (Socket socket = new Socket()) {
            int millis = Math.max(1, deadline.within(OWN_HOST_ANSWERS).remainingMillis());
            socket.connect(new InetSocketAddress(relay.address(), relay.port()), millis);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private MadeMapping known(Subject subject, PortMapping mapping, Optional<InternalEndpoint> relay) {
        Camera camera = subject.outward();
        PlanItem item = camera.planItem(subject.service());
        InternalEndpoint internal = relay.orElse(item.internal());
        MappingRequest request = MappingRequest.to(internal, mapping.externalPort())
                .protocol(item.protocol())
                .lease(settings.lease())
                .description(item.tag())
                .source(settings.source())
                .build();
        LedgerEntry entry = new LedgerEntry(
                gateway.id(),
                item.tag(),
                item.protocol(),
                mapping.externalPort(),
                internal,
                relay.map(there -> item.internal()));
        MadeMapping known = new MadeMapping(observed, camera, subject.service(), request, mapping, entry, true);
        made.add(known);
        if (!mapping.ours()) {
            foreign.add(known);
        }
        return known;
    }

    /** Maps what is not mapped, to see whether it can be. */
    private void mapForTheTrial() throws InterruptedException {
        for (Camera camera : subjects.stream().map(Subject::camera).distinct().toList()) {
            List<Subject> own =
                    subjects.stream().filter(s -> s.camera() == camera).toList();
            List<Subject> missing =
                    own.stream().filter(s -> !s.mapped() && !s.settled()).toList();
            if (missing.isEmpty()) {
                continue;
            }
            Camera part = missing.get(0)
                    .outward()
                    .only(missing.stream().map(Subject::service).toList());
            CameraMapper.Result result = CameraMapper.map(observed, settings, List.of(part), deadline, deadline);
            made.addAll(result.made());
            boolean others = own.stream().anyMatch(Subject::mapped);
            for (Subject subject : missing) {
                result.findings().forEach(subject::cause);
                subject.cause(Findings.notMapped(
                        gateway, subject, others, !result.made().isEmpty()));
                result.made().stream()
                        .filter(one -> one.service().equals(subject.service()))
                        .findFirst()
                        .ifPresent(one -> subject.mapped(one, !one.before()));
            }
        }
        if (made.stream().anyMatch(one -> !one.before()) || observed.replacedAny()) {
            observed.provider().commit(deadline);
            findings.addAll(observed.forgetReplaced());
        }
    }

    private void tryFromOutside() throws InterruptedException {
        List<Subject> tried = subjects.stream().filter(Subject::mapped).toList();
        if (tried.isEmpty()) {
            return;
        }
        List<PublishedEndpoint> endpoints = new Verification(settings)
                .of(tried.stream().map(s -> s.endpoint().orElseThrow()).toList(), deadline);
        for (int i = 0; i < tried.size(); i++) {
            tried.get(i).tried(endpoints.get(i));
        }
        Optional<Finding> elsewhere = Findings.seenElsewhere(gateway, observed.externalAddress(), reflexive.await());
        boolean allReached = tried.stream().allMatch(s -> s.examined().reachable());
        if (elsewhere.isPresent()) {
            // Another NAT explains whatever was not reached; where all was, it does not matter.
            findings.add(allReached ? Findings.overcome(elsewhere.get()) : elsewhere.get());
            return;
        }
        Map<PublishedEndpoint, Healing.Outcome> outcomes =
                new Healing(settings, made, foreign, false, deadline).cure(endpoints);
        for (Subject subject : tried) {
            Healing.Outcome outcome = outcomes.get(subject.endpoint().orElseThrow());
            if (outcome != null) {
                outcome.causes().forEach(subject::cause);
                outcome.endpoint().ifPresent(subject::tried);
            }
        }
    }
}
