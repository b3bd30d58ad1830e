package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.porthole.Camera;
import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.Secret;
import dev.porthole.SourcePolicy;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.GatewayFinder.Found;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.MappingTag;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.ReservedPort;
import dev.porthole.mapping.SearchScope;
import dev.porthole.plan.PortPolicy;
import dev.porthole.reach.Target.Scheme;
import dev.porthole.testing.Fault;
import dev.porthole.testing.HttpReply;
import dev.porthole.testing.MilesightFlavour;
import dev.porthole.testing.MilesightOptions;
import dev.porthole.testing.RecordedRequest;
import dev.porthole.testing.SimulatedMilesight;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MilesightTest {
    private static final Credentials ACCOUNT = new Credentials("admin", Secret.of("password"));
    private static final MilesightFields FIELDS = MilesightFields.builder(
                    "source_port", "dest_ip", "dest_port", "protocol")
            .sourceIp("source_ip")
            .description("description")
            .build();

    private SimulatedMilesight router;

    @AfterEach
    void stop() {
        router.close();
    }

    private WebRouter.Builder start(MilesightOptions options, RouterBrand brand) throws Exception {
        router = options.pace(Duration.ZERO).start();
        return WebRouter.builder(router.uri(), brand).credentials(ACCOUNT).pace(Duration.ZERO);
    }

    private WebRouter.Builder start(MilesightFlavour flavour) throws Exception {
        return start(
                SimulatedMilesight.options(flavour),
                flavour == MilesightFlavour.EG71 ? Milesight.eg71() : Milesight.router());
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static Found found(WebRouter web) throws InterruptedException {
        return web.find(SearchScope.builder().build(), soon());
    }

    private static PortMappingProvider provider(WebRouter.Builder web) throws InterruptedException {
        return found(web.build()).providers().get(0);
    }

    private static MappingRequest.Builder http(int external) {
        return MappingRequest.to(
                        new InternalEndpoint(IpLiteral.parse("192.168.69.110").orElseThrow(), 80), external)
                .description(MappingTag.of("door", "http"));
    }

    private Porthole porthole(WebRouter web) {
        return Porthole.builder()
                .finder(web)
                .verify(false)
                .routedLans(true)
                .ledger(new InMemoryLedger())
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void the_model_is_known_without_an_account(MilesightFlavour flavour) throws Exception {
        Found found = found(start(flavour).build());
        assertThat(found.findings()).isEmpty();
        try (PortMappingProvider provider = found.providers().get(0)) {
            assertThat(provider.gateway().model()).matches("Milesight (UR3[25]|UG65|EG71) [0-9.]+");
        }
        assertThat(router.loginTries()).isZero();
    }

    @Test
    void source_port_is_the_external_one_and_destination_port_the_cameras() throws Exception {
        try (PortMappingProvider provider =
                provider(start(SimulatedMilesight.options(MilesightFlavour.UR_3_0_14), withFields()))) {
            assertThat(provider.map(http(8888).build(), soon())).isInstanceOf(Mapped.class);
        }
        assertThat(router.rules())
                .containsExactly(Map.of(
                        "source_ip", "0.0.0.0/0",
                        "source_port", 8888,
                        "dest_ip", "192.168.69.110",
                        "dest_port", 80,
                        "protocol", "TCP",
                        "description", "porthole:door:http"));
    }

    private static RouterBrand withFields() {
        return Milesight.builder().fields(FIELDS).build();
    }

    @Test
    void a_rule_that_is_there_shows_how_fields_are_named_and_written() throws Exception {
        WebRouter.Builder web = start(MilesightFlavour.UR_3_0_8);
        router.addRule(2121, "192.168.1.5", 21, "ftp");
        try (PortMappingProvider provider = provider(web)) {
            assertThat(provider.map(http(8888).build(), soon())).isInstanceOf(Mapped.class);
        }
        assertThat(router.rules()).hasSize(2);
        assertThat(router.rules().get(1)).containsEntry("source_port", 8888).containsEntry("dest_port", 80);
    }

    @Test
    void an_empty_table_without_names_is_refused_with_what_to_supply() throws Exception {
        try (PortMappingProvider provider = provider(start(MilesightFlavour.UR_3_0_14))) {
            assertThat(provider.mappings(soon())).isEmpty();
            NatTraversalException refused = catchThrowableOfType(
                    NatTraversalException.class, () -> provider.map(http(8888).build(), soon()));
            assertThat(refused.code()).isEqualTo(FindingCode.SCHEMA_UNKNOWN);
            assertThat(refused)
                    .hasMessageContaining("MilesightFields")
                    .hasMessageContaining("Network > Firewall > Port Mapping");
        }
        assertThat(router.count(SimulatedMilesight.ADD)).isZero();
    }

    @Test
    void unverified_names_are_used_on_request_only_and_noticed_where_they_are_wrong() throws Exception {
        RouterBrand guessing = Milesight.builder().unverifiedFields(true).build();
        try (PortMappingProvider provider =
                provider(start(SimulatedMilesight.options(MilesightFlavour.UR_3_0_14), guessing))) {
            assertThat(provider.map(http(8888).build(), soon()))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused ->
                                    assertThat(refused.reason().findingCode()).isEqualTo(FindingCode.NOT_STORED));
        }
        assertThat(router.count(SimulatedMilesight.ADD)).isEqualTo(1);
    }

    @Test
    void what_was_not_committed_is_lost_at_a_reboot_and_ours_is_committed() throws Exception {
        WebRouter web = start(SimulatedMilesight.options(MilesightFlavour.UG65), withFields())
                .build();
        try (Porthole porthole = porthole(web)) {
            assertThat(porthole.publish(camera(10)).unpublished()).isEmpty();
        }
        assertThat(router.rulesInEffect()).hasSize(2);
        router.reboot();
        assertThat(router.rules()).hasSize(2);
        try (Porthole porthole = porthole(web)) {
            porthole.release(camera(10).address());
        }
        router.reboot();
        assertThat(router.rules()).isEmpty();
    }

    @Test
    void a_rule_that_a_dead_process_left_uncommitted_is_committed_when_it_is_mapped_again() throws Exception {
        WebRouter web = start(SimulatedMilesight.options(MilesightFlavour.UG65), withFields())
                .build();
        router.faults().always(SimulatedMilesight.COMMIT, Fault.reset());
        try (PortMappingProvider provider = found(web).providers().get(0)) {
            provider.map(http(8888).build(), soon());
        }
        assertThat(router.rulesInEffect()).isEmpty();
        router.faults().clear();
        try (PortMappingProvider provider = found(web).providers().get(0)) {
            provider.map(http(8888).build(), soon());
            provider.commit(soon());
        }
        assertThat(router.rulesInEffect()).hasSize(1);
    }

    @Test
    void a_commit_that_fails_publishes_nothing() throws Exception {
        WebRouter web = start(SimulatedMilesight.options(MilesightFlavour.UG65), withFields())
                .build();
        router.faults().always(SimulatedMilesight.COMMIT, Fault.reset());
        try (Porthole porthole = porthole(web)) {
            Publication publication = porthole.publish(camera(10));
            assertThat(publication.unpublished()).hasSize(1);
            assertThat(publication.endpoints()).isEmpty();
            assertThat(publication.findings().get(0).code()).isEqualTo(FindingCode.TIMED_OUT);
        }
        assertThat(router.rules()).isEmpty();
    }

    private static Camera camera(int host) {
        return Camera.at("192.168.69." + host).name("cam" + host).build();
    }

    /**
     * Identity, login, status, list, Security page; per rule one add and one list; one commit; one log-out. Nothing can be
     * left out: a rule that is not listed afterwards may not have been stored.
     */
    @Test
    void sixteen_cameras_take_no_more_calls_than_the_protocol_needs() throws Exception {
        WebRouter web = start(SimulatedMilesight.options(MilesightFlavour.UG65), withFields())
                .build();
        Camera[] cameras =
                IntStream.range(10, 26).mapToObj(MilesightTest::camera).toArray(Camera[]::new);
        try (Porthole porthole = porthole(web)) {
            assertThat(porthole.publish(cameras).unpublished()).isEmpty();
        }
        assertThat(router.rulesInEffect()).hasSize(32);
        assertThat(router.counts())
                .containsOnly(
                        Map.entry(SimulatedMilesight.IDENTITY, 1),
                        Map.entry(SimulatedMilesight.LOGIN, 1),
                        Map.entry(SimulatedMilesight.STATUS, 1),
                        Map.entry(SimulatedMilesight.SECURITY, 1),
                        Map.entry(SimulatedMilesight.LIST, 1 + 32),
                        Map.entry(SimulatedMilesight.ADD, 32),
                        Map.entry(SimulatedMilesight.COMMIT, 1),
                        Map.entry(SimulatedMilesight.LOGOUT, 1));
        assertThat(router.mostInFlight()).isEqualTo(1);
    }

    @Test
    void a_release_takes_a_delete_and_a_list_per_rule() throws Exception {
        WebRouter web = start(SimulatedMilesight.options(MilesightFlavour.UG65), withFields())
                .build();
        try (Porthole porthole = porthole(web)) {
            porthole.publish(camera(10));
            router.clearRequests();
            porthole.release(camera(10).address());
        }
        assertThat(router.counts())
                .containsEntry(SimulatedMilesight.DELETE, 2)
                .containsEntry(SimulatedMilesight.LIST, 1 + 2)
                .containsEntry(SimulatedMilesight.COMMIT, 1);
    }

    @Test
    void the_pace_of_the_family_is_kept() throws Exception {
        router = SimulatedMilesight.options(MilesightFlavour.UG65)
                .pace(Duration.ofMillis(500))
                .start();
        WebRouter web = WebRouter.builder(router.uri(), withFields())
                .credentials(ACCOUNT)
                .build();
        try (PortMappingProvider provider = found(web).providers().get(0)) {
            assertThat(provider.mappings(soon())).isEmpty();
        }
        assertThat(router.counts())
                .containsEntry(SimulatedMilesight.LIST, 1)
                .containsEntry(SimulatedMilesight.LOGIN, 1);
    }

    @Test
    void a_call_that_was_too_fast_for_the_router_is_made_again() throws Exception {
        WebRouter.Builder web = start(SimulatedMilesight.options(MilesightFlavour.UG65), withFields());
        router.faults()
                .next(
                        SimulatedMilesight.LIST,
                        Fault.reply(HttpReply.html(503, "Service Temporarily Unavailable", "busy")));
        try (PortMappingProvider provider = provider(web)) {
            assertThat(provider.mappings(soon())).isEmpty();
        }
        assertThat(router.count(SimulatedMilesight.LIST)).isEqualTo(2);
    }

    @Test
    void the_routers_own_ports_are_told_with_the_page_that_changes_them() throws Exception {
        WebRouter web = start(
                        SimulatedMilesight.options(MilesightFlavour.UR_3_0_14).security("https_port", 8443),
                        withFields())
                .build();
        try (PortMappingProvider provider = found(web).providers().get(0)) {
            assertThat(provider.reservedPorts(soon()))
                    .extracting(port -> port.ports().first())
                    .containsExactlyInAnyOrder(80, 8443, 22, 23);
            assertThat(provider.reservedPorts(soon()))
                    .extracting(ReservedPort::holder)
                    .allMatch(holder -> holder.contains("Network > Firewall > Security"));
        }
        Camera fixed = Camera.at("192.168.69.10")
                .without(Scheme.RTSP)
                .policy(Scheme.HTTP, new PortPolicy.Manual(8443))
                .build();
        try (Porthole porthole = porthole(web)) {
            Finding cause = porthole.publish(fixed).findings().get(0);
            assertThat(cause.code()).isEqualTo(FindingCode.ROUTER_SERVICE_PORT);
            assertThat(cause.message() + cause.remedy()).contains("Security");
        }
    }

    @Test
    void a_security_page_that_cannot_be_read_reserves_nothing() throws Exception {
        WebRouter.Builder web =
                start(SimulatedMilesight.options(MilesightFlavour.UR_3_0_14).withoutSecurity(), withFields());
        try (PortMappingProvider provider = provider(web)) {
            assertThat(provider.reservedPorts(soon())).isEmpty();
        }
    }

    @Test
    void one_source_is_kept_in_the_rule() throws Exception {
        try (PortMappingProvider provider =
                provider(start(SimulatedMilesight.options(MilesightFlavour.UR_3_0_14), withFields()))) {
            SourcePolicy office = SourcePolicy.only("198.51.100.0/24");
            assertThat(provider.map(http(8888).source(office).build(), soon()))
                    .isInstanceOfSatisfying(
                            Mapped.class,
                            mapped -> assertThat(mapped.mapping().remoteHost()).isEqualTo("198.51.100.0/24"));
            assertThat(router.rules().get(0)).containsEntry("source_ip", "198.51.100.0/24");
            assertThat(provider.map(http(8888).build(), soon())).isInstanceOf(Mapped.class);
            assertThat(router.rules()).hasSize(1);
            assertThat(router.rules().get(0)).containsEntry("source_ip", "0.0.0.0/0");
        }
    }

    @Test
    void the_external_address_is_told_where_the_status_page_shows_one_of_the_internet() throws Exception {
        try (PortMappingProvider provider = provider(start(MilesightFlavour.UG65))) {
            assertThat(provider.externalAddress(soon())).isEqualTo(ExternalAddress.reported("203.0.113.7"));
        }
        router.close();
        try (PortMappingProvider provider = provider(start(
                SimulatedMilesight.options(MilesightFlavour.UG65).externalAddress("192.168.1.1"),
                Milesight.router()))) {
            assertThat(provider.externalAddress(soon())).isEqualTo(ExternalAddress.UNKNOWN);
        }
    }

    @Test
    void another_tls_key_is_refused_before_a_password_is_sent() throws Exception {
        WebRouter web = start(MilesightFlavour.UR_3_0_14).build();
        found(web).providers().get(0).close();
        String pin = web.pin().orElseThrow();
        assertThat(pin).matches("[0-9a-f]{64}");
        router.rekey();
        assertThat(found(web).findings())
                .singleElement()
                .satisfies(f -> assertThat(f.code()).isEqualTo(FindingCode.CERTIFICATE_CHANGED));
        WebRouter pinned = WebRouter.builder(router.uri(), Milesight.router())
                .credentials(ACCOUNT)
                .pin(pin)
                .build();
        assertThat(found(pinned).providers()).isEmpty();
        assertThat(router.loginTries()).isZero();
    }

    @Test
    void https_is_tried_first_then_http_unless_a_key_is_known() throws Exception {
        start(MilesightFlavour.UR_3_0_8);
        URI both = URI.create("//127.0.0.1:" + router.uri().getPort());
        WebRouter web =
                WebRouter.builder(both, Milesight.router()).credentials(ACCOUNT).build();
        assertThat(found(web).providers()).hasSize(1).allSatisfy(PortMappingProvider::close);
        WebRouter pinned = WebRouter.builder(both, Milesight.router())
                .credentials(ACCOUNT)
                .pin("ab".repeat(32))
                .build();
        assertThat(found(pinned).providers()).isEmpty();
    }

    @Test
    void the_wrong_family_is_noticed_before_a_password_is_wasted() throws Exception {
        WebRouter.Builder web = start(SimulatedMilesight.options(MilesightFlavour.EG71), Milesight.router());
        assertThat(found(web.build()).findings())
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("milesight-eg71"));
        assertThat(router.loginTries()).isZero();
    }

    @Test
    void no_password_is_in_requests_errors_or_text() throws Exception {
        String canary = "canary-9b2f";
        router = SimulatedMilesight.options(MilesightFlavour.UR_3_0_8)
                .account("admin", canary)
                .pace(Duration.ZERO)
                .start();
        WebRouter.Builder builder = WebRouter.builder(router.uri(), withFields())
                .credentials(new Credentials("admin", Secret.of(canary)))
                .pace(Duration.ZERO);
        try (PortMappingProvider provider = provider(builder)) {
            provider.mappings(soon());
            assertThat(provider.toString() + provider.gateway()).doesNotContain(canary);
        }
        assertThat(router.requests()).extracting(RecordedRequest::body).noneMatch(body -> body.contains(canary));
    }

    @Test
    void rules_for_both_transports_hold_both_ports_and_odd_ones_are_left_alone() throws Exception {
        WebRouter.Builder web = start(MilesightFlavour.UR_3_0_8);
        router.addRule(2121, "192.168.1.5", 21, "ftp");
        router.addRule(Map.of(
                "source_ip", "0.0.0.0/0",
                "source_port", "7000-7010",
                "dest_ip", "192.168.1.6",
                "dest_port", "7000-7010",
                "protocol", "TCP/UDP",
                "description", "game"));
        try (PortMappingProvider provider = provider(web)) {
            List<PortMapping> mappings = provider.mappings(soon());
            assertThat(mappings).hasSize(3);
            assertThat(mappings).filteredOn(m -> m.external().contains(7005)).hasSize(2);
        }
    }
}
