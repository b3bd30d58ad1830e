package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.RouterUnderTest.Trouble;
import dev.porthole.routers.fakes.FakeLinksys;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinksysTest extends FormRouterTest<FakeLinksys> {
    @Override
    FakeLinksys start() throws Exception {
        return new FakeLinksys(FakeLinksys.Key.NONE).add("", 1000, 2000, "both", "40");
    }

    @Test
    void later_models_with_a_key_in_their_forms_are_told_as_not_known() throws Exception {
        for (FakeLinksys.Key key : List.of(FakeLinksys.Key.IN_PATH, FakeLinksys.Key.IN_QUERY)) {
            router.close();
            router = new FakeLinksys(key);
            List<String> others = router.foreign();
            assertThat(failure().code()).isEqualTo(FindingCode.PAGE_NOT_UNDERSTOOD);
            assertThat(router.foreign()).isEqualTo(others);
        }
    }

    @Test
    void a_rule_takes_the_first_empty_row_with_a_name_that_fits() throws InterruptedException {
        List<String> others = router.foreign();
        PortMapping made = mapped(request(8554, 8554));
        assertThat(router.ours())
                .singleElement()
                .asString()
                .matches("Slot\\[name=porthole\\W\\w+, from=8554, to=8554, protocol=tcp, octet=77, enabled=true]");
        assertThat(router.foreign()).isEqualTo(others);
        release(made);
        assertThat(router.ours()).isEmpty();
        assertThat(router.foreign()).isEqualTo(others);
    }

    @Test
    void a_rule_that_is_stored_otherwise_is_known_by_its_short_name_and_taken_back() throws InterruptedException {
        router.switchOff();
        assertThat(refused(request(8554, 8554)).reason()).isEqualTo(Refusal.NOT_STORED);
        assertThat(router.ours()).isEmpty();
    }

    @Test
    void udp_is_told_apart() throws InterruptedException {
        mapped(request(8554, 8554).protocol(TransportProtocol.UDP));
        assertThat(router.ours()).singleElement().asString().contains("protocol=udp");
    }

    @Test
    void the_eleventh_rule_is_refused_before_it_gets_lost() throws InterruptedException {
        for (int i = 0; i < 7; i++) {
            router.add("more" + i, 3000 + i, 3000 + i, "tcp", "50");
        }
        List<String> others = router.foreign();
        assertThat(refused(request(8554, 8554)).reason()).isEqualTo(Refusal.TABLE_FULL);
        assertThat(router.foreign()).isEqualTo(others);
    }

    @Test
    void an_address_outside_of_the_routers_network_cannot_be_written_and_is_refused() throws InterruptedException {
        List<String> others = router.foreign();
        assertThat(refused(to("192.168.2.77", 8554, 8554)).detail()).contains("own network");
        assertThat(router.foreign()).isEqualTo(others);
        assertThat(router.ours()).isEmpty();
    }

    /** Which request adds is the profile's: each is tried. */
    @Test
    void a_rule_of_ours_for_both_transports_is_put_back_as_one_for_each() throws Exception {
        int putBack = 0;
        for (int n = 1; n <= 6; n++) {
            router.close();
            router = start().add("porthole:gat", 8554, 8554, "both", "76");
            router.trouble(n, Trouble.LIE);
            boolean mapped = map(request(8554, 8554)) instanceof Mapped;
            List<String> ours = router.ours();
            if (!mapped && ours.size() == 2) {
                putBack++;
                assertThat(ours)
                        .allMatch(rule -> rule.contains("name=porthole:gat, from=8554") && rule.contains("octet=76"))
                        .anyMatch(rule -> rule.contains("protocol=tcp"))
                        .anyMatch(rule -> rule.contains("protocol=udp"));
            } else {
                assertThat(ours).singleElement().asString().contains(mapped ? "octet=77" : "protocol=both");
            }
        }
        assertThat(putBack).isPositive();
    }

    @Test
    void ports_of_ranges_for_both_transports_are_taken() throws InterruptedException {
        assertThat(refused(request(1500, 1500)).reason()).isEqualTo(Refusal.CONFLICT);
        assertThat(refused(request(1500, 1500).protocol(TransportProtocol.UDP)).reason())
                .isEqualTo(Refusal.CONFLICT);
    }
}
