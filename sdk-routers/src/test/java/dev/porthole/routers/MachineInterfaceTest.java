package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.SourcePolicy;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.MappingTag;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.SearchScope;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.fakes.FakeRouter;
import dev.porthole.routers.fakes.FritzBox;
import dev.porthole.routers.fakes.HuaweiHiLink;
import dev.porthole.routers.fakes.LinksysJnap;
import dev.porthole.routers.fakes.MikroTik;
import dev.porthole.routers.fakes.OpnSense;
import dev.porthole.routers.fakes.Teltonika;
import dev.porthole.routers.fakes.UniFi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What brands with a machine interface do each in their own way. */
class MachineInterfaceTest {
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends FakeRouter> T started(T router) {
        open.add(router);
        return router;
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private PortMappingProvider provider(FakeRouter router) throws InterruptedException {
        PortMappingProvider provider = router.connect(router.account())
                .build()
                .find(SearchScope.builder().build(), soon())
                .providers()
                .get(0);
        open.add(provider);
        return provider;
    }

    private static MappingRequest.Builder to(int external) {
        return MappingRequest.to(
                        new InternalEndpoint(IpLiteral.parse("192.168.1.77").orElseThrow(), 554), external)
                .description(MappingTag.of("door", "rtsp"));
    }

    private static MappingOutcome map(PortMappingProvider provider, MappingRequest.Builder request)
            throws InterruptedException {
        return provider.map(request.build(), soon());
    }

    private static Refusal refusal(MappingOutcome outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        return ((Refused) outcome).reason();
    }

    @Test
    void each_brand_is_recognised_and_taken_for_no_other() throws Exception {
        Map<String, FakeRouter> routers = new LinkedHashMap<>();
        routers.put("fritzbox", started(new FritzBox(FritzBox.Line.PPP, FritzBox.Rights.ITSELF)));
        routers.put("mikrotik", started(new MikroTik()));
        routers.put("opnsense", started(new OpnSense()));
        routers.put("unifi", started(new UniFi()));
        routers.put("teltonika", started(new Teltonika()));
        routers.put("linksys-jnap", started(new LinksysJnap()));
        routers.put("huawei-hilink", started(new HuaweiHiLink()));
        for (RouterProfile brand : RouterProfile.shipped()) {
            for (Map.Entry<String, FakeRouter> router : routers.entrySet()) {
                boolean found = !WebRouter.builder(router.getValue().uri(), brand)
                        .build()
                        .find(SearchScope.builder().build(), soon())
                        .providers()
                        .isEmpty();
                assertThat(found)
                        .as("%s by %s", router.getKey(), brand.id())
                        .isEqualTo(router.getKey().equals(brand.id()));
            }
        }
        routers.values().forEach(router -> assertThat(router.logins()).isZero());
    }

    @ParameterizedTest
    @EnumSource(FritzBox.Line.class)
    void a_fritzbox_is_read_on_any_line_and_refuses_to_map_for_a_camera(FritzBox.Line line) throws Exception {
        FritzBox router = started(new FritzBox(line, FritzBox.Rights.ITSELF));
        PortMappingProvider provider = provider(router);
        assertThat(provider.mappings(soon()))
                .hasSize(4)
                .anyMatch(m -> m.external().first() == 6000 && m.external().last() == 6010)
                .anyMatch(m -> !m.enabled() && m.description().equals("remote & \"desk\""));
        assertThat(provider.externalAddress(soon()).address().orElseThrow().getHostAddress())
                .isEqualTo("203.0.113.9");
        MappingOutcome outcome = map(provider, to(8554));
        assertThat(refusal(outcome)).isEqualTo(Refusal.THIRD_PARTY);
        assertThat(((Refused) outcome).detail()).contains("for itself only", "Permit Access");
        assertThat(router.ours()).isEmpty();
    }

    @Test
    void a_fritzbox_whose_list_fails_half_way_is_not_believed_to_end_there() throws Exception {
        FritzBox router = started(new FritzBox(FritzBox.Line.PPP, FritzBox.Rights.ANYBODY));
        PortMappingProvider provider = provider(router);
        router.failAt(2);
        NatTraversalException failed = catchThrowableOfType(NatTraversalException.class, () -> map(provider, to(8554)));
        assertThat(failed.code()).isEqualTo(FindingCode.PAGE_NOT_UNDERSTOOD);
        assertThat(router.ours()).isEmpty();
    }

    @Test
    void routeros_rows_of_several_ports_hold_each_of_them() throws Exception {
        MikroTik router = started(new MikroTik());
        PortMappingProvider provider = provider(router);
        assertThat(refusal(map(provider, to(3005)))).isEqualTo(Refusal.CONFLICT);
        assertThat(refusal(map(provider, to(4000)))).isEqualTo(Refusal.CONFLICT);
        assertThat(map(provider, to(53).protocol(TransportProtocol.UDP))).isInstanceOf(Mapped.class);
        router.hold(Map.of(
                ".id",
                "*40",
                "chain",
                "dstnat",
                "action",
                "dst-nat",
                "to-addresses",
                "192.168.1.6",
                "comment",
                "everything",
                "disabled",
                "false"));
        assertThat(refusal(map(provider(router), to(4001)))).isEqualTo(Refusal.CONFLICT);
    }

    @Test
    void routeros_rules_name_the_outer_interfaces_and_their_source() throws Exception {
        MikroTik router = started(new MikroTik());
        PortMappingProvider provider = provider(router);
        SourcePolicy source = SourcePolicy.only("198.51.100.0/24");
        assertThat(map(provider, to(8554).source(source))).isInstanceOf(Mapped.class);
        assertThat(router.ours().get(0)).contains("in-interface-list=WAN", "src-address=198.51.100.0/24");
        assertThat(map(provider, to(8555))).isInstanceOf(Mapped.class);
        assertThat(router.ours().get(1)).doesNotContain("src-address");
    }

    @Test
    void opnsense_rules_work_once_they_are_committed_and_no_longer_when_released() throws Exception {
        OpnSense router = started(new OpnSense());
        PortMappingProvider provider = provider(router);
        PortMapping made = ((Mapped) map(provider, to(8554))).mapping();
        assertThat(router.working()).doesNotContain(made.description());
        provider.commit(soon());
        assertThat(router.working()).contains(made.description(), "ftp", "web");
        provider.release(made, soon());
        provider.commit(soon());
        assertThat(router.working()).doesNotContain(made.description());
    }

    @Test
    void opnsense_rows_that_keep_the_administration_reachable_are_no_rules() throws Exception {
        OpnSense router = started(new OpnSense());
        assertThat(provider(router).mappings(soon())).noneMatch(m -> m.externalPort() == 443 || m.externalPort() == 22);
    }

    @Test
    void unifi_tokens_serve_one_write_each() throws Exception {
        UniFi router = started(new UniFi());
        PortMappingProvider provider = provider(router);
        assertThat(map(provider, to(8554))).isInstanceOf(Mapped.class);
        assertThat(map(provider, to(8555))).isInstanceOf(Mapped.class);
        assertThat(router.ours()).hasSize(2);
        assertThat(router.logins()).isEqualTo(1);
        assertThat(refusal(map(provider, to(6005).protocol(TransportProtocol.UDP))))
                .isEqualTo(Refusal.CONFLICT);
    }

    @Test
    void rutos_is_never_asked_to_apply() throws Exception {
        Teltonika router = started(new Teltonika());
        PortMappingProvider provider = provider(router);
        assertThat(map(provider, to(8554))).isInstanceOf(Mapped.class);
        provider.commit(soon());
        assertThat(router.log()).noneMatch(request -> request.contains("changes"));
        assertThat(router.ours().get(0)).contains("proto=[tcp]", "src_dport=8554", "src=wan", "dest=lan");
    }

    @Test
    void rutos_accounts_that_may_only_read_are_refused_and_not_logged_in_again() throws Exception {
        Teltonika router = started(new Teltonika());
        PortMappingProvider provider = provider(router);
        PortMapping made = ((Mapped) map(provider, to(8554))).mapping();
        router.readOnly();
        assertThat(refusal(map(provider, to(8555)))).isEqualTo(Refusal.NOT_AUTHORIZED);
        NatTraversalException kept =
                catchThrowableOfType(NatTraversalException.class, () -> provider.release(made, soon()));
        assertThat(kept.code()).isEqualTo(FindingCode.NOT_AUTHORIZED);
        assertThat(router.logins()).isEqualTo(1);
    }

    @Test
    void rutos_rules_of_a_name_that_is_there_are_an_error_that_changes_nothing() throws Exception {
        Teltonika router = started(new Teltonika());
        PortMappingProvider provider = provider(router);
        assertThat(map(provider, to(8554))).isInstanceOf(Mapped.class);
        List<String> before = router.ours();
        NatTraversalException refused =
                catchThrowableOfType(NatTraversalException.class, () -> map(provider, to(8555)));
        assertThat(refused.code()).isEqualTo(FindingCode.ROUTER_ERROR);
        assertThat(router.ours()).isEqualTo(before);
    }

    @Test
    void jnap_ports_in_a_range_of_the_other_table_are_a_conflict() throws Exception {
        LinksysJnap router = started(new LinksysJnap());
        assertThat(refusal(map(provider(router), to(7005)))).isEqualTo(Refusal.CONFLICT);
        assertThat(router.ours()).isEmpty();
    }

    @Test
    void jnap_tables_of_fifty_rules_are_full() throws Exception {
        LinksysJnap router = started(new LinksysJnap());
        for (int i = router.held().size(); i < 50; i++) {
            Map<String, Object> rule = new LinkedHashMap<>(router.held().get(0));
            rule.put("externalPort", 20_000 + i);
            router.hold(rule);
        }
        assertThat(refusal(map(provider(router), to(8554)))).isEqualTo(Refusal.TABLE_FULL);
        assertThat(router.held()).hasSize(50);
    }

    @Test
    void a_lone_hilink_rule_is_kept_and_so_is_an_empty_list() throws Exception {
        for (int rules = 0; rules < 2; rules++) {
            HuaweiHiLink router = started(new HuaweiHiLink(rules));
            List<String> before = router.foreign();
            PortMappingProvider provider = provider(router);
            PortMapping made = ((Mapped) map(provider, to(8554))).mapping();
            assertThat(router.foreign()).isEqualTo(before);
            provider.release(made, soon());
            assertThat(router.ours()).isEmpty();
            assertThat(router.foreign()).isEqualTo(before);
        }
    }

    @Test
    void a_hilink_router_that_cannot_prove_the_password_is_not_written_to() throws Exception {
        HuaweiHiLink router = started(new HuaweiHiLink());
        router.pretend();
        PortMappingProvider provider = provider(router);
        NatTraversalException refused =
                catchThrowableOfType(NatTraversalException.class, () -> map(provider, to(8554)));
        assertThat(refused).hasMessageContaining("cannot prove");
        assertThat(router.log()).noneMatch(request -> request.contains("virtual-servers"));
    }

    @ParameterizedTest
    @CsvSource({
        "zz,100,''",
        "6f,100,''",
        "6f1c0de94f7a1b23,0,''",
        "6f1c0de94f7a1b23,2000000000,''",
        "6f1c0de94f7a1b23,100,not-ours"
    })
    void a_hilink_challenge_of_another_kind_is_not_answered(String salt, String iterations, String prefix)
            throws Exception {
        HuaweiHiLink router = started(new HuaweiHiLink());
        router.challengeWith(salt, iterations, prefix);
        PortMappingProvider provider = provider(router);
        NatTraversalException refused =
                catchThrowableOfType(NatTraversalException.class, () -> provider.mappings(soon()));
        assertThat(refused.code()).isEqualTo(FindingCode.PAGE_NOT_UNDERSTOOD);
        assertThat(router.log()).noneMatch(request -> request.contains("authentication_login"));
    }
}
