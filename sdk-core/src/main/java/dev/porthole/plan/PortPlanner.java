package dev.porthole.plan;

import dev.porthole.diagnose.FindingCode;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.ReservedPort;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.plan.Assignment.Choice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses external ports. Pure: the same request always gives the same plan, without I/O and without a clock.
 *
 * <p>No two services of a plan share an external port of the same transport, and none takes a port that a mapping (foreign
 * and disabled ones too), the router itself, the ledger or the avoid-list holds. Ports that a service already has are
 * settled first, then ports asked for, then the rest by a preference derived from the service's tag alone. So the order
 * of the request changes nothing, cameras that come and go do not move the others, and planning again with the outcome
 * of a plan gives the same plan.
 *
 * <p>IPv6 is not translated: a service at such an address keeps its own port, and shares it with whoever has another
 * address.
 *
 * <p>Stateless and thread-safe.
 */
public final class PortPlanner {
    /** Below this many routers refuse mappings, and miniupnpd's usual rules do. */
    private static final int LOWEST_ALTERNATIVE = 1024;

    private static final int ALTERNATIVES = 3;
    private static final Comparator<PlanItem> CANONICAL =
            Comparator.comparing(PlanItem::tag).thenComparing(PlanItem::protocol);

    /** Makes a planner. It holds nothing. */
    public PortPlanner() {}

    /**
     * Plans.
     *
     * @param request all that the plan depends on
     * @return the plan; each service of the request is in it once, assigned or rejected
     */
    public PortPlan plan(PlanRequest request) {
        return new Run(request).plan();
    }

    /** The state of one run. */
    private static final class Run {
        private final PlanRequest request;
        /** Taken by others or by this plan. */
        private final Map<Ports, BitSet> taken = new HashMap<>();
        /** Seen in the gateway's mappings. */
        private final Map<Ports, BitSet> mapped = new HashMap<>();
        /** What this plan settled, in any order. */
        private final Map<PlanItem, Assignment> assigned;
        /** Services without a port, until all others are settled and alternatives are known. */
        private final Map<PlanItem, Refused> refused = new HashMap<>();

        /** Mappings of ours, by the service that they belong to. */
        private final Map<PlanItem, List<PortMapping>> own = new HashMap<>();

        /** The one of them on the port that the service may keep. */
        private final Map<PlanItem, PortMapping> keepable = new HashMap<>();

        private final Map<PlanItem, LedgerEntry> remembered = new HashMap<>();

        private record Refused(FindingCode code, String reason, int near) {}

        Run(PlanRequest request) {
            this.request = request;
            this.assigned = new HashMap<>(request.items().size() * 2);
        }

        PortPlan plan() {
            PlanItem[] items = request.items().toArray(PlanItem[]::new);
            Arrays.sort(items, CANONICAL);
            Map<String, PlanItem> byTag = byTag(items);
            takeWhatTheGatewayHolds(items, byTag);
            for (PlanItem item : items) {
                keepWhatTheGatewayHas(item);
            }
            takeWhatTheLedgerHolds(byTag);
            for (PlanItem item : items) {
                keepWhatTheLedgerHas(item);
            }
            for (PlanItem item : items) {
                if (!assigned.containsKey(item)) {
                    fixedPort(item);
                }
            }
            for (PlanItem item : items) {
                if (!assigned.containsKey(item) && !refused.containsKey(item)) {
                    freePort(item, ((PortPolicy.Auto) item.policy()).range());
                }
            }
            return result();
        }

        private static Map<String, PlanItem> byTag(PlanItem[] items) {
            Map<String, PlanItem> byTag = new HashMap<>(items.length * 2);
            for (PlanItem item : items) {
                byTag.put(key(item.tag(), item.protocol()), item);
            }
            return byTag;
        }

        /** Marks what cannot be had from the gateway, and sorts out which mappings belong to the services themselves. */
        private void takeWhatTheGatewayHolds(PlanItem[] items, Map<String, PlanItem> byTag) {
            Map<Object, PlanItem> byEndpoint = new HashMap<>(items.length * 2);
            for (PlanItem item : items) {
                byEndpoint.put(endpointKey(item.internal().toString(), item.protocol()), item);
            }
            for (PortMapping mapping : request.mappings()) {
                Ports ports = Ports.of(mapping);
                if (isMappedTwice(mapping, ports)) {
                    take(ports, mapping.external());
                }
                PlanItem owner = mapping.ours() ? ownerOf(mapping, byTag, byEndpoint) : null;
                if (owner == null) {
                    take(ports, mapping.external());
                } else {
                    own.computeIfAbsent(owner, o -> new ArrayList<>(1)).add(mapping);
                }
            }
            own.forEach(this::chooseKeepable);
            for (ReservedPort port : request.reserved()) {
                take(Ports.ofGateway(port.protocol()), port.ports());
            }
            for (PortRange range : request.avoid()) {
                for (PlanItem item : items) {
                    take(Ports.of(item), range);
                }
            }
        }

