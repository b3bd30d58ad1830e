package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Rung;
import dev.porthole.Rung.Outcome;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.MappingProtocol;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LadderTextTest {
    private static Rung rung(MappingProtocol protocol, Outcome outcome, Finding... findings) {
        return new Rung(protocol, Optional.empty(), outcome, List.of(findings));
    }

    private static String text(Rung... rungs) {
        Page page = new Page();
        LadderText.lines(page, List.of(rungs));
        return page.findings(List.of()).toString();
    }

    @Test
    void where_the_first_rung_did_nothing_is_said() {
        assertThat(text(rung(MappingProtocol.UPNP, Outcome.MAPPED))).isEmpty();
    }

    @Test
    void each_rung_has_a_line_with_what_came_of_it_and_why() {
        Finding secure = Finding.of(FindingCode.SECURE_MODE, "refused", "switch it off");
        assertThat(text(
                        rung(MappingProtocol.UPNP, Outcome.REFUSED, secure),
                        rung(MappingProtocol.PCP, Outcome.NOT_ASKED),
                        rung(MappingProtocol.NATPMP, Outcome.NOT_FOUND),
                        rung(MappingProtocol.WEB, Outcome.MAPPED)))
                .isEqualTo("""
                        Ladder   upnp: refused (SECURE_MODE)
                                 pcp: had not answered yet
                                 natpmp: no answer
                                 web: mapped
                        """);
    }
}
