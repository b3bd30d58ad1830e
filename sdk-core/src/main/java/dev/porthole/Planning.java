package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.plan.Assignment;
import dev.porthole.plan.PlanItem;
import dev.porthole.plan.PortPlan;
import dev.porthole.plan.Rejection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One call of {@link Porthole#plan}. Used once, by one thread. */
final class Planning {
    private final Settings settings;
    private final List<Camera> cameras;
    private final List<Camera> left;
    private final Deadline deadline;
    private final List<Assignment> assignments = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private Optional<Gateway> gateway = Optional.empty();
    private ExternalAddress externalAddress = ExternalAddress.UNKNOWN;

    Planning(Settings settings, List<Camera> cameras, Deadline deadline) {
        this.settings = settings;
        this.cameras = cameras;
        this.left = new ArrayList<>(cameras);
        this.deadline = deadline;
    }

    PublicationPlan run() throws InterruptedException {
        LocalNetwork network = settings.network().get();
        TargetCheck check = new TargetCheck(network, settings.routedLans());
        GatewayWalk walk = GatewayWalk.place(settings, check, cameras, deadline, this::at);
        if (!left.isEmpty()) {
            walk.turnedAway().values().forEach(findings::addAll);
            findings.addAll(walk.findings());
            if (findings.isEmpty()) {
                findings.add(Findings.noGateway(network));
            }
        }
        return new PublicationPlan(gateway, externalAddress, ports(), Findings.ranked(findings));
    }

    private void at(PortMappingProvider provider, List<Camera> taken) throws InterruptedException {
        if (taken.isEmpty() && gateway.isPresent()) {
            return;
        }
        ExternalAddress external = provider.externalAddress(deadline);
        if (!taken.isEmpty()) {
            PortPlan ports = ObservedGateway.observe(provider, external, settings, deadline)
                    .plan(taken);
            assignments.addAll(ports.assignments());
            rejections.addAll(ports.rejections());
            Findings.unusable(provider.gateway(), external).ifPresent(findings::add);
            ports.rejections().stream().map(Rejection::finding).forEach(findings::add);
        }
        if (left.size() == cameras.size()) {
            gateway = Optional.of(provider.gateway());
            externalAddress = external;
        }
        left.removeAll(taken);
    }

    /** In the order of the request, whichever gateway took which camera. */
    private PortPlan ports() {
        Map<PlanItem, Integer> places = new HashMap<>();
        for (Camera camera : cameras) {
            camera.services().forEach(service -> places.put(camera.planItem(service), places.size()));
        }
        assignments.sort(Comparator.comparing(assignment -> places.get(assignment.item())));
        rejections.sort(Comparator.comparing(rejection -> places.get(rejection.item())));
        return new PortPlan(assignments, rejections);
    }
}