        /**
         * Where the ledger and the gateway disagree, the gateway is right: it is asked first. Of several entries of a service,
         * as they are left where a replaced mapping may not be gone, the first on a port that the service may have counts.
         */
        private void takeWhatTheLedgerHolds(Map<String, PlanItem> byTag) {
            for (LedgerEntry entry : request.held()) {
                PlanItem owner = byTag.get(key(entry.tag(), entry.protocol()));
                LedgerEntry former = owner == null ? null : remembered.get(owner);
                if (owner == null) {
                    take(Ports.of(entry), PortRange.of(entry.externalPort()));
                } else if (former == null) {
                    remembered.put(owner, entry);
                } else if (former.externalPort() != entry.externalPort()
                        || !Ports.of(former).equals(Ports.of(entry))) {
                    boolean better = !allowed(owner, former.externalPort()) && allowed(owner, entry.externalPort());
                    LedgerEntry other = better ? former : entry;
                    remembered.put(owner, better ? entry : former);
                    take(Ports.of(other), PortRange.of(other.externalPort()));
                }
            }
        }

        /** Gateways may map one port twice, for different remote hosts; nobody can count on such a port. */
        private boolean isMappedTwice(PortMapping mapping, Ports ports) {
            BitSet bits = mapped.computeIfAbsent(ports, p -> new BitSet());
            int next = bits.nextSetBit(mapping.external().first());
            bits.set(mapping.external().first(), mapping.external().last() + 1);
            return next >= 0 && next <= mapping.external().last();
        }

        /** By its tag; by its endpoint where the gateway cut the tag, so that no port is planned twice for one service. */
        private static @Nullable PlanItem ownerOf(
                PortMapping mapping, Map<String, PlanItem> byTag, Map<Object, PlanItem> byEndpoint) {
            PlanItem owner = byTag.get(key(mapping.description(), mapping.protocol()));
            return owner != null
                    ? owner
                    : byEndpoint.get(
                            endpointKey(mapping.internalClient() + ":" + mapping.internalPort(), mapping.protocol()));
        }

        private static String key(String tag, TransportProtocol protocol) {
            return tag + '/' + protocol;
        }

        private static Object endpointKey(String endpoint, TransportProtocol protocol) {
            return endpoint + '/' + protocol;
        }

        /** One of several mappings of a service may stay; the others hold their ports until they are released. */
        private void chooseKeepable(PlanItem item, List<PortMapping> mappings) {
            mappings.stream()
                    .filter(m -> m.external().size() == 1 && allowed(item, m.externalPort()))
                    .min(Comparator.comparing(
                                    (PortMapping m) -> !m.description().equals(item.tag()))
                            .thenComparing(m -> !m.leadsTo(item.internal()))
                            .thenComparing(PortMapping::externalPort))
                    .ifPresent(best -> keepable.put(item, best));
            for (PortMapping mapping : mappings) {
                if (!mapping.equals(keepable.get(item))) {
                    take(Ports.of(mapping), mapping.external());
                }
            }
        }

        private void keepWhatTheGatewayHas(PlanItem item) {
            PortMapping mapping = keepable.get(item);
            if (mapping != null && free(item, mapping.externalPort())) {
                assign(item, mapping.externalPort(), Choice.KEPT);
            }
        }

        private void keepWhatTheLedgerHas(PlanItem item) {
            LedgerEntry entry = remembered.get(item);
            if (entry == null) {
                return;
            }
            int port = entry.externalPort();
            if (!assigned.containsKey(item) && allowed(item, port) && free(item, port)) {
                assign(item, port, Choice.REMEMBERED);
            }
            // Whatever becomes of the service, the ledger holds the port for it and for no other.
            take(Ports.of(item), PortRange.of(port));
        }

        private boolean allowed(PlanItem item, int port) {
            if (!translated(item) && port != item.internal().port()) {
                return false;
            }
            if (item.policy() instanceof PortPolicy.Auto auto) {
                return !translated(item) || auto.range().contains(port);
            }
            return port == wanted(item);
        }

        private boolean translated(PlanItem item) {
            return request.translation() && Ports.of(item).ofGateway();
        }

        /** The one port that will do for a service, or 0 where there is a choice. */
        private int wanted(PlanItem item) {
            if (item.policy() instanceof PortPolicy.Manual manual) {
                return manual.externalPort();
            }
            boolean same = item.policy() instanceof PortPolicy.SameAsInternal || !translated(item);
            return same ? item.internal().port() : 0;
        }

        private void fixedPort(PlanItem item) {
            int port = wanted(item);
            if (port == 0) {
                return;
            }
            if (!translated(item) && port != item.internal().port()) {
                String reason = "external port " + port + " was asked for, but "
                        + (Ports.of(item).ofGateway() ? "this gateway maps only to" : "with IPv6 it is always")
                        + " the same number, " + item.internal().port();
                refused.put(item, new Refused(FindingCode.SAME_PORT_REQUIRED, reason, port));
            } else if (free(item, port)) {
                assign(
                        item,
                        port,
                        item.policy() instanceof PortPolicy.Manual ? Choice.AS_ASKED : Choice.SAME_AS_INTERNAL);
            } else {
                refused.put(item, conflict(item, port));
            }
        }

