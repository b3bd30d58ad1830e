package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.NatTraversalException;
import dev.porthole.SourcePolicy;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.fakes.FakeTomato;
import java.util.List;
import org.junit.jupiter.api.Test;

class TomatoTest extends FormRouterTest<FakeTomato> {
    @Override
    FakeTomato start() throws Exception {
        return new FakeTomato(
                "1<3<<80,443<<192.168.1.20<Web>",
                "1<1<<1000:2000<<192.168.1.21<Tür 'A' \\ B \"C\" & D>",
                "0<2<203.0.113.0/24<5060<<192.168.1.22<off>");
    }

    @Test
    void a_rule_is_one_more_row_of_the_list_and_in_force_at_once() throws InterruptedException {
        List<String> others = router.foreign();
        PortMapping made = mapped(request(554, 8554));
        assertThat(router.ours()).containsExactly("1<1<<8554<554<192.168.1.77<porthole:door:rtsp");
        assertThat(router.inForce()).contains(router.ours().get(0));
        release(made);
        assertThat(router.foreign()).isEqualTo(others);
        assertThat(router.inForce()).isEqualTo(others);
    }

    @Test
    void udp_and_a_source_are_written_as_the_router_writes_them() throws InterruptedException {
        mapped(request(554, 8554).protocol(TransportProtocol.UDP).source(SourcePolicy.only("198.51.100.0/24")));
        assertThat(router.ours()).containsExactly("1<2<198.51.100.0/24<8554<554<192.168.1.77<porthole:door:rtsp");
    }

    @Test
    void ports_of_lists_and_ranges_are_taken() throws InterruptedException {
        assertThat(refused(request(443, 443)).reason()).isEqualTo(Refusal.CONFLICT);
        assertThat(refused(request(554, 1500)).reason()).isEqualTo(Refusal.CONFLICT);
        assertThat(router.ours()).isEmpty();
    }

    @Test
    void a_rule_that_is_switched_off_is_listed_so() throws InterruptedException {
        assertThat(mappings()).anyMatch(m -> m.externalPort() == 5060 && !m.enabled());
    }

    @Test
    void rules_for_ipv6_are_never_sent() throws InterruptedException {
        String before = router.setting("ipv6_portforward");
        mapped(request(554, 8554));
        assertThat(router.setting("ipv6_portforward")).isEqualTo(before);
    }

    @Test
    void a_restart_between_reading_and_writing_loses_the_form_and_not_a_rule() throws InterruptedException {
        List<String> others = router.foreign();
        try (PortMappingProvider provider = provider()) {
            provider.mappings(soon());
            router.reboot();
            try {
                MappingOutcome outcome = provider.map(request(554, 8554).build(), soon());
                assertThat(outcome).isInstanceOf(Mapped.class);
            } catch (NatTraversalException e) {
                assertThat(router.ours()).isEmpty();
            }
            assertThat(provider.map(request(554, 8554).build(), soon())).isInstanceOf(Mapped.class);
        }
        assertThat(router.ours()).hasSize(1);
        assertThat(router.foreign()).isEqualTo(others);
    }
}
