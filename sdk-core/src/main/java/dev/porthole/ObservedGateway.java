package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.ledger.Ledger;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.ReservedPort;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.plan.Assignment;
import dev.porthole.plan.PlanItem;
import dev.porthole.plan.PlanRequest;
import dev.porthole.plan.PortPlan;
import dev.porthole.plan.PortPlanner;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of one gateway during one call; grows while mapping. Used by one thread. */
final class ObservedGateway {
    private static final Logger LOG = LoggerFactory.getLogger(Porthole.class);

    private final PortMappingProvider provider;
    private final ExternalAddress externalAddress;
    private Optional<InetAddress> reachedAt;
    private final List<PortMapping> mappings;
    private final List<ReservedPort> reserved;
    private final Ledger ledger;
    private final Set<PortRange> avoid;
    /** Of mappings that others have taken the place of, which is not applied yet. */
    private final List<LedgerEntry> replaced = new ArrayList<>();

    private boolean translation;

    private ObservedGateway(
            PortMappingProvider provider,
            ExternalAddress externalAddress,
            List<PortMapping> mappings,
            Set<ReservedPort> reserved,
            Settings settings) {
        this.provider = provider;
        this.externalAddress = externalAddress;
        this.reachedAt = externalAddress.address();
        this.mappings = new ArrayList<>(mappings);
        this.reserved = new ArrayList<>(reserved);
        this.ledger = settings.ledger();
        this.avoid = settings.avoid();
        this.translation = provider.capabilities().translation();
    }

    /**
     * Asks a gateway for its mappings and its own ports. Of a gateway that cannot list them, those of ours are known that
     * the ledger holds.
     */
    static ObservedGateway observe(
            PortMappingProvider provider, ExternalAddress external, Settings settings, Deadline deadline)
            throws InterruptedException {
        List<PortMapping> mappings = List.of();
        try {
            mappings = named(
                    provider.mappings(deadline),
                    settings.ledger().entries(provider.gateway().id()));
        } catch (NatTraversalException e) {
            // Each port is looked at before it is mapped, so that nothing foreign is overwritten.
            LOG.debug("{}: mappings cannot be listed: {}", provider.gateway(), e.getMessage());
        }
        if (mappings.isEmpty() && !provider.capabilities().listing()) {
            // What was published before must not be taken for something that this call made.
            mappings = settings.ledger().entries(provider.gateway().id()).stream()
                    .map(LedgerEntry::mapping)
                    .toList();
        }
        return new ObservedGateway(provider, external, mappings, provider.reservedPorts(deadline), settings);
    }

    /** A gateway that is taken to hold what the ledger says. */
    static ObservedGateway remembered(PortMappingProvider provider, ExternalAddress external, Settings settings) {
        List<PortMapping> mappings = settings
                .ledger()
                .entries(provider.gateway().id())
                .stream()
                .map(LedgerEntry::mapping)
                .toList();
        return new ObservedGateway(provider, external, mappings, Set.of(), settings);
    }

    /**
     * Names the mappings that a gateway lists without a description and the ledger holds: some tables have no column for
     * it, and what is ours must not be planned around.
     */
    static List<PortMapping> named(List<PortMapping> mappings, List<LedgerEntry> held) {
        return mappings.stream()
                .map(mapping -> !mapping.description().isEmpty()
                        ? mapping
                        : held.stream()
                                .filter(entry -> entry.holds(mapping))
                                .findFirst()
                                .map(entry -> mapping.describedAs(entry.tag()))
                                .orElse(mapping))
                .toList();
    }

    PortMappingProvider provider() {
        return provider;
    }

    ExternalAddress externalAddress() {
        return externalAddress;
    }

    /** The address at which the mappings are reached: the gateway's own, else one that was learnt otherwise. */
    Optional<InetAddress> reachedAt() {
        return reachedAt;
    }

    /** Takes an address as the external one, where the gateway does not tell its own. */
    void seenAt(Optional<InetAddress> address) {
        reachedAt = reachedAt.or(() -> address);
    }

    List<PortMapping> mappings() {
        return List.copyOf(mappings);
    }

    /** The mapping that holds an external port: with IPv6, where each client has all ports, for one client. */
    Optional<PortMapping> holder(TransportProtocol protocol, int port, InetAddress client) {
        return mappings.stream()
                .filter(m -> m.protocol() == protocol && m.external().contains(port))
                .filter(m -> !(client instanceof Inet6Address)
                        || m.internalAddress().filter(client::equals).isPresent())
                .findFirst();
    }

    /** Whether every service keeps the port that it has, and leads to where it did. */
    boolean keepsAll(List<Camera> cameras) {
        PortPlan plan = plan(cameras);
        return cameras.stream()
                .allMatch(camera -> camera.services().stream()
                        .map(camera::planItem)
                        .allMatch(item -> plan.assignment(item)
                                .filter(assignment -> assignment.replaced().isEmpty())
                                .flatMap(Assignment::kept)
                                .filter(mapping -> mapping.leadsTo(item.internal()))
                                .isPresent()));
    }

    PortPlan plan(List<Camera> cameras) {
        List<PlanItem> items = new ArrayList<>();
        for (Camera camera : cameras) {
            for (CameraService service : camera.services()) {
                items.add(camera.planItem(service));
            }
        }
        return new PortPlanner().plan(new PlanRequest(items, mappings, reserved, held(), avoid, translation));
    }

    /** What the ledger holds here, without what was replaced. */
    List<LedgerEntry> held() {
        List<LedgerEntry> held =
                new ArrayList<>(ledger.entries(provider.gateway().id()));
        held.removeAll(replaced);
        return held;
    }

    /** An entry whose mapping was replaced: it holds nothing any more, and is on record until that is applied. */
    void replaced(LedgerEntry entry) {
        replaced.add(entry);
    }

    /** Whether anything was replaced that is not applied yet. */
    boolean replacedAny() {
        return !replaced.isEmpty();
    }

    /**
     * Forgets what was replaced, now that this is applied.
     *
     * @return why entries could not be forgotten; they do no harm
     */
    List<Finding> forgetReplaced() {
        List<Finding> kept = new ArrayList<>();
        for (LedgerEntry entry : replaced) {
            try {
                ledger.forget(entry);
            } catch (NatTraversalException e) {
                kept.add(Findings.overcome(Findings.of(e)));
            }
        }
        replaced.clear();
        return kept;
    }

    /** A port that the gateway refused although it looked free. */
    void refused(TransportProtocol protocol, int port) {
        reserved.add(new ReservedPort(protocol, PortRange.of(port), "refused by the router a moment ago"));
    }

    boolean translation() {
        return translation;
    }

    void translationRefused() {
        translation = false;
    }

    void added(PortMapping mapping) {
        removed(mapping);
        mappings.add(mapping);
    }

    void removed(PortMapping mapping) {
        // With IPv6 each client has all ports.
        boolean ipv6 = mapping.internalClient().indexOf(':') >= 0;
        mappings.removeIf(m -> m.protocol() == mapping.protocol()
                && m.externalPort() == mapping.externalPort()
                && (!ipv6 || m.internalClient().equals(mapping.internalClient())));
    }
}
