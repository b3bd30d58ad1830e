package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortMapping;
import dev.porthole.plan.Assignment;
import dev.porthole.plan.PlanItem;
import dev.porthole.plan.PortPlan;
import dev.porthole.plan.PortPolicy;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The last rung: what a gateway refuses to map for a camera, this host has mapped for itself, and relays. For the gateway the
 * relay is all there is: a stand-in with this host's address is planned and mapped like any camera. Used by one call, by one
 * thread.
 */
final class RelayStep {
    /**
     * Refusals that do not concern this host: it asks for itself, from a port that is no well-known one, and looks itself who
     * connects.
     */
    private static final Set<FindingCode> CURABLE = EnumSet.of(
            FindingCode.SECURE_MODE,
            FindingCode.NOT_AUTHORIZED,
            FindingCode.ROUTER_POLICY,
            FindingCode.SOURCE_RESTRICTION_UNSUPPORTED);

    /** Below it routers like to refuse, and other programs of this host look for their place. */
    private static final int FIRST_UNPRIVILEGED = 1024;

    private final Settings settings;
    private final List<Chance> chances = new ArrayList<>();
    private final List<InternalEndpoint> begun = new ArrayList<>();

    /**
     * A gateway that might map for this host, and the cameras that it refused.
     *
     * @param observed the gateway
     * @param cameras the cameras
     */
    record Chance(ObservedGateway observed, List<Camera> cameras) {
        Chance {
            cameras = List.copyOf(cameras);
        }

        private boolean isSameWayAs(ObservedGateway other) {
            return observed.provider() == other.provider();
        }
    }

    RelayStep(Settings settings) {
        this.settings = settings;
    }

    /** The rung of the ladder that is the relay through a gateway. */
    static Gateway rung(Gateway gateway) {
        return new Gateway(gateway.id(), MappingProtocol.RELAY, gateway.lanAddress(), gateway.model());
    }

    /**
     * Takes note of cameras that a gateway refused, where relaying is allowed and may help: not with IPv6, which is not
     * translated, so that a mapping never leads from a camera's address to this host.
     */
    void refused(ObservedGateway observed, List<Camera> cameras, List<Finding> why) {
        List<Camera> all = new ArrayList<>(cameras);
        all.removeIf(camera -> camera.address() instanceof Inet6Address);
        if (settings.relays().allowed()
                && !all.isEmpty()
                && why.stream().anyMatch(finding -> CURABLE.contains(finding.code()))) {
            chances.stream()
                    .filter(chance -> chance.isSameWayAs(observed))
                    .findFirst()
                    .ifPresent(chance -> all.addAll(0, chance.cameras()));
            chances.removeIf(chance -> chance.isSameWayAs(observed));
            chances.add(new Chance(observed, all));
        }
    }

    /** Every gateway will be asked once more. */
    void again() {
        chances.clear();
    }

    /** What may be tried, in the order of the ladder whatever the order of refusals. */
    List<Chance> chances() {
        return chances.stream()
                .sorted(Comparator.comparing(
                        chance -> chance.observed().provider().gateway().protocol()))
                .toList();
    }

    /** Relays the first of the cameras and maps the relay, or does neither. */
    CameraMapper.Result map(ObservedGateway observed, List<Camera> cameras, Deadline mapBy, Deadline rollBackBy)
            throws InterruptedException {
        Camera camera = cameras.get(0);
        Gateway gateway = observed.provider().gateway();
        settings.events().progress("relaying " + camera.name() + " through this host");
        List<Camera> asSeen = new ArrayList<>(cameras);
        try {
            InetAddress host = LocalNetwork.addressTowards(gateway.lanAddress());
            if (host.equals(camera.address())
                    || host.getClass() != camera.address().getClass()) {
                return nothing(List.of());
            }
            asSeen.set(0, standIn(observed, cameras, host));
        } catch (IOException e) {
            return nothing(List.of(Findings.relayUnusable(camera, String.valueOf(e.getMessage()))));
        }
        // The relay looks who connects; a gateway that cannot is no obstacle.
        Settings open = settings.with(SourcePolicy.anyone());
        CameraMapper.Result result = CameraMapper.map(observed, open, asSeen, mapBy, rollBackBy);
        List<MadeMapping> made = result.made().stream()
                .map(one -> one.of(camera, service(camera, one.service())))
                .toList();
        return new CameraMapper.Result(
                made.stream().map(MadeMapping::endpoint).toList(), made, result.findings(), result.gatewayWide());
    }

    private static CameraMapper.Result nothing(List<Finding> findings) {
        return new CameraMapper.Result(List.of(), List.of(), findings, false);
    }

    private Camera standIn(ObservedGateway observed, List<Camera> cameras, InetAddress host)
            throws IOException, InterruptedException {
        Camera camera = cameras.get(0);
        PortPlan plan = observed.plan(cameras);
        List<CameraService> there = new ArrayList<>();
        for (CameraService service : camera.services()) {
            List<Integer> wished = wished(observed, camera.planItem(service), plan, host);
            Relays.Port port = settings.relays().listen(camera.endpoint(service), host, wished, settings.source());
            if (port.begun()) {
                begun.add(port.endpoint());
            }
            there.add(new CameraService(service.scheme(), port.endpoint().port(), service.path(), policy(service)));
        }
        return camera.standIn(host, there);
    }

    /** The port it had before, by the ledger or by the gateway's table; else the number of its external port. */
    private List<Integer> wished(ObservedGateway observed, PlanItem item, PortPlan plan, InetAddress host) {
        String gateway = observed.provider().gateway().id();
        Stream<Integer> remembered = settings.ledger().entries(gateway).stream()
                .filter(entry -> entry.tag().equals(item.tag()) && entry.protocol() == item.protocol())
                .filter(entry -> entry.internal().address().equals(host)
                        && entry.relayed().filter(item.internal()::equals).isPresent())
                .map(LedgerEntry::internal)
                .map(InternalEndpoint::port);
        Stream<Integer> mapped = observed.mappings().stream()
                .filter(mapping -> mapping.description().equals(item.tag()) && mapping.protocol() == item.protocol())
                .filter(mapping ->
                        mapping.internalAddress().filter(host::equals).isPresent())
                .map(PortMapping::internalPort)
                .filter(port -> port > 0);
        Stream<Integer> planned =
                plan.assignment(item).map(Assignment::externalPort).stream().filter(port -> port >= FIRST_UNPRIVILEGED);
        return Stream.of(remembered, mapped, planned)
                .flatMap(ports -> ports)
                .distinct()
                .toList();
    }

    /** The external port is to be the camera's number, which the relay's port is not. */
    private static PortPolicy policy(CameraService service) {
        return service.policy() instanceof PortPolicy.SameAsInternal
                ? new PortPolicy.Manual(service.port())
                : service.policy();
    }

    private static CameraService service(Camera camera, CameraService standIn) {
        return camera.services().stream()
                .filter(service -> service.scheme() == standIn.scheme())
                .findFirst()
                .orElseThrow();
    }

    /** Stops listening where nothing leads to after all. */
    void closeUnused(List<MadeMapping> made) {
        for (InternalEndpoint port : begun) {
            Optional<MadeMapping> leading = made.stream()
                    .filter(one -> one.request().internal().equals(port))
                    .findFirst();
            if (leading.isEmpty()) {
                settings.relays().close(port);
            }
        }
    }
}
