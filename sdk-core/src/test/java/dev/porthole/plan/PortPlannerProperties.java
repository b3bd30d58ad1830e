package dev.porthole.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.diagnose.FindingCode;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingTag;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.ReservedPort;
import dev.porthole.mapping.TransportProtocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds of every plan. Ranges are small here, so that collisions are the rule and not the exception. */
class PortPlannerProperties {
    private static final PortRange SMALL = new PortRange(20_000, 20_019);
    private final PortPlanner planner = new PortPlanner();

    @Property
    void no_two_services_share_a_port_and_none_takes_a_port_that_another_holds(
            @ForAll("requests") PlanRequest request) {
        PortPlan plan = planner.plan(request);
        Set<String> seen = new HashSet<>();
        for (Assignment a : plan.assignments()) {
            assertThat(seen.add(a.externalPort() + "/" + a.item().protocol())).isTrue();
            assertThat(request.avoid()).noneMatch(range -> range.contains(a.externalPort()));
            assertThat(request.reserved())
                    .noneMatch(r ->
                            r.protocol() == a.item().protocol() && r.ports().contains(a.externalPort()));
            assertThat(request.mappings())
                    .filteredOn(m ->
                            m.protocol() == a.item().protocol() && m.external().contains(a.externalPort()))
                    .allMatch(m -> m.ours() && belongsTo(m, a.item()));
            if (a.choice() == Assignment.Choice.KEPT) {
                continue; // What the gateway has for this service outweighs what the ledger has for another.
            }
            assertThat(request.held())
                    .filteredOn(e -> e.protocol() == a.item().protocol() && e.externalPort() == a.externalPort())
                    .allMatch(e -> e.tag().equals(a.item().tag()));
        }
    }

    private static boolean belongsTo(PortMapping mapping, PlanItem item) {
        return mapping.description().equals(item.tag()) || mapping.leadsTo(item.internal());
    }

    @Property
    void every_service_is_assigned_or_rejected_and_policies_are_obeyed(@ForAll("requests") PlanRequest request) {
        PortPlan plan = planner.plan(request);
        List<PlanItem> told = new ArrayList<>();
        plan.assignments().forEach(a -> told.add(a.item()));
        plan.rejections().forEach(r -> told.add(r.item()));
        assertThat(told).containsExactlyInAnyOrderElementsOf(request.items());
        for (Assignment a : plan.assignments()) {
            if (!request.translation()) {
                assertThat(a.externalPort()).isEqualTo(a.item().internal().port());
            } else if (a.item().policy() instanceof PortPolicy.Auto auto) {
                assertThat(auto.range().contains(a.externalPort())).isTrue();
            } else if (a.item().policy() instanceof PortPolicy.Manual manual) {
                assertThat(a.externalPort()).isEqualTo(manual.externalPort());
            } else {
                assertThat(a.externalPort()).isEqualTo(a.item().internal().port());
            }
        }
    }

    @Property
    void the_order_of_the_request_changes_nothing(@ForAll("requests") PlanRequest request, @ForAll long seed) {
        List<PlanItem> shuffled = new ArrayList<>(request.items());
        Collections.shuffle(shuffled, new Random(seed));
        PlanRequest other = new PlanRequest(
                shuffled,
                request.mappings(),
                request.reserved(),
                request.held(),
                request.avoid(),
                request.translation());
        assertThat(ports(planner.plan(other))).isEqualTo(ports(planner.plan(request)));
    }

    @Property
    void planning_again_with_the_outcome_changes_nothing(@ForAll("requests") PlanRequest request) {
        PortPlan plan = planner.plan(request);
        PortPlan again = planner.plan(applied(request, plan, request.items()));
        assertThat(ports(again)).containsAllEntriesOf(ports(plan));
        if (plan.complete()) {
            assertThat(ports(again)).isEqualTo(ports(plan));
        }
    }

    @Property
    void a_camera_that_is_added_moves_no_other(
            @ForAll("requests") PlanRequest request, @ForAll @IntRange(max = 999) int n) {
        PortPlan plan = planner.plan(request);
        List<PlanItem> more = new ArrayList<>(request.items());
        more.add(item("added-" + n, "http", TransportProtocol.TCP, 200, 80, PortPolicy.auto(SMALL)));
        PortPlan after = planner.plan(applied(request, plan, more));
        assertThat(ports(after)).containsAllEntriesOf(ports(plan));
    }

    @Property
    void a_camera_that_goes_moves_no_other(@ForAll("requests") PlanRequest request) {
        PortPlan plan = planner.plan(request);
        List<PlanItem> fewer = request.items().stream().skip(1).toList();
        Map<String, Integer> before = ports(plan);
        request.items().stream().limit(1).forEach(gone -> before.remove(key(gone)));
        assertThat(ports(planner.plan(applied(request, plan, fewer)))).containsAllEntriesOf(before);
    }

    @Property
    void a_full_range_is_refused_by_name_and_the_alternatives_are_free(@ForAll @IntRange(min = 1, max = 10) int extra) {
        List<PlanItem> items = new ArrayList<>();
        for (int i = 0; i < SMALL.size() + extra; i++) {
            items.add(item("cam-" + i, "rtsp", TransportProtocol.TCP, i % 250 + 1, 554, PortPolicy.auto(SMALL)));
        }
        PortPlan plan = planner.plan(PlanRequest.of(items));
        assertThat(plan.assignments()).hasSize(SMALL.size());
        assertThat(plan.rejections()).hasSize(extra).allSatisfy(rejection -> {
            assertThat(rejection.code()).isEqualTo(FindingCode.PORT_RANGE_FULL);
            assertThat(rejection.reason()).contains("20000-20019", "TCP");
            assertThat(rejection.alternatives()).isNotEmpty().noneMatch(SMALL::contains);
        });
    }

