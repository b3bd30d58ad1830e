package dev.porthole.routers.internal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of several ports. */
class RuleFormTest {
    private static final RuleForm FORM = new RuleForm(
            Map.of(
                    RuleForm.EXTERNAL, field("from"),
                    RuleForm.INTERNAL, field("to"),
                    RuleForm.INTERNAL_IP, field("ip"),
                    RuleForm.PROTOCOL,
                            new RuleField(
                                    List.of("proto"),
                                    Map.of("TCP", List.of("tcp")),
                                    Optional.empty(),
                                    RuleField.Type.TEXT)),
            Optional.empty(),
            Optional.empty());

    private static RuleField field(String place) {
        return new RuleField(List.of(place), Map.of(), Optional.empty(), RuleField.Type.TEXT);
    }

    private static List<String> read(String from, String to) {
        String row = "[{\"from\":\"" + from + "\",\"to\":\"" + to + "\",\"ip\":\"192.168.1.5\",\"proto\":\"tcp\"}]";
        RawRow raw = new JsonRows("", false, Map.of(), Set.of())
                .read(Answers.of(row))
                .orElseThrow()
                .get(0);
        return FORM.read(raw, Values.empty()).stream()
                .map(m -> m.external() + ">" + m.internalPort())
                .toList();
    }

    @Test
    void each_range_is_a_mapping_that_leads_to_its_own_port() {
        assertThat(read("80, 443,6000-6010", "8080,8443,6000-6010"))
                .containsExactly("80>8080", "443>8443", "6000-6010>6000");
        assertThat(read("80,443", "")).containsExactly("80>80", "443>443");
        assertThat(read("80,443", "9000")).containsExactly("80>9000", "443>9000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "80,", "80,http", "80-", "70000", "90-80"})
    void a_list_of_which_a_part_cannot_be_read_is_no_list(String ports) {
        assertThat(read(ports, "1")).isEmpty();
    }

    @Test
    void a_list_without_end_is_no_list() {
        assertThat(read("1,".repeat(64) + "1", "1")).isEmpty();
    }
}
