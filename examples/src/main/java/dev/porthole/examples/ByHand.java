package dev.porthole.examples;

import dev.porthole.Camera;
import dev.porthole.SourcePolicy;
import dev.porthole.mapping.PortRange;
import dev.porthole.plan.PlanItem;
import dev.porthole.plan.PlanRequest;
import dev.porthole.plan.PortPlan;
import dev.porthole.plan.PortPlanner;
import dev.porthole.reach.Target;
import dev.porthole.reach.Target.Scheme;
import dev.porthole.routers.ForwardedPort;
import dev.porthole.routers.RouterGuide;
import dev.porthole.routers.RouterInstructions;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The last rung of the ladder: a person enters the rules on the router.
 *
 * @param guide how that is done there
 * @param router where the router's pages are
 * @param gateway the router's address on the LAN
 * @param external the address at which the cameras are reached
 * @param source who may connect
 * @param ports what is to be forwarded
 * @param planned whether the ports were chosen knowing what the router has already
 */
record ByHand(
        RouterGuide guide,
        Optional<URI> router,
        Optional<InetAddress> gateway,
        Optional<InetAddress> external,
        SourcePolicy source,
        List<ForwardedPort> ports,
        boolean planned) {
    /** Stands for an address that is not known, in a command to be completed. */
    private static final String EXTERNAL = "ROUTERS-EXTERNAL-ADDRESS";

    /** Chooses external ports where no router can be asked for those that are taken. */
    static PortPlan unasked(List<Camera> cameras, Set<PortRange> avoid) {
        List<PlanItem> items = new ArrayList<>();
        cameras.forEach(camera -> camera.services().forEach(service -> items.add(camera.planItem(service))));
        return new PortPlanner().plan(new PlanRequest(items, List.of(), List.of(), List.of(), avoid, true));
    }

    RouterInstructions instructions() {
        RouterInstructions.Builder builder =
                guide.instructions(ports).source(source).plannedByRouter(planned);
        router.ifPresent(builder::router);
        gateway.ifPresent(builder::gateway);
        external.ifPresent(builder::externalAddress);
        return builder.build();
    }

    /** What is to be reached once the rules are there; none where the external address is not known. */
    List<Target> targets() {
        return external.stream()
                .flatMap(address -> ports.stream().map(port -> target(address, port)))
                .toList();
    }

    private Target target(InetAddress address, ForwardedPort port) {
        Target.Builder target = Target.at(port.service().scheme(), address, port.externalPort())
                .path(port.service().path())
                .credentials(port.camera().credentials())
                .internal(port.camera().endpoint(port.service()));
        gateway.ifPresent(target::gateway);
        return target.build();
    }

    /** The services on the LAN, in the same order. */
    List<Target> onLan() {
        return ports.stream()
                .map(port -> Target.at(
                                port.service().scheme(),
                                port.camera().address(),
                                port.service().port())
                        .path(port.service().path())
                        .credentials(port.camera().credentials())
                        .internal(port.camera().endpoint(port.service()))
                        .build())
                .toList();
    }

    /** The command that tries whether it is done. */
    String verifyCommand(List<String> account) {
        List<String> words = new ArrayList<>(List.of("porthole", "verify"));
        String host = external.map(InetAddress::getHostAddress)
                .map(literal -> literal.indexOf(':') < 0 ? literal : "[" + literal + "]")
                .orElse(EXTERNAL);
        for (ForwardedPort port : ports) {
            Scheme scheme = port.service().scheme();
            boolean stream = scheme == Scheme.RTSP || scheme == Scheme.RTSPS;
            words.add(stream ? "--rtsp" : "--http");
            words.add(scheme.id() + "://" + host + ":" + port.externalPort()
                    + (stream ? port.service().path() : "/"));
        }
        words.addAll(account);
        return Words.command(words);
    }
}