    /** The gateway and the ledger as they are once a plan was carried out. */
    private static PlanRequest applied(PlanRequest request, PortPlan plan, List<PlanItem> items) {
        List<PortMapping> mappings = new ArrayList<>(request.mappings());
        List<LedgerEntry> held = new ArrayList<>();
        for (Assignment a : plan.assignments()) {
            a.kept().ifPresent(mappings::remove);
            mappings.removeAll(a.replaced());
            mappings.add(mapping(
                    a.item().tag(),
                    a.item().protocol(),
                    a.externalPort(),
                    a.item().internal(),
                    true));
        }
        for (LedgerEntry entry : request.held()) {
            boolean settled = plan.assignments().stream()
                    .anyMatch(
                            a -> a.item().tag().equals(entry.tag()) && a.item().protocol() == entry.protocol());
            if (!settled) {
                held.add(entry);
            }
        }
        return new PlanRequest(items, mappings, request.reserved(), held, request.avoid(), request.translation());
    }

    private static Map<String, Integer> ports(PortPlan plan) {
        Map<String, Integer> ports = new HashMap<>();
        plan.assignments().forEach(a -> ports.put(key(a.item()), a.externalPort()));
        return ports;
    }

    private static String key(PlanItem item) {
        return item.tag() + "/" + item.protocol();
    }

    @Provide
    Arbitrary<PlanRequest> requests() {
        return Combinators.combine(
                        items(),
                        mappings().list().ofMaxSize(12),
                        reserved().list().ofMaxSize(3),
                        held().list().ofMaxSize(5).uniqueElements(e -> e.externalPort() + "/" + e.protocol()),
                        ports().map(PortRange::of).set().ofMaxSize(3),
                        Arbitraries.of(true, true, true, false))
                .as(PlanRequest::new);
    }

    private Arbitrary<List<PlanItem>> items() {
        Arbitrary<PlanItem> one = Combinators.combine(
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.of("http", "rtsp", "https"),
                        Arbitraries.of(TransportProtocol.class),
                        Arbitraries.of(80, 443, 554, 20_003),
                        policies())
                .as((camera, service, protocol, port, policy) ->
                        item("cam-" + camera, service, protocol, camera, port, policy));
        return one.list().ofMaxSize(24).map(PortPlannerProperties::withoutTwins);
    }

    private static List<PlanItem> withoutTwins(List<PlanItem> items) {
        Set<String> keys = new HashSet<>();
        Set<String> endpoints = new HashSet<>();
        return items.stream()
                .filter(i -> keys.add(key(i)) & endpoints.add(i.internal() + "/" + i.protocol()))
                .toList();
    }

    private Arbitrary<PortPolicy> policies() {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, Arbitraries.just(PortPolicy.auto(SMALL))),
                net.jqwik.api.Tuple.of(1, ports().map(PortPolicy::manual)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(PortPolicy.sameAsInternal())));
    }

    private Arbitrary<Integer> ports() {
        return Arbitraries.oneOf(Arbitraries.integers().between(19_998, 20_021), Arbitraries.of(80, 554));
    }

    private Arbitrary<PortMapping> mappings() {
        return Combinators.combine(
                        Arbitraries.oneOf(
                                Arbitraries.of("", "Skype", "portholeish"),
                                Arbitraries.integers().between(1, 9).map(i -> MappingTag.of("cam-" + i, "rtsp"))),
                        Arbitraries.of(TransportProtocol.class),
                        ports(),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.of(true, false))
                .as((description, protocol, port, width, host, enabled) -> new PortMapping(
                        protocol,
                        new PortRange(port, port + width),
                        "10.0.0." + host,
                        554,
                        "",
                        description,
                        Optional.empty(),
                        enabled));
    }

    private Arbitrary<ReservedPort> reserved() {
        return Combinators.combine(Arbitraries.of(TransportProtocol.class), ports())
                .as((protocol, port) -> new ReservedPort(protocol, PortRange.of(port), "administration"));
    }

    private Arbitrary<LedgerEntry> held() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 9), Arbitraries.of(TransportProtocol.class), ports())
                .as((camera, protocol, port) -> new LedgerEntry(
                        "gw", MappingTag.of("cam-" + camera, "http"), protocol, port, endpoint(camera, 80)));
    }

    private static PlanItem item(
            String camera, String service, TransportProtocol protocol, int host, int port, PortPolicy policy) {
        return new PlanItem(MappingTag.of(camera, service), protocol, endpoint(host, port), policy);
    }

    private static InternalEndpoint endpoint(int host, int port) {
        return new InternalEndpoint(IpLiteral.parse("10.0.0." + host).orElseThrow(), port);
    }

    private static PortMapping mapping(
            String tag, TransportProtocol protocol, int port, InternalEndpoint internal, boolean enabled) {
        return new PortMapping(
                protocol,
                PortRange.of(port),
                internal.address().getHostAddress(),
                internal.port(),
                "",
                tag,
                Optional.empty(),
                enabled);
    }
}
