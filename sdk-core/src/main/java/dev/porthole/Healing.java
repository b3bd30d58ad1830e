package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.diagnose.Severity;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.plan.Assignment;
import dev.porthole.plan.PortPolicy;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out why a mapping that stands does not lead to the camera, by changing one thing at a time and trying again:
 * another external port, then the same mapping made anew. What helps is kept where that is allowed. Used by one
 * thread, while the gateway can be asked.
 */
final class Healing {
    /** Each costs seconds where nothing answers; what ails more services than this ails them all. */
    private static final int MOST_SERVICES = 4;

    /** A mapping, its readback and one attempt that is answered; less time is not worth a beginning. */
    private static final Duration LEAST = Duration.ofSeconds(3);

    private static final Set<FindingCode> SYMPTOMS = Set.of(FindingCode.NOT_REACHABLE, FindingCode.TIMED_OUT);

    private final Settings settings;
    private final List<MadeMapping> made;
    private final Set<MadeMapping> foreign;
    private final boolean mayMove;
    private final Deadline deadline;
    private final Verification verification;

    /**
     * What came of one service.
     *
     * @param endpoint as it stands now; empty where the gateway refused to have it back
     * @param causes why it was not reached before, or is not
     */
    record Outcome(Optional<PublishedEndpoint> endpoint, List<Finding> causes) {}

    /**
     * For the mappings of one call.
     *
     * @param made what was made, on record for taking back; grows and shrinks with what is done here
     * @param foreign those among them that are not ours, and stay as they are
     * @param mayMove whether a service may be moved for good to an external port that works
     */
    Healing(Settings settings, List<MadeMapping> made, Set<MadeMapping> foreign, boolean mayMove, Deadline deadline) {
        this.settings = settings;
        this.made = made;
        this.foreign = foreign;
        this.mayMove = mayMove;
        this.deadline = deadline;
        this.verification = new Verification(settings);
    }

    /** A NAT in front of the gateway that was used; one in front of a gateway that was passed over is only told. */
    private static boolean isInTheWay(Finding finding) {
        return finding.code() == FindingCode.DOUBLE_NAT && finding.severity() != Severity.INFO;
    }

    /** Cures what it can of a publication that was tried. */
    Publication heal(Publication publication) throws InterruptedException {
        if (publication.findings().stream().anyMatch(Healing::isInTheWay)) {
            // No mapping here changes what another NAT in front does; where all is reached all the same, there is none.
            return publication.status() == Publication.Status.REACHABLE
                    ? publication.overcoming(FindingCode.DOUBLE_NAT)
                    : publication;
        }
        long start = System.nanoTime();
        Publication healed = publication;
        for (Map.Entry<PublishedEndpoint, Outcome> one :
                cure(publication.endpoints()).entrySet()) {
            healed = healed.replace(one.getKey(), one.getValue());
        }
        List<Camera> lost = healed.incomplete();
        if (!lost.isEmpty()) {
            List<MadeMapping> rest =
                    made.stream().filter(one -> lost.contains(one.camera())).toList();
            healed = healed.without(lost, MadeMapping.takeBack(rest, settings, deadline));
            made.removeAll(rest);
        }
        return healed.verifiedIn(Duration.ofNanos(System.nanoTime() - start));
    }

    /** What came of the services that need a cure, in order. */
    Map<PublishedEndpoint, Outcome> cure(List<PublishedEndpoint> endpoints) throws InterruptedException {
        Map<PublishedEndpoint, Outcome> outcomes = new LinkedHashMap<>();
        Map<Camera, List<Finding>> silent = new HashMap<>();
        for (PublishedEndpoint endpoint : endpoints) {
            if (!curable(endpoint) || outcomes.size() == MOST_SERVICES) {
                continue;
            }
            List<Finding> known = silent.get(endpoint.camera());
            if (known != null) {
                outcomes.put(endpoint, new Outcome(Optional.of(endpoint), known));
                continue;
            }
            Outcome outcome = cure(endpoint);
            if (outcome.causes().isEmpty() && noneReached(endpoint.camera(), endpoints)) {
                // What helps none of a camera's services is not looked for again with the next.
                List<Finding> why = behindTheRouter(endpoint);
                silent.put(endpoint.camera(), why);
                outcome = new Outcome(outcome.endpoint(), why);
            }
            outcomes.put(endpoint, outcome);
        }
        return outcomes;
    }

    private static boolean noneReached(Camera camera, List<PublishedEndpoint> endpoints) {
        return endpoints.stream().filter(e -> e.camera().equals(camera)).noneMatch(Healing::reached);
    }

