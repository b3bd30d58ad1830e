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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortPlannerIpv6Test {
    private static final PlanItem DOOR = item("door", "2001:db8::110");
    private static final PlanItem YARD = item("yard", "2001:db8::111");
    private static final PlanItem HALL = item("hall", "192.168.1.10");

    private static PlanItem item(String camera, String address) {
        return new PlanItem(
                MappingTag.of(camera, "rtsp"),
                TransportProtocol.TCP,
                new InternalEndpoint(IpLiteral.parse(address).orElseThrow(), 554),
                PortPolicy.auto());
    }

    private static PortMapping foreign(String client) {
        return new PortMapping(
                TransportProtocol.TCP, PortRange.of(554), client, 554, "", "foreign", Optional.empty(), true);
    }

    private static PortPlan plan(
            List<PlanItem> items, List<PortMapping> mappings, List<LedgerEntry> held, Set<PortRange> avoid) {
        List<ReservedPort> reserved = List.of(new ReservedPort(TransportProtocol.TCP, PortRange.of(554), "the router"));
        return new PortPlanner().plan(new PlanRequest(items, mappings, reserved, held, avoid, true));
    }

    private static int port(PortPlan plan, PlanItem item) {
        return plan.assignment(item).orElseThrow().externalPort();
    }

    @Test
    void each_ipv6_address_has_all_ports_whatever_the_gateway_and_others_have() {
        PortPlan plan = plan(
                List.of(DOOR, YARD, HALL),
                List.of(foreign("2001:db8::66"), foreign("192.168.1.66")),
                List.of(new LedgerEntry("g", "porthole:attic:rtsp", TransportProtocol.TCP, 554, HALL.internal())),
                Set.of());
        assertThat(port(plan, DOOR)).isEqualTo(554);
        assertThat(port(plan, YARD)).isEqualTo(554);
        assertThat(port(plan, HALL)).isGreaterThan(1024);
    }

    @Test
    void what_somebody_else_let_in_at_the_same_address_is_a_conflict() {
        PortPlan plan = plan(List.of(DOOR), List.of(foreign("2001:db8::110")), List.of(), Set.of());
        assertThat(plan.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.code()).isEqualTo(FindingCode.PORT_CONFLICT);
            assertThat(rejection.reason()).contains("foreign");
            assertThat(rejection.alternatives()).isEmpty();
        });
    }

    @Test
    void a_port_to_avoid_is_avoided_with_ipv6_too() {
        PortPlan plan = plan(List.of(DOOR), List.of(), List.of(), Set.of(PortRange.of(554)));
        assertThat(plan.rejections())
                .singleElement()
                .extracting(Rejection::code)
                .isEqualTo(FindingCode.PORT_CONFLICT);
    }
}
