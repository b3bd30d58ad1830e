package dev.porthole.pcp;

import static java.net.StandardProtocolFamily.INET;
import static java.net.StandardProtocolFamily.INET6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Deadline;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.GatewayFinder.Found;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import dev.porthole.testing.FakePcpServer;
import dev.porthole.testing.FakePcpServer.Trait;
import dev.porthole.testing.PcpCall.Kind;
import dev.porthole.testing.PcpFault;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatewaySearchTest extends ServerTest {
    private static Found find(GatewayFinder finder, InetSocketAddress... servers) throws InterruptedException {
        return finder.find(
                SearchScope.builder()
                        .multicast(false)
                        .gateways(List.of(servers))
                        .build(),
                soon());
    }

    private static List<MappingProtocol> protocols(Found found) {
        return found.providers().stream().map(p -> p.gateway().protocol()).toList();
    }

    @Test
    void both_finders_are_found_as_services() {
        assertThat(ServiceLoader.load(GatewayFinder.class))
                .extracting(GatewayFinder::protocol)
                .contains(MappingProtocol.PCP, MappingProtocol.NATPMP);
    }

    @Test
    void a_gateway_that_speaks_both_is_found_by_each() throws InterruptedException {
        start();
        assertThat(protocols(find(new PcpGatewayFinder(), server.address()))).containsExactly(MappingProtocol.PCP);
        assertThat(protocols(find(new NatPmpGatewayFinder(), server.address())))
                .containsExactly(MappingProtocol.NATPMP);
    }

    @Test
    void the_first_answer_ends_the_search_without_waiting_for_the_window() throws InterruptedException {
        start();
        PcpGatewayFinder finder =
                PcpGatewayFinder.builder().window(Duration.ofSeconds(60)).build();
        assertThat(find(finder, server.address()).providers()).hasSize(1);
        assertThat(server.calls()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"NATPMP_ONLY", "NATPMP_ONLY_SHORT"})
    void a_gateway_that_speaks_natpmp_alone_says_so_at_once(Trait trait) throws InterruptedException {
        start(trait);
        Found found =
                find(PcpGatewayFinder.builder().window(Duration.ofSeconds(60)).build(), server.address());
        assertThat(found.providers()).isEmpty();
        assertThat(found.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.UPNP_OFF);
            assertThat(finding.message()).contains("127.0.0.1", "NAT-PMP");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"NATPMP_ONLY", "NATPMP_ONLY_SHORT", "SILENT_TO_PCP"})
    void natpmp_is_fallen_back_to_on_the_same_search_where_that_will_do(Trait trait) throws InterruptedException {
        start(trait);
        PcpGatewayFinder finder = PcpGatewayFinder.builder()
                .natPmpToo(true)
                .window(Duration.ofSeconds(5))
                .build();
        Found found = find(finder, server.address());
        assertThat(protocols(found)).containsExactly(MappingProtocol.NATPMP);
        assertThat(found.findings()).isEmpty();
        PortMappingProvider provider = found.providers().get(0);
        mapped(provider.map(to(HERE, 8554).build(), soon()));
        assertThat(server.table()).hasSize(1);
    }

    @Test
    void pcp_is_preferred_where_both_are_spoken() throws InterruptedException {
        start();
        assertThat(protocols(find(PcpGatewayFinder.builder().natPmpToo(true).build(), server.address())))
                .containsExactly(MappingProtocol.PCP);
    }

    @Test
    void a_server_without_natpmp_is_none_for_natpmp() throws InterruptedException {
        start(Trait.PCP_ONLY);
        Found found = find(
                NatPmpGatewayFinder.builder().window(Duration.ofMillis(300)).build(), server.address());
        assertThat(found.providers()).isEmpty();
    }

    @Test
    void where_nothing_listens_the_search_ends_at_once() throws Exception {
        InetSocketAddress closed;
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
            closed = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        long begun = System.nanoTime();
        Found found =
                find(PcpGatewayFinder.builder().window(Duration.ofSeconds(60)).build(), closed);
        assertThat(found.providers()).isEmpty();
        assertThat(found.findings()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void silence_ends_with_the_window_and_an_interrupt_ends_it_at_once() throws InterruptedException {
        start(Trait.SILENT);
        long begun = System.nanoTime();
        assertThat(find(
                                PcpGatewayFinder.builder()
                                        .window(Duration.ofMillis(300))
                                        .build(),
                                server.address())
                        .providers())
                .isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> find(new PcpGatewayFinder(), server.address()))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void the_deadline_bounds_the_search() throws InterruptedException {
        start(Trait.SILENT);
        long begun = System.nanoTime();
        new PcpGatewayFinder().find(server.searchScope(), Deadline.after(Duration.ofMillis(50)));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(300));
    }

    @Test
    void a_lost_question_is_asked_again() throws InterruptedException {
        start().next(Kind.ANNOUNCE, PcpFault.LOST_REPLY);
        assertThat(find(PcpGatewayFinder.builder().window(Duration.ofSeconds(5)).build(), server.address())
                        .providers())
                .hasSize(1);
    }

    @Test
    void nonsense_is_told_and_does_not_keep_another_gateway_from_being_found() throws Exception {
        start().always(Kind.ANNOUNCE, PcpFault.length(16));
        try (FakePcpServer healthy = FakePcpServer.start()) {
            Found found = new PcpGatewayFinder()
                    .find(
                            SearchScope.builder()
                                    .multicast(false)
                                    .firstUsable(false)
                                    .gateways(List.of(server.address(), healthy.address()))
                                    .build(),
                            soon());
            assertThat(found.providers()).hasSize(1);
            assertThat(found.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.code()).isEqualTo(FindingCode.MALFORMED_REPLY));
        }
    }

    @Test
    void a_server_that_answers_with_an_error_speaks_pcp_all_the_same() throws InterruptedException {
        start().refuse(Kind.ANNOUNCE, 4);
        assertThat(find(new PcpGatewayFinder(), server.address()).providers()).hasSize(1);
    }

    @Test
    void announcements_of_a_gateway_that_was_met_are_believed_and_no_others() throws Exception {
        start();
        PcpGatewayFinder finder = new PcpGatewayFinder();
        PortMappingProvider provider = only(finder);
        java.util.concurrent.CountDownLatch told = new java.util.concurrent.CountDownLatch(1);
        provider.onStateLost((gateway, why) -> told.countDown());
        try (PcpAnnouncements heard = PcpAnnouncements.listen(finder.met(), 0, INET);
                FakePcpServer stranger = FakePcpServer.start()) {
            InetSocketAddress here = new InetSocketAddress(HERE, heard.ports().get(0));
            stranger.restart().announce(here);
            assertThat(told.getCount()).isEqualTo(1);
            server.restart().announce(here);
            assertThat(told.await(5, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_gateway_met_by_natpmp_is_believed_when_it_announces_by_pcp() throws Exception {
        start();
        NatPmpGatewayFinder finder = new NatPmpGatewayFinder();
        PortMappingProvider provider = only(finder);
        java.util.concurrent.CountDownLatch told = new java.util.concurrent.CountDownLatch(1);
        provider.onStateLost((gateway, why) -> told.countDown());
        try (PcpAnnouncements heard = PcpAnnouncements.listen(finder.met(), 0, INET)) {
            server.restart().announce(new InetSocketAddress(HERE, heard.ports().get(0)));
            assertThat(told.await(5, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void announcements_are_heard_by_both_families_where_this_host_has_them() {
        long families = LocalNetwork.current().attachments().stream()
                .map(attachment -> attachment.address().getClass())
                .distinct()
                .count();
        try (PcpAnnouncements heard = PcpAnnouncements.listen(List.of(), 0, INET, INET6)) {
            assertThat(heard.ports()).hasSize((int) families);
        }
    }

    @Test
    void a_port_that_is_taken_is_told() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(null)) {
            taken.setReuseAddress(false);
            taken.bind(new InetSocketAddress(0));
            assertThatThrownBy(() -> PcpAnnouncements.listen(List.of(), taken.getLocalPort(), INET))
                    .isInstanceOf(dev.porthole.NatTraversalException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
    }
}