    /** Nothing of a camera is reached: tells its own silence from that of the whole way. */
    private List<Finding> behindTheRouter(PublishedEndpoint endpoint) throws InterruptedException {
        Optional<MadeMapping> mapping = of(endpoint);
        boolean outside = endpoint.verdict().orElseThrow().vantage().kind() == Vantage.Kind.AGENT;
        if (!outside || mapping.isEmpty() || tooLate()) {
            return List.of();
        }
        settings.events().progress("trying whether this host itself is reached through the router");
        return switch (new ControlProbe(settings, made, deadline)
                .through(mapping.get().observed())) {
            // A relay needs no default route of the camera.
            case ARRIVED -> endpoint.relay().isPresent() ? List.of() : List.of(Findings.cameraSilent(endpoint));
            case LOST -> List.of(Findings.nothingArrives(endpoint));
            case UNKNOWN -> List.of();
        };
    }

    /** Whether something on the way may be to blame, as far as the vantage can tell. */
    private boolean curable(PublishedEndpoint endpoint) {
        Optional<Verdict> verdict = endpoint.verdict();
        if (verdict.isEmpty() || verdict.get().status() != Verdict.Status.UNREACHABLE) {
            return false;
        }
        boolean onTheWay = verdict.get().stage().compareTo(Stage.PROTOCOL) <= 0 && first(verdict.get(), SYMPTOMS);
        return verdict.get().vantage().kind() != Vantage.Kind.HAIRPIN
                && (onTheWay || first(verdict.get(), Set.of(FindingCode.WRONG_DEVICE)))
                && of(endpoint).isPresent();
    }

    private static boolean first(Verdict verdict, Set<FindingCode> codes) {
        return !verdict.findings().isEmpty()
                && codes.contains(verdict.findings().get(0).code());
    }

    /**
     * Changes one thing at a time. The other port comes first: where not even a new mapping on it is reached, the old one
     * need not be touched. It is released before the old one is made again, because a router that has lost part of its
     * rules may take one mapping's for the other's.
     */
    private Outcome cure(PublishedEndpoint broken) throws InterruptedException {
        MadeMapping old = of(broken).orElseThrow();
        boolean answeredElsewhere = first(broken.verdict().orElseThrow(), Set.of(FindingCode.WRONG_DEVICE));
        boolean mayRemake = !answeredElsewhere && !foreign.contains(old);
        List<MadeMapping> before = List.copyOf(made);
        try {
            Optional<Integer> port = tooLate() ? Optional.empty() : freePort(old);
            Optional<PublishedEndpoint> other = port.isPresent() ? onPort(port.get(), old) : Optional.empty();
            if (other.isEmpty()) {
                return mayRemake && !tooLate() ? anew(old, broken) : unchanged(broken);
            }
            List<Finding> left = takeBack(of(other.get()).orElseThrow());
            if (!reached(other.get())) {
                return new Outcome(Optional.of(broken), left);
            }
            Outcome again = mayRemake && !tooLate() ? anew(old, broken) : unchanged(broken);
            boolean healed = again.endpoint().filter(Healing::reached).isPresent();
            return healed ? again : elsewhere(old, broken, other.get(), answeredElsewhere, again);
        } catch (NatTraversalException e) {
            List<Finding> causes = new ArrayList<>(List.of(Findings.of(e)));
            made.stream()
                    .filter(one -> !before.contains(one)
                            && one.mapping().externalPort() != broken.mapping().externalPort())
                    .toList()
                    .forEach(one -> causes.addAll(takeBack(one)));
            return new Outcome(Optional.of(broken), causes);
        }
    }

    private static Outcome unchanged(PublishedEndpoint broken) {
        return new Outcome(Optional.of(broken), List.of());
    }

    private boolean tooLate() {
        return deadline.remaining().compareTo(LEAST) < 0;
    }

