package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.NatTraversalException;
import dev.porthole.SourcePolicy;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.fakes.FakeAsuswrt;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsuswrtTest extends FormRouterTest<FakeAsuswrt> {
    @Override
    FakeAsuswrt start() throws Exception {
        return new FakeAsuswrt(FakeAsuswrt.Login.NONCE)
                .set(
                        "vts_rulelist",
                        "<Five>8000>192.168.1.20>80>TCP<FTP 100%>20,21>192.168.1.21>>BOTH>"
                                + "<Range>1000:2000>192.168.1.22>>UDP>203.0.113.0/24<Tunnel>41>192.168.1.23>>OTHER>");
    }

    @Test
    void a_rule_is_one_more_of_six_fields_and_in_force_at_once() throws InterruptedException {
        List<String> others = router.foreign();
        PortMapping made = mapped(request(554, 8554));
        assertThat(router.ours()).containsExactly("porthole:door:rtsp>8554>192.168.1.77>554>TCP>");
        assertThat(router.inForce()).containsAll(router.ours());
        assertThat(router.foreign()).isEqualTo(others);
        release(made);
        assertThat(router.foreign()).isEqualTo(others);
        assertThat(router.inForce()).isEqualTo(others);
    }

    @Test
    void udp_and_a_source_are_written_as_the_router_writes_them() throws InterruptedException {
        mapped(request(554, 8554).protocol(TransportProtocol.UDP).source(SourcePolicy.only("198.51.100.0/24")));
        assertThat(router.ours()).containsExactly("porthole:door:rtsp>8554>192.168.1.77>554>UDP>198.51.100.0/24");
    }

    @Test
    void ports_of_lists_and_ranges_are_taken() throws InterruptedException {
        assertThat(refused(request(21, 21)).reason()).isEqualTo(Refusal.CONFLICT);
        assertThat(refused(request(554, 1500).protocol(TransportProtocol.UDP)).reason())
                .isEqualTo(Refusal.CONFLICT);
        assertThat(router.ours()).isEmpty();
    }

    @Test
    void the_switch_of_all_rules_is_turned_on_with_ours_and_left_so() throws InterruptedException {
        router.set("vts_enable_x", "0");
        PortMapping made = mapped(request(554, 8554));
        assertThat(router.setting("vts_enable_x")).isEqualTo("1");
        assertThat(router.inForce()).containsAll(router.ours());
        release(made);
        assertThat(router.setting("vts_enable_x")).isEqualTo("1");
    }

    @Test
    void while_the_switch_is_off_reading_and_refusing_leave_it_so() throws InterruptedException {
        router.set("vts_enable_x", "0");
        assertThat(mappings()).allMatch(rule -> !rule.enabled());
        assertThat(refused(request(554, 8000)).reason()).isEqualTo(Refusal.CONFLICT);
        assertThat(router.setting("vts_enable_x")).isEqualTo("0");
    }

    @Test
    void another_administrator_is_no_wrong_password() throws InterruptedException {
        router.anotherIsIn(true);
        NatTraversalException busy = failure();
        assertThat(busy.code()).isNotIn(FindingCode.LOGIN_REFUSED, FindingCode.LOGIN_LOCKED);
        assertThat(busy).hasMessageContaining("logged in");
        router.anotherIsIn(false);
        assertThat(mappings()).isNotEmpty();
    }

    @Test
    void a_wanted_captcha_is_told() throws InterruptedException {
        router.wantsCaptcha();
        NatTraversalException captcha = failure();
        assertThat(captcha.code()).isNotEqualTo(FindingCode.LOGIN_REFUSED);
        assertThat(captcha).hasMessageContaining("captcha");
    }

    @Test
    void names_that_the_router_does_not_show_whole_are_never_written_back() throws InterruptedException {
        router.set("vts_rulelist", "<Tür>8000>192.168.1.20>80>TCP>");
        List<String> others = router.foreign();
        assertThat(refused(request(554, 8554)).detail()).contains("ASCII");
        assertThat(router.foreign()).isEqualTo(others);
        assertThat(router.ours()).isEmpty();
    }

    @Test
    void rows_of_another_firmware_are_not_understood_rather_than_misread() throws InterruptedException {
        String rows = "<Web>8000>192.168.1.20>80>TCP>>1";
        router.set("vts_rulelist", rows);
        assertThat(failure().code()).isEqualTo(FindingCode.PAGE_NOT_UNDERSTOOD);
        assertThat(router.setting("vts_rulelist")).isEqualTo(rows);
    }

    @Test
    void older_rows_of_five_fields_stay_as_they_are() throws InterruptedException {
        String rows = "<Web>8000>192.168.1.20>80>TCP";
        router.set("vts_rulelist", rows);
        mapped(request(554, 8554));
        assertThat(router.setting("vts_rulelist")).startsWith(rows + "<");
    }
}
