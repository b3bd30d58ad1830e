package dev.porthole.routers.internal.milesight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.porthole.NatTraversalException;
import dev.porthole.SourcePolicy;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoTest {
    /** A rule of this many fields: names and values in turn. */
    private static Map<String, Object> rule(Object... namesAndValues) {
        Map<String, Object> rule = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            rule.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return rule;
    }

    /** Source IP, source port, destination IP, destination port, protocol, under these names. */
    private static Map<String, Object> named(String names) {
        List<Object> values = List.of("0.0.0.0/0", 8888, "192.168.1.5", 80, "TCP");
        List<Object> all = new ArrayList<>();
        String[] each = names.split(" ");
        for (int i = 0; i < each.length; i++) {
            all.addAll(List.of(each[i], values.get(i)));
        }
        return rule(all.toArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source_ip source_port dest_ip dest_port protocol",
                "source_ip source_port target_ip target_port protocol",
                "src_ip src_port dst_ip dst_port proto",
                "srcIp srcPort destIp destPort protocol",
                "source_address source_port destination_address destination_port protocol",
                "s_ip_src sport d_ip_dst dport proto",
                "remote_ip external_port internal_ip internal_port protocol",
                "src wan_port lan_ip lan_port proto"
            })
    void names_of_many_styles_are_told_by_value_and_word(String names) {
        FieldNames found = Echo.infer(List.of(named(names)));
        String[] each = names.split(" ");
        assertThat(found.sourcePort()).isEqualTo(each[1]);
        assertThat(found.destinationAddress()).isEqualTo(each[2]);
        assertThat(found.destinationPort()).isEqualTo(each[3]);
        assertThat(found.protocol()).isEqualTo(each[4]);
    }

    private static void assertUnknown(Map<String, Object> rule, String what) {
        NatTraversalException unknown =
                catchThrowableOfType(NatTraversalException.class, () -> Echo.infer(List.of(rule)));
        assertThat(unknown.code()).isEqualTo(FindingCode.SCHEMA_UNKNOWN);
        assertThat(unknown).hasMessageContaining(what).hasMessageContaining("MilesightFields");
    }

    @Test
    void what_can_be_read_in_two_ways_is_refused_and_named() {
        assertUnknown(named("source_ip port1 dest_ip port2 protocol"), "source port");
        assertUnknown(
                rule("source_port", 1, "src_port", 2, "dest_ip", "1.2.3.4", "dest_port", 3, "protocol", "TCP"),
                "source port");
        assertUnknown(named("source_ip source_port ip dest_port protocol"), "destination IP");
        assertUnknown(rule("a", 1, "b", 2), "protocol");
        assertUnknown(rule("protocol", 6, "source_port", 1, "dest_port", 2, "dest_ip", "1.2.3.4"), "protocol");
    }

    @Test
    void a_new_rule_has_the_forms_of_those_that_are_there() {
        Map<String, Object> there = rule(
                "index", 3,
                "enable", "0",
                "remark", "ftp",
                "source_ip", "0.0.0.0/0",
                "source_port", "2121",
                "dest_ip", "192.168.1.5",
                "dest_port", "21",
                "protocol", "tcp",
                "interface", "wan");
        MappingRequest request = MappingRequest.to(
                        new InternalEndpoint(IpLiteral.parse("192.168.1.7").orElseThrow(), 554), 8889)
                .source(SourcePolicy.only("198.51.100.7"))
                .description("porthole:door:rtsp")
                .build();
        Map<String, Object> made = new RuleForm(Echo.infer(List.of(there))).write(request);
        assertThat(made)
                .isEqualTo(rule(
                        "enable", "1",
                        "remark", "porthole:door:rtsp",
                        "source_ip", "198.51.100.7/32",
                        "source_port", "8889",
                        "dest_ip", "192.168.1.7",
                        "dest_port", "554",
                        "protocol", "tcp",
                        "interface", "wan",
                        "index", null));
    }

    @Test
    void a_field_that_differs_from_rule_to_rule_and_means_nothing_known_is_refused_by_name() {
        Map<String, Object> one = named("source_ip source_port dest_ip dest_port protocol");
        Map<String, Object> two = new LinkedHashMap<>(one);
        one.put("priority", 1);
        two.put("priority", 2);
        NatTraversalException unknown =
                catchThrowableOfType(NatTraversalException.class, () -> Echo.infer(List.of(one, two)));
        assertThat(unknown).hasMessageContaining("'priority'").hasMessageContaining("extra(");
    }

    @Test
    void what_is_written_reads_as_what_was_asked_for() {
        RuleForm form = new RuleForm(FieldNames.unverified());
        MappingRequest request = MappingRequest.to(
                        new InternalEndpoint(IpLiteral.parse("192.168.1.7").orElseThrow(), 554), 8889)
                .description("porthole:door:rtsp")
                .build();
        PortMapping read = form.read(form.write(request)).get(0);
        assertThat(read.leadsTo(request.internal())).isTrue();
        assertThat(read.externalPort()).isEqualTo(8889);
        assertThat(read.remoteHost()).isEmpty();
        assertThat(read.ours()).isTrue();
        assertThat(read.lease()).isEqualTo(Optional.empty());
    }

    @Test
    void hostile_rules_end_in_a_refusal() {
        for (Object value : Arrays.asList(null, List.of(), Map.of(), "x".repeat(100_000), -1, 70_000, 1e300, true)) {
            assertUnknown(
                    rule("source_port", value, "dest_port", value, "dest_ip", value, "protocol", value), "protocol");
        }
    }
}