    /** Releases the mapping and makes it again, on the same port. */
    private Outcome anew(MadeMapping old, PublishedEndpoint broken) throws InterruptedException {
        progress(old, "making the mapping of external port " + old.mapping().externalPort() + " again");
        ObservedGateway observed = old.observed();
        observed.provider().release(old.mapping(), deadline);
        observed.removed(old.mapping());
        MappingRequest request = to(old, old.mapping().externalPort());
        made.remove(old);
        MappingOutcome outcome = new MappingStep(observed, settings, made)
                .run(old.camera(), old.service(), request, old.before(), deadline);
        if (outcome instanceof Refused refused) {
            List<Finding> causes = new ArrayList<>();
            causes.add(Findings.refused(observed.provider().gateway(), old.camera(), request, refused));
            // Gone already; what is left to do is to have that applied.
            causes.addAll(takeBack(old.kept(false)));
            return new Outcome(Optional.empty(), causes);
        }
        int last = made.size() - 1;
        made.set(last, made.get(last).kept(old.before()));
        PublishedEndpoint again = tried(made.get(last));
        return reached(again)
                ? new Outcome(Optional.of(again), List.of(Findings.madeAnew(again)))
                : new Outcome(Optional.of(broken), List.of());
    }

    /** Maps the same service on another external port besides and tries it; empty where the gateway refuses. */
    private Optional<PublishedEndpoint> onPort(int port, MadeMapping old) throws InterruptedException {
        progress(
                old,
                "trying external port " + port + " instead of " + old.mapping().externalPort());
        MappingOutcome outcome = new MappingStep(old.observed(), settings, made)
                .run(old.camera(), old.service(), to(old, port), false, deadline);
        return outcome instanceof Mapped ? Optional.of(tried(made.get(made.size() - 1))) : Optional.empty();
    }

    /** The other port is reached and the old one is not: the service moves there, or the way to do it is named. */
    private Outcome elsewhere(
            MadeMapping old,
            PublishedEndpoint broken,
            PublishedEndpoint other,
            boolean answeredElsewhere,
            Outcome again)
            throws InterruptedException {
        boolean move = mayMove && broken.service().policy() instanceof PortPolicy.Auto;
        Optional<PublishedEndpoint> moved = move ? onPort(other.mapping().externalPort(), old) : Optional.empty();
        if (moved.isEmpty() && again.endpoint().isEmpty()) {
            return again;
        }
        List<Finding> causes = new ArrayList<>();
        causes.add(
                answeredElsewhere
                        ? Findings.portTakenOutside(broken, other, moved.isPresent())
                        : Findings.portBlocked(broken, other, moved.isPresent()));
        if (moved.isEmpty()) {
            return new Outcome(again.endpoint(), causes);
        }
        // The one that works stands: what cannot be released is said, and does no harm.
        of(broken).ifPresent(standing -> {
            causes.addAll(takeBack(standing.kept(false)));
            made.remove(standing);
        });
        return new Outcome(moved, causes);
    }

    private List<Finding> takeBack(MadeMapping mapping) {
        List<Finding> left = MadeMapping.takeBack(List.of(mapping), settings, deadline);
        made.remove(mapping);
        return left.stream().map(Findings::overcome).toList();
    }

    private Optional<Integer> freePort(MadeMapping old) {
        ObservedGateway observed = old.observed();
        observed.refused(old.request().protocol(), old.mapping().externalPort());
        CameraService anyPort = new CameraService(
                old.service().scheme(),
                old.service().port(),
                old.service().path(),
                old.service().policy() instanceof PortPolicy.Auto auto ? auto : PortPolicy.auto());
        return observed.plan(List.of(old.camera().only(List.of(anyPort)))).assignments().stream()
                .map(Assignment::externalPort)
                .filter(port -> port != old.mapping().externalPort())
                .findFirst();
    }

    private MappingRequest to(MadeMapping old, int externalPort) {
        return MappingRequest.to(old.request().internal(), externalPort)
                .protocol(old.request().protocol())
                .lease(old.request().lease())
                .description(old.request().description())
                .source(old.request().source())
                .build();
    }

    /** Tries a mapping that was just made, once it is in effect. */
    private PublishedEndpoint tried(MadeMapping mapping) throws InterruptedException {
        mapping.observed().provider().commit(deadline);
        return tried(mapping.endpoint());
    }

    private PublishedEndpoint tried(PublishedEndpoint endpoint) throws InterruptedException {
        return verification.again(endpoint, deadline);
    }

    private static boolean reached(PublishedEndpoint endpoint) {
        return endpoint.verdict()
                .filter(v -> v.status() == Verdict.Status.REACHABLE)
                .isPresent();
    }

    private Optional<MadeMapping> of(PublishedEndpoint endpoint) {
        return made.stream()
                .filter(one ->
                        one.mapping().equals(endpoint.mapping()) && one.camera().equals(endpoint.camera()))
                .findFirst();
    }

    private void progress(MadeMapping mapping, String step) {
        settings.events()
                .progress(mapping.camera().name() + " " + mapping.service().name() + ": " + step);
    }
}
