package dev.porthole;

import dev.porthole.Precedence.Aim;
import dev.porthole.diagnose.Finding;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.plan.PlanItem;
import dev.porthole.plan.PortPolicy;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
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
 * One call of {@link Porthole#diagnose}: looks at each service on the LAN, at the gateway's mappings, and from the vantage;
 * then changes one thing at a time to tell causes from symptoms. Used once, by one thread.
 */
final class Examination implements AutoCloseable {
    /** Nothing is between. */
    private static final Duration OWN_HOST_ANSWERS = Duration.ofSeconds(1);

    private final Settings settings;
    private final Deadline deadline;
    private final LocalNetwork network;
    private final Verification verification;
    private final Reflexive reflexive;
    private final List<Camera> cameras;
    private final List<Subject> subjects = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<MadeMapping> made = new ArrayList<>();
    private final Set<MadeMapping> foreign = new HashSet<>();
    private Optional<Gateway> gateway = Optional.empty();
    private ExternalAddress externalAddress = ExternalAddress.UNKNOWN;

    Examination(Settings settings, List<Camera> cameras, Deadline deadline) {
        this.settings = settings;
        this.cameras = cameras;
        this.deadline = deadline;
        this.network = settings.network().get();
        this.verification = new Verification(settings);
        this.reflexive = Reflexive.ask(settings.observers(), deadline);
        for (Camera camera : cameras) {
            camera.services().forEach(service -> subjects.add(new Subject(camera, service)));
        }
    }

    Diagnosis run() throws InterruptedException {
        long start = System.nanoTime();
        lookOnTheLan();
        GatewayWalk walk = GatewayWalk.walk(settings, cameras, Aim.LOOK, deadline, provider -> {
            through(provider);
            return false;
        });
        findings.addAll(0, walk.findings());
        Reflexive.Answer seen = reflexive.await();
        findings.addAll(seen.findings());
        if (gateway.isEmpty()) {
            withoutGateway(seen);
        }
        List<ExaminedService> services =
                subjects.stream().map(Subject::examined).toList();
        services.forEach(service -> findings.addAll(service.findings()));
        return new Diagnosis(
                gateway,
                externalAddress,
                seen.address(),
                verification.vantage(cameras.get(0), network),
                services,
                Findings.byCause(findings),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** What does not work on the LAN cannot work from outside. */
    private void lookOnTheLan() throws InterruptedException {
        settings.events().progress("trying the services on the LAN");
        List<Optional<Verdict>> verdicts = verification.run(
                subjects.stream()
                        .map(s -> Verification.onLan(s.camera(), s.service()))
                        .toList(),
                deadline);
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            // A verifier that is not on the camera's LAN has not even begun.
            verdicts.get(i).filter(verdict -> verdict.stage() != Stage.RESOLVE).ifPresent(subject::onLan);
        }
    }

    /** A router that answers no protocol may forward by rules made by hand: external ports that were named can be tried. */
    private void withoutGateway(Reflexive.Answer seen) throws InterruptedException {
        if (findings.isEmpty()) {
            findings.add(Findings.noGateway(network));
        }
        List<Subject> named = subjects.stream()
                .filter(s -> s.service().policy() instanceof PortPolicy.Manual)
                .toList();
        if (named.isEmpty() || seen.address().isEmpty()) {
            return;
        }
        List<Verification.Trial> trials = new ArrayList<>();
        for (Subject subject : named) {
            Target target = Target.at(
                            subject.service().scheme(),
                            seen.address().get(),
                            ((PortPolicy.Manual) subject.service().policy()).externalPort())
                    .path(subject.service().path())
                    .credentials(outward(subject).credentials())
                    .internal(subject.camera().endpoint(subject.service()))
                    .build();
            trials.add(new Verification.Trial(target, verification.vantage(subject.camera(), network)));
        }
        List<Optional<Verdict>> verdicts = verification.run(trials, deadline);
        for (int i = 0; i < named.size(); i++) {
            named.get(i).tried(trials.get(i).target(), verdicts.get(i));
        }
        if (subjects.stream().allMatch(s -> s.examined().reachable())) {
            findings.replaceAll(Findings::overcome);
        }
    }

    private void through(PortMappingProvider provider) throws InterruptedException {
        gateway = Optional.of(provider.gateway());
        settings.events().gatewayFound(provider.gateway());
        externalAddress = provider.externalAddress(deadline);
        Optional<Finding> unusable = Findings.unusable(provider.gateway(), externalAddress);
        if (unusable.isPresent()) {
            subjects.forEach(subject -> subject.cause(unusable.get()));
            return;
        }
        settings.events().progress("reading the mappings of " + provider.gateway());
        ObservedGateway observed = ObservedGateway.observe(provider, externalAddress, settings, deadline);
        try {
            subjects.forEach(subject -> find(subject, observed));
            mapForTheTrial(observed);
            tryFromOutside();
        } finally {
            MadeMapping.takeBack(made, settings, deadline).forEach(findings::add);
        }
    }

    /** Finds the mapping that leads to a service, or the one that should and does not. */
    private void find(Subject subject, ObservedGateway observed) {
        Optional<Finding> refused = new TargetCheck(network, settings.routedLans())
                .check(subject.camera(), observed.provider().gateway());
        if (refused.isPresent()) {
            subject.cause(refused.get());
            return;
        }
        InternalEndpoint internal = subject.camera().endpoint(subject.service());
        PlanItem item = subject.camera().planItem(subject.service());
        Optional<PortMapping> asked = observed.mappings().stream()
                .filter(m -> subject.service().policy() instanceof PortPolicy.Manual manual
                        && m.protocol() == item.protocol()
                        && m.external().contains(manual.externalPort()))
                .findFirst();
        Optional<PortMapping> relayed = observed.mappings().stream()
                .filter(m -> m.description().equals(item.tag()) && m.protocol() == item.protocol())
                .filter(m -> leadsToRelay(m, internal))
                .findFirst();
        if (asked.filter(m -> !m.leadsTo(internal) && !relayed.equals(asked)).isPresent()) {
            subject.cause(Findings.leadsElsewhere(gateway.orElseThrow(), subject, asked.get()));
            return;
        }
        if (relayed.isPresent() && (asked.isEmpty() || asked.equals(relayed))) {
            relayed(subject, observed, relayed.get());
            return;
        }
        Optional<PortMapping> found = asked.or(() -> observed.mappings().stream()
                .filter(m -> m.protocol() == item.protocol() && m.leadsTo(internal))
                .min((a, b) -> Boolean.compare(b.ours(), a.ours())));
        if (found.isPresent()) {
            subject.mapped(known(observed, subject, found.get(), Optional.empty()), false);
            return;
        }
        observed.mappings().stream()
                .filter(m -> m.description().equals(item.tag()) && m.protocol() == item.protocol())
                .findFirst()
                .ifPresent(old -> subject.cause(Findings.leadsToFormerAddress(gateway.orElseThrow(), subject, old)));
    }

    /** Whether a mapping named like a service leads to this host, and the service is elsewhere. */
    private boolean leadsToRelay(PortMapping mapping, InternalEndpoint service) {
        return !network.isOwn(service.address())
                && mapping.internalPort() > 0
                && mapping.internalAddress().filter(network::isOwn).isPresent();
    }

    /** A mapping that leads to a relay is worth trying only where the relay runs. */
    private void relayed(Subject subject, ObservedGateway observed, PortMapping mapping) {
        InternalEndpoint relay = new InternalEndpoint(mapping.internalAddress().orElseThrow(), mapping.internalPort());
        if (answers(relay)) {
            subject.mapped(known(observed, subject, mapping, Optional.of(relay)), false);
        } else {
            subject.cause(Findings.relayDown(gateway.orElseThrow(), subject, mapping));
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

    private MadeMapping known(
            ObservedGateway observed, Subject subject, PortMapping mapping, Optional<InternalEndpoint> relay) {
        Camera camera = outward(subject);
        PlanItem item = camera.planItem(subject.service());
        InternalEndpoint internal = relay.orElse(item.internal());
        MappingRequest request = MappingRequest.to(internal, mapping.externalPort())
                .protocol(item.protocol())
                .lease(settings.lease())
                .description(item.tag())
                .source(settings.source())
                .build();
        LedgerEntry entry = new LedgerEntry(
                observed.provider().gateway().id(),
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

    private static Camera outward(Subject subject) {
        return subject.accountRefused() ? subject.camera().withoutCredentials() : subject.camera();
    }

    /** Maps what is not mapped, to see whether it can be. */
    private void mapForTheTrial(ObservedGateway observed) throws InterruptedException {
        for (Camera camera : cameras) {
            List<Subject> own =
                    subjects.stream().filter(s -> s.camera() == camera).toList();
            List<Subject> missing =
                    own.stream().filter(s -> !s.mapped() && !s.settled()).toList();
            if (missing.isEmpty()) {
                continue;
            }
            Camera part = outward(missing.get(0))
                    .only(missing.stream().map(Subject::service).toList());
            CameraMapper.Result result = CameraMapper.map(observed, settings, List.of(part), deadline, deadline);
            made.addAll(result.made());
            boolean others = own.stream().anyMatch(Subject::mapped);
            for (Subject subject : missing) {
                result.findings().forEach(subject::cause);
                subject.cause(Findings.notMapped(
                        gateway.orElseThrow(), subject, others, !result.made().isEmpty()));
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
        List<PublishedEndpoint> endpoints = verification.of(
                tried.stream().map(s -> s.endpoint().orElseThrow()).toList(), deadline);
        for (int i = 0; i < tried.size(); i++) {
            tried.get(i).tried(endpoints.get(i));
        }
        Optional<Finding> elsewhere = Findings.seenElsewhere(gateway.orElseThrow(), externalAddress, reflexive.await());
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

    @Override
    public void close() {
        reflexive.close();
    }
}
