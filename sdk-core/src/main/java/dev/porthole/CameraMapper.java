package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.Refusal;
import dev.porthole.plan.Assignment;
import dev.porthole.plan.PlanItem;
import dev.porthole.plan.PortPlan;
import dev.porthole.plan.PortPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps all services of one camera on one gateway, or none: what this call made is released again, in reverse order, when
 * a service is refused, an answer stays away or the thread is interrupted. Mappings that were there before stay.
 */
final class CameraMapper {
    /** A port that looked free is rarely refused twice in a row; eight times means something else is wrong. */
    private static final int MOST_REPLANS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Porthole.class);

    private final ObservedGateway observed;
    private final PortMappingProvider provider;
    private final Settings settings;
    private final List<Camera> pending;
    private final Camera camera;
    private final Deadline mapBy;
    private final Deadline rollBackBy;
    private final List<MadeMapping> made = new ArrayList<>();
    private PortPlan plan;
    private boolean changed;

    /** What came of it. {@code gatewayWide} means that other cameras will fare no better on this gateway. */
    record Result(
            List<PublishedEndpoint> endpoints, List<MadeMapping> made, List<Finding> findings, boolean gatewayWide) {}

    private CameraMapper(
            ObservedGateway observed, Settings settings, List<Camera> pending, Deadline mapBy, Deadline rollBackBy) {
        this.observed = observed;
        this.provider = observed.provider();
        this.settings = settings;
        this.pending = pending;
        this.camera = pending.get(0);
        this.plan = observed.plan(pending);
        this.mapBy = mapBy;
        this.rollBackBy = rollBackBy;
    }

    /**
     * Maps the first of the cameras that are to be mapped; the others keep the ports that the plan holds for them.
     *
     * @param mapBy when to give up mapping
     * @param rollBackBy when to give up releasing what was mapped
     */
    static Result map(
            ObservedGateway observed, Settings settings, List<Camera> pending, Deadline mapBy, Deadline rollBackBy)
            throws InterruptedException {
        return new CameraMapper(observed, settings, pending, mapBy, rollBackBy).run();
    }

    private Result run() throws InterruptedException {
        try {
            List<Finding> rejected = rejections();
            if (!rejected.isEmpty()) {
                // Known before anything is asked for: the router is not touched.
                return failed(rejected, false);
            }
            int next = 0;
            int replans = 0;
            while (next < camera.services().size()) {
                CameraService service = camera.services().get(next);
                PlanItem item = camera.planItem(service);
                Optional<Assignment> assignment = plan.assignment(item);
                if (assignment.isEmpty()) {
                    return failed(rejections(), false);
                }
                MappingRequest request = request(item, assignment.get().externalPort());
                boolean before = assignment
                        .get()
                        .kept()
                        .filter(m -> m.leadsTo(request.internal()))
                        .isPresent();
                MappingOutcome outcome =
                        new MappingStep(observed, settings, made).run(camera, service, request, before, mapBy);
                if (outcome instanceof Mapped mapped) {
                    changed |= mapped.how() != Mapped.How.UNCHANGED;
                    next++;
                } else if (outcome instanceof Refused refused) {
                    if (replans++ >= MOST_REPLANS || !learn(service, request, refused.reason())) {
                        return failed(
                                List.of(Findings.refused(gateway(), camera, request, refused)),
                                gatewayWide(refused.reason()));
                    }
                    if (refused.reason() == Refusal.SAME_PORT_REQUIRED) {
                        List<Finding> left = rollBack(rollBackBy);
                        if (!left.isEmpty()) {
                            return failed(left, true);
                        }
                        next = 0;
                    }
                    plan = observed.plan(pending);
                }
            }
            Optional<Finding> lost = changed ? lostMeanwhile() : Optional.empty();
            if (lost.isPresent()) {
                return failed(List.of(lost.get()), true);
            }
            List<Finding> left = releaseReplaced();
            return new Result(endpoints(), made, left, false);
        } catch (NatTraversalException e) {
            return failed(List.of(Findings.of(e)), true);
        } catch (InterruptedException e) {
            MadeMapping.takeBackInterrupted(made, settings);
            throw e;
        }
    }

    /** Some gateways forget one mapping when they get another, or restart in between: all of a camera or none. */
    private Optional<Finding> lostMeanwhile() throws InterruptedException {
        for (MadeMapping one : made.subList(0, Math.max(0, made.size() - 1))) {
            PortMapping mapping = one.mapping();
            try {
                boolean there = provider.mapping(mapping.protocol(), mapping.externalPort(), mapBy)
                        .filter(m -> m.internalPort() == mapping.internalPort()
                                && m.internalClient().equals(mapping.internalClient()))
                        .isPresent();
                if (!there && provider.capabilities().listing()) {
                    return Optional.of(Findings.lost(gateway(), mapping));
                }
            } catch (NatTraversalException e) {
                // It was read back when it was made; that nobody answers now does not take it away.
                LOG.debug("{}: {} not looked at again: {}", gateway(), mapping, e.getMessage());
            }
        }
        return Optional.empty();
    }

    private MappingRequest request(PlanItem item, int externalPort) {
        return MappingRequest.to(item.internal(), externalPort)
                .protocol(item.protocol())
                .otherPortAccepted(item.policy() instanceof PortPolicy.Auto && observed.translation())
                .lease(settings.lease())
                .description(item.tag())
                .source(settings.source())
                .build();
    }

    /** Takes note of a refusal; true where another plan may succeed. */
    private boolean learn(CameraService service, MappingRequest request, Refusal reason) {
        if (!(service.policy() instanceof PortPolicy.Auto)) {
            return false;
        }
        if (reason.aboutThisPort() && observed.translation()) {
            observed.refused(request.protocol(), request.externalPort());
            return true;
        }
        if (reason == Refusal.SAME_PORT_REQUIRED && observed.translation()) {
            observed.translationRefused();
            return true;
        }
        return false;
    }

    private static boolean gatewayWide(Refusal reason) {
        return reason == Refusal.THIRD_PARTY || reason == Refusal.NOT_AUTHORIZED || reason == Refusal.TABLE_FULL;
    }

    private List<Finding> rejections() {
        List<PlanItem> items = camera.services().stream().map(camera::planItem).toList();
        return plan.rejections().stream()
                .filter(rejection -> items.contains(rejection.item()))
                .map(dev.porthole.plan.Rejection::finding)
                .toList();
    }

    private Result failed(List<Finding> causes, boolean gatewayWide) {
        List<Finding> findings = new ArrayList<>(causes);
        findings.addAll(rollBack(rollBackBy));
        return new Result(List.of(), List.of(), findings, gatewayWide);
    }

    private List<Finding> rollBack(Deadline deadline) {
        List<Finding> left = MadeMapping.takeBack(made, settings, deadline);
        made.clear();
        return left;
    }

    /**
     * Mappings of ours for the same services on other ports go when the new ones stand, not before; the ledger forgets them
     * when that is applied.
     */
    private List<Finding> releaseReplaced() throws InterruptedException {
        List<Finding> left = new ArrayList<>();
        for (MadeMapping one : made) {
            List<PortMapping> replaced = plan.assignment(camera.planItem(one.service()))
                    .map(Assignment::replaced)
                    .orElse(List.of());
            List<Integer> kept = new ArrayList<>(List.of(one.mapping().externalPort()));
            for (PortMapping old : replaced) {
                try {
                    provider.release(old, mapBy);
                    observed.removed(old);
                    settings.events().released(gateway(), old);
                } catch (NatTraversalException e) {
                    kept.add(old.externalPort());
                    left.add(Findings.overcome(
                            Findings.rollbackPending(gateway(), old, String.valueOf(e.getMessage()))));
                }
            }
            for (LedgerEntry entry : observed.held()) {
                boolean sameService = entry.tag().equals(one.entry().tag())
                        && entry.protocol() == one.entry().protocol();
                boolean otherPlace = entry.externalPort() == one.mapping().externalPort() && !entry.equals(one.entry());
                if (sameService && (otherPlace || !kept.contains(entry.externalPort()))) {
                    observed.replaced(entry);
                }
            }
        }
        return left;
    }

    private List<PublishedEndpoint> endpoints() {
        return made.stream().map(MadeMapping::endpoint).toList();
    }

    private Gateway gateway() {
        return provider.gateway();
    }
}
