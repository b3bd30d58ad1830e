package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.reach.ReachabilityVerifier;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Tries several targets at once. */
final class Verification {
    /** A verifier's calls are not deep; a thousand of the usual megabyte would weigh on a small recorder. */
    private static final long STACK_BYTES = 256 * 1024;

    private static final int PROGRESS_EVERY = 50;

    private final Settings settings;

    Verification(Settings settings) {
        this.settings = settings;
    }

    /** The vantage for a camera: the one that was set, else hairpin where this host is on the camera's LAN. */
    Vantage vantage(Camera camera, LocalNetwork network) {
        return settings.vantage().orElse(network.attachedTo(camera.address()) ? Vantage.HAIRPIN : Vantage.HERE);
    }

    /** A target and from where it is tried. */
    record Trial(Target target, Vantage vantage) {}

    /**
     * Tries targets.
     *
     * @return one verdict per trial, in order; empty where no verifier knows the scheme
     */
    List<Optional<Verdict>> run(List<Trial> trials, Deadline deadline) throws InterruptedException {
        if (trials.isEmpty()) {
            return List.of();
        }
        ExecutorService pool =
                Executors.newFixedThreadPool(Math.min(trials.size(), settings.attemptsAtOnce()), Verification::thread);
        try {
            CompletionService<Tried> running = new ExecutorCompletionService<>(pool);
            for (int i = 0; i < trials.size(); i++) {
                int index = i;
                running.submit(() -> new Tried(index, one(trials.get(index), deadline)));
            }
            List<Optional<Verdict>> verdicts = new ArrayList<>(Collections.nCopies(trials.size(), Optional.empty()));
            for (int done = 1; done <= trials.size(); done++) {
                Tried tried = running.take().get();
                tried.verdict()
                        .ifPresent(verdict -> settings.events()
                                .verified(trials.get(tried.index()).target(), verdict));
                verdicts.set(tried.index(), tried.verdict());
                if (done % PROGRESS_EVERY == 0) {
                    settings.events().progress("tried " + done + " of " + trials.size() + " services");
                }
            }
            return verdicts;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a verifier failed; it should have returned a verdict", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private record Tried(int index, Optional<Verdict> verdict) {}

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "porthole-verify", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    private Optional<Verdict> one(Trial trial, Deadline deadline) throws InterruptedException {
        for (ReachabilityVerifier verifier : settings.verifiers()) {
            if (verifier.supports(trial.target().scheme(), trial.vantage())) {
                Verdict verdict = verifier.verify(trial.target(), trial.vantage(), deadline);
                return Optional.of(besideTheGateway(trial) ? provesNothing(trial, verdict) : verdict);
            }
        }
        return Optional.empty();
    }

    /** An address that is not translated is on this LAN: no connection from here to there passes the gateway. */
    private static boolean besideTheGateway(Trial trial) {
        return trial.vantage().kind() == Vantage.Kind.HAIRPIN
                && trial.target()
                        .internal()
                        .filter(internal ->
                                internal.address().equals(trial.target().address()))
                        .isPresent();
    }

    private static Verdict provesNothing(Trial trial, Verdict verdict) {
        if (verdict.status() != Verdict.Status.REACHABLE) {
            return verdict;
        }
        List<Finding> findings = new ArrayList<>(verdict.findings());
        findings.add(Findings.besideTheGateway(trial.target()));
        return new Verdict(
                Verdict.Status.INCONCLUSIVE,
                verdict.stage(),
                verdict.vantage(),
                verdict.times(),
                verdict.evidence(),
                findings);
    }

    /** Tries one service again. */
    PublishedEndpoint again(PublishedEndpoint endpoint, Deadline deadline) throws InterruptedException {
        if (endpoint.target().isEmpty()) {
            return endpoint;
        }
        Vantage vantage = vantage(endpoint.camera(), settings.network().get());
        return run(List.of(new Trial(endpoint.target().get(), vantage)), deadline)
                .get(0)
                .map(endpoint::with)
                .orElse(endpoint);
    }

    /** Tries services at once. */
    List<PublishedEndpoint> of(List<PublishedEndpoint> endpoints, Deadline deadline) throws InterruptedException {
        LocalNetwork network = settings.network().get();
        List<Integer> tried = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < endpoints.size(); i++) {
            PublishedEndpoint endpoint = endpoints.get(i);
            if (endpoint.target().isPresent()) {
                trials.add(new Trial(endpoint.target().get(), vantage(endpoint.camera(), network)));
                tried.add(i);
            }
        }
        if (!trials.isEmpty()) {
            settings.events().progress("trying " + trials.size() + (trials.size() == 1 ? " service" : " services"));
        }
        List<Optional<Verdict>> verdicts = run(trials, deadline);
        List<PublishedEndpoint> now = new ArrayList<>(endpoints);
        for (int i = 0; i < tried.size(); i++) {
            int index = tried.get(i);
            verdicts.get(i).ifPresent(verdict -> now.set(index, now.get(index).with(verdict)));
        }
        return now;
    }

    /** Tries the services of a publication; verdicts and findings of an earlier attempt are replaced. */
    Publication of(Publication publication, Deadline deadline) throws InterruptedException {
        long start = System.nanoTime();
        List<PublishedEndpoint> now = behindTheLogin(of(publication.endpoints(), deadline), deadline);
        List<Finding> findings = new ArrayList<>(publication.findings());
        publication.endpoints().forEach(e -> e.verdict().ifPresent(old -> findings.removeAll(old.findings())));
        now.forEach(e -> e.verdict().ifPresent(verdict -> findings.addAll(verdict.findings())));
        Publication.Timings timings = publication.timings();
        return new Publication(
                publication.gateway(),
                publication.externalAddress(),
                publication.reflexiveAddress(),
                now,
                publication.unpublished(),
                Findings.ranked(findings),
                publication.rungs(),
                new Publication.Timings(
                        timings.discover(), timings.map(), Duration.ofNanos(System.nanoTime() - start)));
    }

    /** A service at the camera's own address. */
    static Trial onLan(Camera camera, CameraService service) {
        return new Trial(
                Target.at(service.scheme(), camera.address(), service.port())
                        .path(service.path())
                        .credentials(camera.credentials())
                        .internal(camera.endpoint(service))
                        .build(),
                Vantage.LAN);
    }

    /** An agent has no account: what it cannot see beyond the login is looked at on the LAN, where this host is there. */
    private List<PublishedEndpoint> behindTheLogin(List<PublishedEndpoint> endpoints, Deadline deadline)
            throws InterruptedException {
        List<PublishedEndpoint> stopped =
                endpoints.stream().filter(Verification::stoppedAtTheLogin).toList();
        List<Optional<Verdict>> verdicts =
                run(stopped.stream().map(e -> onLan(e.camera(), e.service())).toList(), deadline);
        List<PublishedEndpoint> now = new ArrayList<>(endpoints);
        for (int i = 0; i < stopped.size(); i++) {
            PublishedEndpoint endpoint = stopped.get(i);
            verdicts.get(i)
                    .filter(onLan -> onLan.status() != Verdict.Status.INCONCLUSIVE)
                    .map(onLan -> together(endpoint.verdict().orElseThrow(), onLan))
                    .ifPresent(verdict -> now.set(now.indexOf(endpoint), endpoint.with(verdict)));
        }
        return now;
    }

    private static boolean stoppedAtTheLogin(PublishedEndpoint endpoint) {
        return endpoint.camera().credentials().isPresent()
                && endpoint.verdict()
                        .filter(verdict -> verdict.vantage().kind() == Vantage.Kind.AGENT)
                        .filter(verdict -> verdict.status() == Verdict.Status.REACHABLE)
                        .filter(verdict ->
                                verdict.findings().stream().anyMatch(f -> f.code() == FindingCode.AUTH_REQUIRED))
                        .isPresent();
    }

    /** The way as seen from outside, the login and what is behind it as seen on the LAN. */
    private static Verdict together(Verdict outside, Verdict onLan) {
        List<Finding> findings = new ArrayList<>(onLan.findings());
        outside.findings().stream()
                .filter(finding -> finding.code() != FindingCode.AUTH_REQUIRED)
                .forEach(findings::add);
        Map<String, String> evidence = new LinkedHashMap<>(outside.evidence());
        evidence.put("onLan", onLan.status() + " at " + onLan.stage());
        boolean fails = onLan.status() == Verdict.Status.UNREACHABLE;
        return new Verdict(
                onLan.status(),
                fails ? onLan.stage() : outside.stage(),
                outside.vantage(),
                outside.times(),
                evidence,
                findings);
    }
}
