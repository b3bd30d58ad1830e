package dev.porthole.pcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.SourcePolicy;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.ExternalAddress.Kind;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.testing.FakePcpServer.Trait;
import dev.porthole.testing.PcpCall;
import dev.porthole.testing.PcpEntry;
import dev.porthole.testing.PcpFault;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PcpMappingTest extends ServerTest {
    private static final PcpCall.Kind MAP = PcpCall.Kind.MAP;

    private PortMappingProvider provider() throws InterruptedException {
        return only(new PcpGatewayFinder());
    }

    @Test
    void a_camera_is_mapped_as_a_third_party_and_released() throws InterruptedException {
        start(Trait.NOTHING_TO_END);
        PortMappingProvider provider = provider();
        PortMapping mapping = mapped(provider.map(to(CAMERA, 8554).build(), soon()));
        assertThat(mapping.externalPort()).isEqualTo(8554);
        assertThat(mapping.lease()).contains(Duration.ofHours(1));
        assertThat(mapping.leadsTo(new InternalEndpoint(CAMERA, 554))).isTrue();
        assertThat(server.table())
                .singleElement()
                .extracting(PcpEntry::internal)
                .isEqualTo(CAMERA);
        assertThat(provider.mapping(TransportProtocol.TCP, 8554, soon())).contains(mapping);
        provider.release(mapping, soon());
        assertThat(server.table()).isEmpty();
        assertThat(provider.mapping(TransportProtocol.TCP, 8554, soon())).isEmpty();
        provider.release(mapping, soon());
    }

    @Test
    void this_host_itself_is_not_named_a_third_party() throws InterruptedException {
        start(Trait.NO_THIRD_PARTY);
        mapped(provider().map(to(HERE, 8554).build(), soon()));
        assertThat(server.calls()).allMatch(call -> call.thirdParty().isEmpty());
    }

    @Test
    void an_ipv6_camera_gets_its_pinhole_by_the_same_call() throws InterruptedException {
        start();
        PortMapping mapping = mapped(provider()
                .map(to(IpLiteral.parse("2001:db8::5").orElseThrow(), 554).build(), soon()));
        assertThat(mapping.internalAddress()).contains(server.table().get(0).internal());
    }

    @Test
    void a_pinhole_that_was_renewed_can_still_be_ended() throws InterruptedException {
        start(Trait.RENEWED_PINHOLE_FORGETS);
        PortMappingProvider provider = provider();
        MappingRequest request =
                to(IpLiteral.parse("2001:db8::5").orElseThrow(), 554).build();
        PortMapping mapping = mapped(provider.map(request, soon()));
        provider.release(mapped(provider.renew(mapping, request, soon())), soon());
        assertThat(server.table()).isEmpty();
    }

    /** Too many remote peers: the end of the former pinhole was granted by then. */
    @ParameterizedTest
    @CsvSource({"any, 0", "2001:db8:1::/48, 1"})
    void a_pinhole_that_was_ended_for_one_that_is_refused_is_made_again_as_it_was(String source, int filters)
            throws InterruptedException {
        start(Trait.RENEWED_PINHOLE_FORGETS);
        PortMappingProvider provider = provider();
        InetAddress camera = IpLiteral.parse("2001:db8::5").orElseThrow();
        SourcePolicy former = source.equals("any") ? SourcePolicy.anyone() : SourcePolicy.only(source);
        mapped(provider.map(to(camera, 554).source(former).build(), soon()));
        List<PcpEntry> before = server.table();
        server.refuse(call -> call.filters().size() > 2, 13);
        SourcePolicy more = SourcePolicy.only("2001:db8:1::/48", "2001:db8:2::/48");
        refused(provider.map(
                to(camera, 554).source(more).lease(Duration.ofHours(9)).build(), soon()));
        assertThat(server.table()).singleElement().satisfies(entry -> {
            assertThat(entry.internal()).isEqualTo(camera);
            assertThat(entry.filters()).isEqualTo(before.get(0).filters()).hasSize(filters);
            assertThat(entry.lifetime()).isBetween(3500L, 3600L);
        });
        provider.release(provider.mapping(TransportProtocol.TCP, 554, soon()).orElseThrow(), soon());
        assertThat(server.table()).isEmpty();
    }

    @Test
    void a_pinhole_whose_end_is_refused_is_not_forgotten() throws InterruptedException {
        start();
        PortMappingProvider provider = provider();
        MappingRequest request =
                to(IpLiteral.parse("2001:db8::5").orElseThrow(), 554).build();
        PortMapping mapping = mapped(provider.map(request, soon()));
        server.refuse(PcpCall.Kind.MAP, 2);
        refused(provider.renew(mapping, request, soon()));
        assertThat(server.table()).hasSize(1);
        assertThat(provider.mapping(TransportProtocol.TCP, 554, soon())).contains(mapping);
    }

    @Test
    void what_a_server_lost_when_it_restarted_is_made_anew() throws InterruptedException {
        start();
        PortMappingProvider provider = provider();
        MappingRequest web = to(HERE, 8080).build();
        MappingRequest stream = to(CAMERA, 8554).build();
        for (MappingRequest request : List.of(web, stream)) {
            provider.map(request, soon());
            assertThat(((Mapped) provider.map(request, soon())).how()).isEqualTo(Mapped.How.REFRESHED);
        }
        server.restart();
        for (MappingRequest request : List.of(web, stream)) {
            assertThat(((Mapped) provider.map(request, soon())).how()).isEqualTo(Mapped.How.MADE);
            assertThat(((Mapped) provider.map(request, soon())).how()).isEqualTo(Mapped.How.REFRESHED);
        }
    }

    @Test
    void what_is_granted_counts_not_what_was_asked_for() throws InterruptedException {
        start().longestLifetime(600).foreign(6, 8554);
        PortMapping mapping =
                mapped(provider().map(to(CAMERA, 8554).otherPortAccepted(true).build(), soon()));
        assertThat(mapping.externalPort()).isEqualTo(8555);
        assertThat(mapping.lease()).contains(Duration.ofMinutes(10));
    }

    @Test
    void a_permanent_mapping_is_asked_for_by_the_day() throws InterruptedException {
        start();
        assertThat(mapped(provider().map(to(CAMERA, 8554).lease(Duration.ZERO).build(), soon()))
                        .lease())
                .contains(Duration.ofDays(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_THIRD_PARTY", "THIRD_PARTY_NOT_AUTHORIZED"})
    void a_refused_third_party_is_told_apart_from_a_conflict(Trait trait) throws InterruptedException {
        start(trait).foreign(6, 8554);
        PortMappingProvider provider = provider();
        assertThat(provider.capabilities().thirdParty()).isTrue();
        Refused refused = refused(provider.map(to(CAMERA, 8554).build(), soon()));
        assertThat(refused.reason()).isEqualTo(Refusal.THIRD_PARTY);
        assertThat(refused.detail()).contains("pcp_allow_thirdparty=yes", "30 s");
        assertThat(provider.capabilities().thirdParty()).isFalse();
        assertThat(provider().capabilities().thirdParty()).isTrue();
    }

    @Test
    void a_refused_third_party_is_told_apart_from_a_refused_filter() throws InterruptedException {
        MappingRequest restricted =
                to(CAMERA, 8554).source(SourcePolicy.only("198.51.100.0/24")).build();
        start(Trait.NO_THIRD_PARTY);
        assertThat(refused(provider().map(restricted, soon())).reason()).isEqualTo(Refusal.THIRD_PARTY);
        server.close();
        start(Trait.NO_FILTER);
        assertThat(refused(provider().map(restricted, soon())).reason())
                .isEqualTo(Refusal.SOURCE_RESTRICTION_UNSUPPORTED);
        assertThat(server.table()).isEmpty();
    }

    @Test
    void a_host_that_may_map_nothing_is_told_apart_from_a_rule_on_ports() throws InterruptedException {
        start(Trait.NOTHING_AUTHORIZED);
        assertThat(refused(provider().map(to(CAMERA, 8554).build(), soon())).reason())
                .isEqualTo(Refusal.NOT_AUTHORIZED);
    }

    @Test
    void a_mapping_under_another_nonce_is_neither_taken_over_nor_released() throws InterruptedException {
        start();
        PortMapping mapping = mapped(provider().map(to(CAMERA, 8554).build(), soon()));
        PortMappingProvider stranger = new PcpGatewayFinder()
                .find(scope("another key"), soon())
                .providers()
                .get(0);
        assertThat(refused(stranger.map(to(CAMERA, 8554).build(), soon())).reason())
                .isEqualTo(Refusal.POLICY);
        assertThatThrownBy(() -> stranger.release(mapping, soon()))
                .isInstanceOfSatisfying(
                        NatTraversalException.class, e -> assertThat(e.code()).isEqualTo(FindingCode.NOT_AUTHORIZED));
        assertThat(server.table()).hasSize(1);
    }

    @Test
    void a_restart_with_the_same_ledger_renews_and_releases_what_it_made() throws InterruptedException {
        start();
        MappingRequest request = to(CAMERA, 8554).build();
        PortMapping mapping = mapped(provider().map(request, soon()));
        PortMapping renewed = mapped(provider().renew(mapping, request, soon()));
        assertThat(renewed.externalPort()).isEqualTo(8554);
        assertThat(server.table()).hasSize(1);
        provider().release(renewed, soon());
        assertThat(server.table()).isEmpty();
    }

    @Test
    void without_a_key_of_the_installation_a_finder_renews_and_releases_what_it_made_itself()
            throws InterruptedException {
        start();
        PcpGatewayFinder finder = new PcpGatewayFinder();
        PortMapping mapping = mapped(finder.find(server.searchScope(), soon())
                .providers()
                .get(0)
                .map(to(CAMERA, 8554).build(), soon()));
        finder.find(server.searchScope(), soon()).providers().get(0).release(mapping, soon());
        assertThat(server.table()).isEmpty();
    }

    @Test
    void each_mapping_has_a_nonce_of_its_own_that_stays_when_it_is_renewed() throws InterruptedException {
        start();
        PortMappingProvider provider = provider();
        MappingRequest request = to(CAMERA, 8554).build();
        PortMapping mapping = mapped(provider.map(request, soon()));
        mapped(provider.renew(mapping, request, soon()));
        mapped(provider.map(to(HERE, 8555).build(), soon()));
        List<String> nonces = server.calls().stream()
                .filter(c -> c.kind() == MAP)
                .map(PcpCall::nonce)
                .toList();
        assertThat(nonces.get(0)).isEqualTo(nonces.get(1)).isNotEqualTo(nonces.get(2));
    }

    @ParameterizedTest
    @EnumSource(names = {"PREFER_FAILURE_IGNORED", "NO_PREFER_FAILURE", "SILENT_TO_PCP"})
    void a_port_in_foreign_hands_is_a_conflict_and_leaves_nothing(Trait trait) throws InterruptedException {
        // The last one stands for a server that does all as the RFC says.
        (trait == Trait.SILENT_TO_PCP ? start() : start(trait)).foreign(6, 8554);
        Refused refused = refused(provider().map(to(CAMERA, 8554).build(), soon()));
        assertThat(refused.reason()).isEqualTo(Refusal.CONFLICT);
        assertThat(server.table()).hasSize(1);
    }

    @Test
    void a_mapping_made_before_a_restart_moves_to_the_port_asked_for() throws InterruptedException {
        start(Trait.PREFER_FAILURE_IGNORED);
        mapped(provider().map(to(CAMERA, 8554).build(), soon()));
        assertThat(mapped(provider().map(to(CAMERA, 9554).build(), soon())).externalPort())
                .isEqualTo(9554);
        assertThat(server.table()).hasSize(1);
    }

    @Test
    void a_second_port_for_a_camera_port_is_refused_and_the_first_stays() throws InterruptedException {
        start(Trait.PREFER_FAILURE_IGNORED);
        PortMappingProvider provider = provider();
        PortMapping first = mapped(provider.map(to(CAMERA, 8554).build(), soon()));
        assertThat(refused(provider.map(to(CAMERA, 9554).build(), soon())).reason())
                .isEqualTo(Refusal.CONFLICT);
        assertThat(server.table())
                .singleElement()
                .extracting(PcpEntry::externalPort)
                .isEqualTo(8554);
        provider.release(
                new PortMapping(
                        first.protocol(),
                        dev.porthole.mapping.PortRange.of(9554),
                        first.internalClient(),
                        554,
                        "",
                        first.description(),
                        Optional.empty(),
                        true),
                soon());
        assertThat(server.table()).hasSize(1);
    }

    @Test
    void sources_are_told_as_filters_and_cleared_again() throws InterruptedException {
        start();
        PortMappingProvider provider = provider();
        MappingRequest.Builder request = to(CAMERA, 8554);
        mapped(provider.map(
                request.source(SourcePolicy.only("198.51.100.0/24", "203.0.113.9", "2001:db8::/32"))
                        .build(),
                soon()));
        assertThat(server.table().get(0).filters()).containsExactly("198.51.100.0/120", "203.0.113.9/128");
        mapped(provider.map(request.source(SourcePolicy.only("192.0.2.0/24")).build(), soon()));
        assertThat(server.table().get(0).filters()).containsExactly("192.0.2.0/120");
        mapped(provider.map(request.source(SourcePolicy.anyone()).build(), soon()));
        assertThat(server.table().get(0).filters()).isEmpty();
    }

    @Test
    void sources_that_cannot_be_told_are_refused_rather_than_widened() throws InterruptedException {
        start();
        String[] many = new String[41];
        for (int i = 0; i < many.length; i++) {
            many[i] = "198.51.100." + i;
        }
        PortMappingProvider provider = provider();
        for (SourcePolicy source : List.of(SourcePolicy.only(many), SourcePolicy.only("2001:db8::/32"))) {
            assertThat(refused(provider.map(to(CAMERA, 8554).source(source).build(), soon()))
                            .reason())
                    .isEqualTo(Refusal.SOURCE_RESTRICTION_UNSUPPORTED);
        }
        assertThat(server.table()).isEmpty();
    }

    @Test
    void a_gateway_that_accepts_filters_and_ignores_them_is_found_out_and_maps_nothing() throws InterruptedException {
        start(Trait.FILTER_IGNORED);
        PortMappingProvider provider = provider();
        MappingRequest restricted =
                to(CAMERA, 8554).source(SourcePolicy.only("198.51.100.0/24")).build();
        for (int i = 0; i < 2; i++) {
            assertThat(refused(provider.map(restricted, soon())).reason())
                    .isEqualTo(Refusal.SOURCE_RESTRICTION_UNSUPPORTED);
        }
        assertThat(provider.capabilities().sourceRestriction())
                .isEqualTo(dev.porthole.mapping.Capabilities.SourceRestriction.NONE);
        assertThat(server.calls()).noneMatch(call -> call.thirdParty().isPresent());
        assertThat(server.table()).isEmpty();
        mapped(provider.map(to(CAMERA, 8554).build(), soon()));
    }

    @ParameterizedTest
    @CsvSource({
        "3, OTHER",
        "4, OTHER",
        "6, OTHER",
        "7, OTHER",
        "8, TABLE_FULL",
        "9, OTHER",
        "10, TABLE_FULL",
        "11, CONFLICT",
        "13, SOURCE_RESTRICTION_UNSUPPORTED",
        "200, OTHER"
    })
    void every_result_code_is_a_refusal_with_its_code_and_how_long_it_holds(int code, Refusal reason)
            throws InterruptedException {
        start().refuse(MAP, code);
        Refused refused = refused(provider().map(to(CAMERA, 8554).build(), soon()));
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.protocolCode()).hasValue(code);
        assertThat(refused.detail()).contains("for the next 30 s");
    }

    @Test
    void a_nat_between_this_host_and_the_gateway_is_named() throws InterruptedException {
        start().refuse(MAP, 12);
        PortMappingProvider provider = provider();
        assertThatThrownBy(() -> provider.map(to(CAMERA, 8554).build(), soon()))
                .isInstanceOfSatisfying(
                        NatTraversalException.class, e -> assertThat(e.code()).isEqualTo(FindingCode.DOUBLE_NAT));
    }

    @Test
    void a_refusal_is_believed_as_long_as_it_holds_and_the_same_is_not_asked_again() throws InterruptedException {
        start().refuse(MAP, 8);
        PortMappingProvider provider = provider();
        Refused first = refused(provider.map(to(CAMERA, 8554).build(), soon()));
        server.clear();
        int asked = server.calls().size();
        assertThat(refused(provider.map(to(CAMERA, 8554).build(), soon()))).isEqualTo(first);
        assertThat(server.calls()).hasSize(asked);
        mapped(provider.map(to(CAMERA, 9554).build(), soon()));
    }

    @Test
    void a_gateway_that_restarted_is_asked_again() throws InterruptedException {
        start().refuse(MAP, 8);
        PcpGatewayFinder finder = new PcpGatewayFinder();
        PortMappingProvider provider = only(finder);
        refused(provider.map(to(CAMERA, 8554).build(), soon()));
        server.clear().restart();
        // The reply to another search shows it.
        only(finder);
        mapped(provider.map(to(CAMERA, 8554).build(), soon()));
    }

    @ParameterizedTest
    @CsvSource({"192.168.100.2", "100.64.3.4", "0.0.0.0"})
    void a_mapping_at_an_address_that_nobody_outside_reaches_is_none(String external) throws InterruptedException {
        start().external(external);
        Refused refused = refused(provider().map(to(CAMERA, 8554).build(), soon()));
        assertThat(refused.detail()).contains(external, "translates in front");
        assertThat(server.table()).isEmpty();
    }

    @Test
    void a_success_without_a_lifetime_is_no_mapping() throws InterruptedException {
        start().next(MAP, PcpFault.changed(reply -> {
            java.util.Arrays.fill(reply, 4, 8, (byte) 0);
            return reply;
        }));
        assertThat(refused(provider().map(to(CAMERA, 8554).build(), soon())).reason())
                .isEqualTo(Refusal.NOT_STORED);
        assertThat(server.table()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "length, 16",
        "length, 27",
        "length, 56",
        "length, 1104",
        "byte 0, 255",
        "byte 1, 1",
        "byte 1, 128",
        "byte 24, 0",
        "byte 36, 17",
        "byte 41, 1",
        "elsewhere, 0"
    })
    void a_wrong_reply_is_passed_over_and_the_right_one_behind_it_taken(String what, int value)
            throws InterruptedException {
        start();
        PcpFault fault = what.equals("length")
                ? PcpFault.length(value)
                : what.equals("elsewhere")
                        ? PcpFault.fromElsewhere()
                        : PcpFault.byteAt(Integer.parseInt(what.substring(5)), value);
        PortMappingProvider provider = provider();
        server.next(MAP, PcpFault.before(fault));
        mapped(provider.map(to(CAMERA, 8554).build(), soon()));
        assertThat(server.calls()).filteredOn(c -> c.kind() == MAP).hasSize(1);
    }

    @Test
    void a_lost_reply_is_asked_for_again() throws InterruptedException {
        start();
        PortMappingProvider provider = provider();
        server.next(MAP, PcpFault.LOST_REPLY);
        mapped(provider.map(to(CAMERA, 8554).build(), soon()));
        assertThat(server.table()).hasSize(1);
    }

    @Test
    void silence_and_nonsense_end_with_the_deadline_and_are_told_apart() throws InterruptedException {
        start();
        PortMappingProvider provider = provider();
        server.always(MAP, PcpFault.LOST_REPLY);
        assertCode(provider, FindingCode.TIMED_OUT);
        server.clear().always(MAP, PcpFault.length(16));
        assertCode(provider, FindingCode.MALFORMED_REPLY);
        server.clear();
        // The mapping may exist, and releasing what was asked for removes it.
        provider.release(
                new PortMapping(
                        TransportProtocol.TCP,
                        dev.porthole.mapping.PortRange.of(8554),
                        CAMERA.getHostAddress(),
                        554,
                        "",
                        "porthole:door:rtsp",
                        Optional.empty(),
                        true),
                soon());
        assertThat(server.table()).isEmpty();
    }

    private static void assertCode(PortMappingProvider provider, FindingCode code) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> provider.map(to(CAMERA, 8554).build(), Deadline.after(Duration.ofMillis(300))))
                .isInstanceOfSatisfying(
                        NatTraversalException.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(300 + 250));
    }

    @Test
    void a_flood_of_nonsense_does_not_hold_the_call_beyond_its_deadline() throws InterruptedException {
        start();
        PortMappingProvider provider = provider();
        PcpFault.Datagram nonsense = new PcpFault.Datagram(new byte[1100], false);
        // More than it can send before it is closed.
        server.always(MAP, reply -> java.util.Collections.nCopies(100_000_000, nonsense));
        long begun = System.nanoTime();
        assertThatThrownBy(() -> provider.map(to(CAMERA, 8554).build(), Deadline.after(Duration.ofMillis(300))))
                .isInstanceOf(NatTraversalException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(300 + 250));
    }

    @Test
    void an_interrupt_ends_the_call_at_once() throws InterruptedException {
        start();
        PortMappingProvider provider = provider();
        server.always(MAP, PcpFault.LOST_REPLY);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> provider.map(to(CAMERA, 8554).build(), soon()))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void a_server_that_went_away_is_told_at_once() throws InterruptedException {
        start();
        PortMappingProvider provider = provider();
        server.close();
        long begun = System.nanoTime();
        assertThatThrownBy(() -> provider.map(to(CAMERA, 8554).build(), soon()))
                .isInstanceOfSatisfying(
                        NatTraversalException.class, e -> assertThat(e.code()).isEqualTo(FindingCode.UPNP_OFF));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7, PUBLIC", "192.168.100.2, DOUBLE_NAT", "100.64.3.4, CGNAT", "0.0.0.0, UNUSABLE"})
    void the_external_address_is_asked_for_by_natpmp_or_learned_from_a_mapping_that_goes_again(
            String external, Kind kind) throws InterruptedException {
        for (Trait[] traits : List.of(new Trait[0], new Trait[] {Trait.PCP_ONLY})) {
            start(traits).external(external);
            ExternalAddress told = provider().externalAddress(soon());
            assertThat(told.kind()).isEqualTo(kind);
            assertThat(told.address()).contains(IpLiteral.parse(external).orElseThrow());
            assertThat(server.table()).isEmpty();
            server.close();
        }
    }

    @Test
    void an_uplink_that_is_down_has_no_usable_address() throws InterruptedException {
        start().refuse(PcpCall.Kind.NATPMP_ADDRESS, 3);
        assertThat(provider().externalAddress(soon()).kind()).isEqualTo(Kind.UNUSABLE);
        server.close();
        start(Trait.PCP_ONLY).refuse(MAP, 7);
        assertThat(provider().externalAddress(soon()).kind()).isEqualTo(Kind.UNUSABLE);
    }

    @Test
    void a_lost_state_is_told_and_what_was_made_forgotten() throws InterruptedException {
        start();
        PcpGatewayFinder finder = new PcpGatewayFinder();
        PortMappingProvider keeper = only(finder);
        List<String> told = new ArrayList<>();
        keeper.onStateLost((gateway, why) -> told.add(gateway.id()));
        mapped(keeper.map(to(CAMERA, 8554).build(), soon()));
        server.restart();
        PortMappingProvider another = only(finder);
        assertThat(told).containsExactly("pcp:127.0.0.1:" + server.address().getPort());
        assertThat(keeper.mapping(TransportProtocol.TCP, 8554, soon())).isEmpty();
        keeper.close();
        server.shiftEpoch(-500);
        mapped(another.map(to(CAMERA, 8554).build(), soon()));
        assertThat(told).hasSize(1);
    }

    @Test
    void an_epoch_that_drifts_by_a_second_is_no_loss() throws InterruptedException {
        start();
        PortMappingProvider provider = provider();
        List<String> told = new ArrayList<>();
        provider.onStateLost((gateway, why) -> told.add(why));
        mapped(provider.map(to(CAMERA, 8554).build(), soon()));
        server.shiftEpoch(-1);
        mapped(provider.map(to(CAMERA, 8554).build(), soon()));
        assertThat(told).isEmpty();
        server.shiftEpoch(-4);
        mapped(provider.map(to(CAMERA, 8554).build(), soon()));
        assertThat(told).hasSize(1);
    }

    @Test
    void a_listener_that_fails_does_not_disturb_the_mapping() throws InterruptedException {
        start();
        PortMappingProvider provider = provider();
        provider.onStateLost((gateway, why) -> {
            throw new IllegalStateException("as told");
        });
        server.restart();
        mapped(provider.map(to(CAMERA, 8554).build(), soon()));
    }
}
