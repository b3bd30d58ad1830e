package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.plan.PortPolicy;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One call of {@link Porthole#diagnose}: looks at each service on the LAN, then {@linkplain Crossing through the gateway} that
 * can take its camera. Used once, by one thread.
 */
final class Examination implements AutoCloseable {
    private final Settings settings;
    private final Deadline deadline;
    private final LocalNetwork network;
    private final Verification verification;
    private final Reflexive reflexive;
    private final List<Camera> cameras;
    private final List<Subject> subjects = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private Optional<Gateway> gateway = Optional.empty();
    private boolean crossed;
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
        TargetCheck check = new TargetCheck(network, settings.routedLans());
        GatewayWalk walk = GatewayWalk.place(settings, check, cameras, deadline, this::through);
        subjects.forEach(subject ->
                walk.turnedAway().getOrDefault(subject.camera(), List.of()).forEach(subject::cause));
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
                    .credentials(subject.outward().credentials())
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

    /** Through one gateway to the cameras that it can take. */
    private void through(PortMappingProvider provider, List<Camera> taken) throws InterruptedException {
        if (taken.isEmpty() && gateway.isPresent()) {
            return;
        }
        settings.events().gatewayFound(provider.gateway());
        boolean first = !crossed;
        if (first) {
            gateway = Optional.of(provider.gateway());
        }
        ExternalAddress external = provider.externalAddress(deadline);
        if (first) {
            externalAddress = external;
        }
        if (taken.isEmpty()) {
            return;
        }
        List<Subject> behind =
                subjects.stream().filter(s -> taken.contains(s.camera())).toList();
        Optional<Finding> unusable = Findings.unusable(provider.gateway(), external);
        if (unusable.isPresent()) {
            behind.forEach(subject -> subject.cause(unusable.get()));
        } else {
            settings.events().progress("reading the mappings of " + provider.gateway());
            ObservedGateway observed = ObservedGateway.observe(provider, external, settings, deadline);
            findings.addAll(new Crossing(settings, network, reflexive, observed, behind, deadline).run());
        }
        crossed = true;
    }

    @Override
    public void close() {
        reflexive.close();
    }
}
