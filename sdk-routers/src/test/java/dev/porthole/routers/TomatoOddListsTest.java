package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Refusal;
import dev.porthole.routers.fakes.FakeTomato;
import java.util.List;
import org.junit.jupiter.api.Test;

class TomatoOddListsTest extends FormRouterTest<FakeTomato> {
    @Override
    FakeTomato start() throws Exception {
        String[] rules = new String[80];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = "1<1<<" + (20000 + i) + "<80<192.168.1.20<a rule of forty-nine letters " + (10 + i) + ">";
        }
        return new FakeTomato(rules);
    }

    @Test
    void a_list_that_the_router_cannot_hold_is_told_and_stays_as_it_is() throws InterruptedException {
        List<String> others = router.foreign();
        assertThat(refused(request(554, 8554)).reason()).isEqualTo(Refusal.TABLE_FULL);
        assertThat(router.foreign()).isEqualTo(others);
        assertThat(router.ours()).isEmpty();
    }

    @Test
    void rows_of_another_firmware_are_not_understood_rather_than_misread() throws Exception {
        for (String row : List.of("1<3<6000<6001<5<before 1.07>", "1<3<1<<6000<<192.168.1.5<with a VPN column>")) {
            router.close();
            router = new FakeTomato("1<1<<8000<80<192.168.1.20<Web>", row);
            List<String> others = router.foreign();
            assertThat(failure().code()).isEqualTo(FindingCode.PAGE_NOT_UNDERSTOOD);
            assertThat(router.foreign()).isEqualTo(others);
        }
    }
}