        private void freePort(PlanItem item, PortRange range) {
            BitSet bits = taken(item);
            int preferred = range.first() + (int) Long.remainderUnsigned(hash(item), range.size());
            int port = bits.nextClearBit(preferred);
            if (port > range.last()) {
                port = bits.nextClearBit(range.first());
            }
            if (port > range.last()) {
                String reason = "every one of the " + range.size() + " external " + item.protocol() + " ports of "
                        + range + " is taken";
                refused.put(item, new Refused(FindingCode.PORT_RANGE_FULL, reason, range.last()));
                return;
            }
            assign(item, port, port == preferred ? Choice.STABLE : Choice.NEXT_FREE);
        }

        /** FNV-1a over the tag, then SplitMix64's finalizer, so that similar names spread over the whole range. */
        private static long hash(PlanItem item) {
            long hash = 0xcbf29ce484222325L;
            String tag = item.tag();
            for (int i = 0; i < tag.length(); i++) {
                hash = (hash ^ tag.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ item.protocol().name().charAt(0)) * 0x100000001b3L;
            hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
            hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
            return hash ^ (hash >>> 31);
        }

        private Refused conflict(PlanItem item, int port) {
            for (ReservedPort reserved : translated(item) ? request.reserved() : List.<ReservedPort>of()) {
                if (reserved.protocol() == item.protocol() && reserved.ports().contains(port)) {
                    String reason =
                            "external port " + port + " is used by the router itself (" + reserved.holder() + ")";
                    return new Refused(FindingCode.ROUTER_SERVICE_PORT, reason, port);
                }
            }
            return new Refused(
                    FindingCode.PORT_CONFLICT, "external port " + port + " is taken: " + holder(item, port), port);
        }

        private String holder(PlanItem item, int port) {
            for (Assignment assignment : assigned.values()) {
                if (assignment.externalPort() == port
                        && Ports.of(assignment.item()).equals(Ports.of(item))) {
                    return "this plan gives it to " + assignment.item().tag();
                }
            }
            for (PortMapping mapping : request.mappings()) {
                if (Ports.of(mapping).equals(Ports.of(item))
                        && mapping.external().contains(port)) {
                    return "the gateway maps it to " + mapping.internalClient() + ":" + mapping.internalPort()
                            + " for '" + mapping.description() + "'" + (mapping.enabled() ? "" : " (disabled)");
                }
            }
            for (LedgerEntry entry : request.held()) {
                if (Ports.of(entry).equals(Ports.of(item)) && entry.externalPort() == port) {
                    return "the ledger holds it for " + entry.tag();
                }
            }
            return "it is on the list of ports to avoid";
        }

        private void assign(PlanItem item, int port, Choice choice) {
            taken(item).set(port);
            List<PortMapping> mappings = own.getOrDefault(item, List.of());
            Optional<PortMapping> kept = mappings.stream()
                    .filter(m -> m.external().equals(PortRange.of(port)))
                    .findFirst();
            List<PortMapping> replaced =
                    mappings.stream().filter(m -> !m.external().contains(port)).toList();
            assigned.put(item, new Assignment(item, port, choice, kept, replaced));
        }

        private boolean free(PlanItem item, int port) {
            return !taken(item).get(port);
        }

        private BitSet taken(PlanItem item) {
            return taken(Ports.of(item));
        }

        private BitSet taken(Ports ports) {
            return taken.computeIfAbsent(ports, p -> new BitSet());
        }

        private void take(Ports ports, PortRange range) {
            taken(ports).set(range.first(), range.last() + 1);
        }

        private PortPlan result() {
            List<Assignment> assignments = new ArrayList<>(assigned.size());
            List<Rejection> rejections = new ArrayList<>(refused.size());
            for (PlanItem item : request.items()) {
                Assignment assignment = assigned.get(item);
                Refused no = refused.get(item);
                if (assignment != null) {
                    assignments.add(assignment);
                } else if (no != null) {
                    rejections.add(new Rejection(item, no.code(), no.reason(), alternatives(item, no)));
                }
            }
            return new PortPlan(assignments, rejections);
        }

        private List<Integer> alternatives(PlanItem item, Refused no) {
            if (no.code() == FindingCode.SAME_PORT_REQUIRED || !translated(item)) {
                return List.of();
            }
            List<Integer> ports = new ArrayList<>(ALTERNATIVES);
            int port = taken(item).nextClearBit(Math.max(no.near(), LOWEST_ALTERNATIVE));
            while (port <= PortRange.MAX_PORT && ports.size() < ALTERNATIVES) {
                ports.add(port);
                port = taken(item).nextClearBit(port + 1);
            }
            return ports;
        }
    }
}
