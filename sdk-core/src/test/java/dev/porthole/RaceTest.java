package dev.porthole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Rung.Outcome;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.internal.LocalNetwork.Attachment;
import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.GatewayFinder.Found;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.SearchScope;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All protocols search at once; who is used in which order of arrival. */
@Timeout(20)
class RaceTest {
    private static final Camera DOOR = Camera.at("192.168.1.10").name("door").build();
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private final List<PortMapping> table = new ArrayList<>();
    private final InMemoryGateway upnp = new InMemoryGateway(table);
    private final InMemoryGateway pcp = unlisted(MappingProtocol.PCP, true);
    private final InMemoryGateway natPmp = unlisted(MappingProtocol.NATPMP, false);
    private final InMemoryLedger ledger = new InMemoryLedger();

    private InMemoryGateway unlisted(MappingProtocol protocol, boolean thirdParty) {
        InMemoryGateway gateway = new InMemoryGateway(table);
        gateway.protocol = protocol;
        gateway.capabilities =
                Capabilities.builder().listing(false).thirdParty(thirdParty).build();
        if (!thirdParty) {
            gateway.faults.put(1, (g, request) -> InMemoryGateway.refused(Refusal.THIRD_PARTY));
        }
        return gateway;
    }

    static InetAddress ip(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    static LocalNetwork network() {
        try {
            NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
            return new LocalNetwork(
                    List.of(new Attachment(loopback, ip("192.168.1.5"), 24)), IpLiteral.parse("192.168.1.1"));
        } catch (SocketException e) {
            throw new AssertionError(e);
        }
    }

    private Porthole porthole(GatewayFinder... finders) {
        Porthole.Builder builder =
                Porthole.builder().verify(false).ledger(ledger).network(RaceTest::network);
        for (GatewayFinder finder : finders) {
            builder.finder(finder);
        }
        return builder.build();
    }

    private Publication publish(GatewayFinder... finders) throws InterruptedException {
        try (Porthole porthole = porthole(finders)) {
            return porthole.publish(DOOR);
        }
    }

    private static List<String> rungs(Publication publication) {
        return publication.rungs().stream()
                .map(rung -> rung.protocol().id() + " " + rung.outcome())
                .toList();
    }

    @Test
    void pcp_that_maps_for_cameras_is_used_while_upnp_is_still_searching_and_that_search_ends() throws Exception {
        upnp.answers = NEVER;
        pcp.answers = upnp.searching;
        Publication publication = publish(upnp, pcp, natPmp);
        assertThat(publication.status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(publication.gateway().orElseThrow().protocol()).isEqualTo(MappingProtocol.PCP);
        assertThat(rungs(publication)).containsExactly("upnp NOT_ASKED", "pcp MAPPED");
        assertThat(publication.rungs().get(0).reason()).hasValue("had not answered yet");
        upnp.answered.await();
        assertThat(upnp.interrupted).isTrue();
        assertThat(table).hasSize(2);
    }

    @Test
    void where_pcp_refuses_to_map_for_a_camera_upnp_that_comes_later_does_and_nobody_is_told_of_the_refusal()
            throws Exception {
        upnp.answers = pcp.asked;
        pcp.faults.put(1, (g, request) -> InMemoryGateway.refused(Refusal.THIRD_PARTY));
        Publication publication = publish(upnp, pcp, natPmp);
        assertThat(publication.gateway().orElseThrow().protocol()).isEqualTo(MappingProtocol.UPNP);
        assertThat(rungs(publication)).containsExactly("upnp MAPPED");
        assertThat(publication.findings()).extracting(Finding::code).doesNotContain(FindingCode.SECURE_MODE);
        assertThat(pcp.mapCalls).isOne();
    }

    @Test
    void where_upnp_refuses_pcp_does_and_the_rung_above_says_why() throws Exception {
        upnp.faults.put(1, (g, request) -> InMemoryGateway.refused(Refusal.THIRD_PARTY));
        pcp.answers = upnp.asked;
        Publication publication = publish(upnp, pcp);
        assertThat(rungs(publication)).containsExactly("upnp REFUSED", "pcp MAPPED");
        assertThat(publication.rungs().get(0).reason().orElseThrow()).contains("as told");
        assertThat(publication.rungs().get(0).findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.SECURE_MODE);
    }

    @ParameterizedTest
    @EnumSource(
            value = MappingProtocol.class,
            names = {"UPNP", "PCP"})
    void one_that_answers_alone_is_used(MappingProtocol only) throws Exception {
        upnp.present = only == MappingProtocol.UPNP;
        pcp.present = only == MappingProtocol.PCP;
        natPmp.present = false;
        Publication publication = publish(upnp, pcp, natPmp);
        assertThat(publication.status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(publication.gateway().orElseThrow().protocol()).isEqualTo(only);
    }

    @Test
    void where_nobody_answers_each_rung_says_so() throws Exception {
        upnp.present = pcp.present = natPmp.present = false;
        Publication publication = publish(upnp, pcp, natPmp);
        assertThat(publication.findings()).extracting(Finding::code).containsExactly(FindingCode.UPNP_OFF);
        assertThat(rungs(publication)).containsExactly("upnp NOT_FOUND", "pcp NOT_FOUND", "natpmp NOT_FOUND");
    }

    @Test
    void a_search_that_hangs_ends_with_the_deadline() throws Exception {
        upnp.answers = NEVER;
        pcp.present = false;
        Porthole porthole = Porthole.builder()
                .verify(false)
                .network(RaceTest::network)
                .finder(upnp)
                .finder(pcp)
                .timeout(Duration.ofMillis(200))
                .build();
        Publication publication = porthole.publish(DOOR);
        assertThat(publication.status()).isEqualTo(Publication.Status.NOT_PUBLISHED);
        assertThat(publication.rungs().get(0).outcome()).isEqualTo(Outcome.NOT_ASKED);
    }

    private Porthole hurried(GatewayFinder... finders) {
        Porthole.Builder builder = Porthole.builder()
                .verify(false)
                .ledger(ledger)
                .network(RaceTest::network)
                .timeout(Duration.ofSeconds(3));
        List.of(finders).forEach(builder::finder);
        return builder.build();
    }

    @Test
    void a_search_that_hangs_leaves_time_for_the_gateway_that_waited_for_it() throws Exception {
        pcp.answers = NEVER;
        try (Porthole porthole = hurried(upnp, pcp)) {
            porthole.publish(DOOR);
            upnp.answers = NEVER;
            pcp.answers = new CountDownLatch(0);
            Publication publication = porthole.publish(DOOR);
            assertThat(publication.gateway().orElseThrow().protocol()).isEqualTo(MappingProtocol.PCP);
            assertThat(rungs(publication)).containsExactly("upnp NOT_ASKED", "pcp MAPPED");
        }
    }

    @Test
    void a_search_that_hangs_leaves_time_for_the_gateway_to_which_a_camera_was_not_to_go() throws Exception {
        Camera yard = Camera.at("192.168.1.11").name("yard").build();
        pcp.answers = NEVER;
        try (Porthole porthole = hurried(upnp, pcp)) {
            porthole.publish(DOOR);
            upnp.answers = NEVER;
            pcp.answers = new CountDownLatch(0);
            assertThat(porthole.publish(DOOR, yard).unpublished()).isEmpty();
        }
    }

    /** A search. */
    private interface Search {
        Found find(Deadline deadline) throws InterruptedException;
    }

    /** What is answered to the question for the external address. */
    interface AddressAnswer {
        ExternalAddress answer(Deadline deadline) throws InterruptedException;
    }

    /** A gateway that tells its external address in its own way. */
    static PortMappingProvider withAddress(InMemoryGateway gateway, AddressAnswer answer) {
        return (PortMappingProvider) Proxy.newProxyInstance(
                RaceTest.class.getClassLoader(),
                new Class<?>[] {PortMappingProvider.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "externalAddress" -> answer.answer((Deadline) arguments[0]);
                    default -> method.invoke(gateway, arguments);
                });
    }

    private static GatewayFinder upnpThat(Search search) {
        return new GatewayFinder() {
            @Override
            public MappingProtocol protocol() {
                return MappingProtocol.UPNP;
            }

            @Override
            public Found find(SearchScope scope, Deadline deadline) throws InterruptedException {
                return search.find(deadline);
            }
        };
    }

    @Test
    void a_gateway_that_drips_its_answers_leaves_time_for_the_next() throws Exception {
        PortMappingProvider dripping = withAddress(upnp, deadline -> {
            NEVER.await(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
            throw InMemoryGateway.timeout();
        });
        pcp.answers = upnp.answered;
        GatewayFinder finder = upnpThat(deadline -> {
            upnp.answered.countDown();
            return new Found(List.of(dripping), List.of());
        });
        try (Porthole porthole = hurried(finder, pcp)) {
            assertThat(rungs(porthole.publish(DOOR))).containsExactly("upnp UNUSABLE", "pcp MAPPED");
        }
    }

    @Test
    void what_a_search_tells_when_its_time_is_over_is_told() throws Exception {
        GatewayFinder patient = upnpThat(deadline -> {
            NEVER.await(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
            return new Found(List.of(), List.of(Finding.of(FindingCode.TIMED_OUT, "it drips", "")));
        });
        pcp.faults.put(1, (g, request) -> InMemoryGateway.refused(Refusal.THIRD_PARTY));
        try (Porthole porthole = hurried(patient, pcp)) {
            Publication publication = porthole.publish(DOOR);
            assertThat(publication.findings())
                    .extracting(Finding::code)
                    .containsExactly(FindingCode.TIMED_OUT, FindingCode.SECURE_MODE);
            assertThat(rungs(publication)).containsExactly("upnp NOT_FOUND", "pcp REFUSED");
        }
    }

    /** A finder that fails. */
    private static GatewayFinder broken(MappingProtocol protocol) {
        return new GatewayFinder() {
            @Override
            public MappingProtocol protocol() {
                return protocol;
            }

            @Override
            public Found find(SearchScope scope, Deadline deadline) {
                throw new IllegalStateException("broken");
            }
        };
    }

    @Test
    void a_search_that_fails_does_not_keep_the_others_and_is_told_where_nothing_else_did() throws Exception {
        assertThat(publish(broken(MappingProtocol.UPNP), pcp).status()).isEqualTo(Publication.Status.MAPPED);
        pcp.present = false;
        assertThat(publish(broken(MappingProtocol.UPNP), pcp).findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.INTERNAL_ERROR);
    }

    @Test
    void an_interrupt_while_nobody_has_answered_ends_every_search() throws Exception {
        upnp.answers = pcp.answers = natPmp.answers = NEVER;
        Thread caller = Thread.currentThread();
        CompletableFuture.runAsync(() -> {
            List.of(upnp, pcp, natPmp).forEach(InMemoryGateway::awaitSearch);
            caller.interrupt();
        });
        assertThatThrownBy(() -> publish(upnp, pcp, natPmp)).isInstanceOf(InterruptedException.class);
        for (InMemoryGateway each : List.of(upnp, pcp, natPmp)) {
            each.answered.await();
            assertThat(each.interrupted).isTrue();
        }
    }

    @Test
    void an_interrupt_while_another_is_awaited_takes_nothing_for_granted_and_closes_what_came() throws Exception {
        upnp.answers = NEVER;
        Thread caller = Thread.currentThread();
        pcp.faults.put(1, (g, request) -> {
            caller.interrupt();
            return InMemoryGateway.refused(Refusal.THIRD_PARTY);
        });
        assertThatThrownBy(() -> publish(upnp, pcp)).isInstanceOf(InterruptedException.class);
        assertThat(pcp.closings).isOne();
        assertThat(table).isEmpty();
    }

    @Test
    void what_a_search_brings_after_the_end_is_closed_by_that_search() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        GatewayFinder late = new GatewayFinder() {
            @Override
            public MappingProtocol protocol() {
                return MappingProtocol.UPNP;
            }

            @Override
            public Found find(SearchScope scope, Deadline deadline) throws InterruptedException {
                began.countDown();
                boolean waiting = true;
                while (waiting) {
                    try {
                        over.await();
                        waiting = false;
                    } catch (InterruptedException e) {
                        // Deaf, as a finder should not be.
                    }
                }
                upnp.whenClosed = closed::countDown;
                return upnp.find(scope, deadline);
            }
        };
        pcp.answers = began;
        assertThat(publish(late, pcp).status()).isEqualTo(Publication.Status.MAPPED);
        over.countDown();
        closed.await();
        assertThat(upnp.closings).isOne();
    }

    @Test
    void a_camera_stays_with_the_protocol_that_holds_its_ports_though_another_answers_first() throws Exception {
        try (Porthole porthole = porthole(upnp, pcp)) {
            upnp.answers = NEVER;
            porthole.publish(DOOR);
            List<PortMapping> byPcp = List.copyOf(table);
            upnp.answers = new CountDownLatch(0);
            pcp.answers = upnp.answeredAgain();
            Publication again = porthole.publish(DOOR);
            assertThat(again.gateway().orElseThrow().protocol()).isEqualTo(MappingProtocol.PCP);
            assertThat(rungs(again)).containsExactly("upnp NOT_ASKED", "pcp MAPPED");
            assertThat(table)
                    .hasSize(2)
                    .extracting(PortMapping::externalPort)
                    .containsExactlyElementsOf(
                            byPcp.stream().map(PortMapping::externalPort).toList());
            assertThat(upnp.mapCalls).isZero();
        }
    }

    @Test
    void where_the_protocol_that_held_its_ports_is_gone_another_is_used() throws Exception {
        try (Porthole porthole = porthole(upnp, pcp)) {
            pcp.answers = NEVER;
            porthole.publish(DOOR);
            upnp.present = false;
            pcp.answers = new CountDownLatch(0);
            table.clear();
            assertThat(porthole.publish(DOOR).gateway().orElseThrow().protocol())
                    .isEqualTo(MappingProtocol.PCP);
        }
    }

    @Test
    void two_cameras_stay_each_with_its_protocol_and_one_that_is_refused_there_goes_to_the_other() throws Exception {
        Camera yard = Camera.at("192.168.1.11").name("yard").build();
        try (Porthole porthole = porthole(upnp, pcp)) {
            pcp.answers = NEVER;
            porthole.publish(DOOR);
            pcp.answers = new CountDownLatch(0);
            upnp.answers = NEVER;
            porthole.publish(yard);
            upnp.answers = new CountDownLatch(0);
            porthole.publish(DOOR, yard);
            assertThat(table).hasSize(4);
            assertThat(ledger.entries("uuid:1")).extracting(LedgerEntry::tag).allMatch(tag -> tag.contains("door"));
            assertThat(ledger.entries("pcp:192.168.1.1"))
                    .extracting(LedgerEntry::tag)
                    .allMatch(tag -> tag.contains("yard"));
            upnp.mapCalls = 0;
            upnp.faults.put(1, (g, request) -> InMemoryGateway.refused(Refusal.POLICY));
            Publication moved = porthole.publish(DOOR, yard);
            assertThat(moved.status()).isEqualTo(Publication.Status.MAPPED);
            assertThat(rungs(moved)).containsExactly("upnp REFUSED", "pcp MAPPED");
        }
    }

    @Test
    void of_two_routers_that_of_the_default_route_is_used_though_the_other_answers_first() throws Exception {
        upnp.answers = NEVER;
        InMemoryGateway other = new InMemoryGateway();
        other.lanAddress = "192.168.1.254";
        other.protocol = MappingProtocol.WEB;
        pcp.answers = other.answered;
        Publication publication = publish(upnp, other, pcp);
        assertThat(publication.gateway().orElseThrow().lanAddress()).isEqualTo(ip("192.168.1.1"));
        assertThat(other.mapCalls).isZero();
    }

    @Test
    void looking_for_gateways_shows_each_router_with_its_protocols_in_the_ladders_order() throws Exception {
        InMemoryGateway other = new InMemoryGateway();
        other.lanAddress = "192.168.1.254";
        other.protocol = MappingProtocol.PCP;
        upnp.answers = natPmp.answered;
        natPmp.answers = pcp.answered;
        pcp.answers = other.answered;
        try (Porthole porthole = porthole(other, natPmp, pcp, upnp)) {
            assertThat(porthole.discover(false).gateways())
                    .extracting(entry -> entry.gateway().lanAddress().getHostAddress() + " "
                            + entry.gateway().protocol().id())
                    .containsExactly("192.168.1.1 upnp", "192.168.1.1 pcp", "192.168.1.1 natpmp", "192.168.1.254 pcp");
        }
        assertThat(List.of(other, natPmp, pcp, upnp)).allMatch(each -> each.closings == 1);
    }

    @Test
    void a_plan_waits_for_a_router_that_lists_its_mappings() throws Exception {
        upnp.answers = pcp.answered;
        try (Porthole porthole = porthole(pcp, upnp)) {
            assertThat(porthole.plan(DOOR).gateway().orElseThrow().protocol()).isEqualTo(MappingProtocol.UPNP);
        }
    }

    @Test
    void a_rung_without_an_address_of_the_internet_is_unusable() throws Exception {
        upnp.external = ExternalAddress.reported("10.0.0.2");
        pcp.external = upnp.external;
        Publication publication = publish(upnp, pcp);
        assertThat(publication.rungs()).extracting(Rung::outcome).containsOnly(Outcome.UNUSABLE);
    }
}
