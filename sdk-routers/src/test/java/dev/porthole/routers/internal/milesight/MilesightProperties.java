package dev.porthole.routers.internal.milesight;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.HeaderFields;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterUrl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever a router sends: read as what it says, or refused; and a rule under inferred names is the one asked for. */
class MilesightProperties {
    private static final RouterUrl URL =
            RouterUrl.parse("http://192.168.1.1/cgi").orElseThrow();

    @Provide
    Arbitrary<List<Map<String, Object>>> rules() {
        Arbitrary<String> names = Arbitraries.of(
                "source_ip",
                "source_port",
                "dest_ip",
                "dest_port",
                "protocol",
                "description",
                "enable",
                "index",
                "srcPort",
                "dst_port",
                "ip",
                "port",
                "proto",
                "name",
                "priority",
                "target_ip",
                "lan_port",
                "interface");
        Arbitrary<Object> values = Arbitraries.of(
                "0.0.0.0/0",
                "192.168.1.5",
                8888,
                80,
                "80",
                "7000-7010",
                "TCP",
                "udp",
                "TCP/UDP",
                "",
                "ftp",
                1,
                0,
                true,
                70_000,
                -1,
                List.of(1),
                Map.of("a", 1),
                "::1",
                "x");
        return Arbitraries.maps(names, values)
                .ofMaxSize(4)
                .map(MilesightProperties::overUsualRule)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static Map<String, Object> overUsualRule(Map<String, Object> odd) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("source_ip", "0.0.0.0/0");
        rule.put("source_port", 8888);
        rule.put("dest_ip", "192.168.1.5");
        rule.put("dest_port", 80);
        rule.put("protocol", "TCP");
        rule.putAll(odd);
        return rule;
    }

    @Property(tries = 3000)
    void inferred_names_write_the_rule_that_was_asked_for_or_are_refused(
            @ForAll("rules") List<Map<String, Object>> rules) {
        MappingRequest request = MappingRequest.to(
                        new InternalEndpoint(IpLiteral.parse("192.168.1.7").orElseThrow(), 554), 8889)
                .build();
        FieldNames names;
        try {
            names = Echo.infer(rules);
        } catch (NatTraversalException e) {
            assertThat(e.code()).isEqualTo(FindingCode.SCHEMA_UNKNOWN);
            return;
        }
        RuleForm form = new RuleForm(names);
        assertThat(form.read(form.write(request))).singleElement().satisfies(rule -> {
            assertThat(rule.leadsTo(request.internal())).isTrue();
            assertThat(rule.externalPort()).isEqualTo(8889);
            assertThat(rule.remoteHost()).isEmpty();
            assertThat(rule.enabled()).isTrue();
        });
        rules.forEach(form::read);
    }

    @Property
    void names_of_the_usual_style_are_found_whatever_the_values(
            @ForAll @IntRange(min = 1, max = 65_535) int external,
            @ForAll @IntRange(min = 1, max = 65_535) int internal,
            @ForAll @IntRange(min = 1, max = 254) int host) {
        String client = "192.168.1." + host;
        Map<String, Object> rule = Map.of(
                "source_ip", "0.0.0.0/0",
                "source_port", external,
                "dest_ip", client,
                "dest_port", internal,
                "protocol", "TCP");
        PortMapping read = new RuleForm(Echo.infer(List.of(rule))).read(rule).get(0);
        assertThat(read.external()).isEqualTo(PortRange.of(external));
        assertThat(read.internalClient()).isEqualTo(client);
        assertThat(read.internalPort()).isEqualTo(internal);
    }

    @Provide
    Arbitrary<String> almostJson() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "\"",
                        "\"status\":",
                        "\"result\":",
                        "\"get\":",
                        "\"value\":",
                        "0",
                        "-2",
                        "-32001",
                        "null",
                        "true",
                        "1e999",
                        "\"td\":\"x\"",
                        "\\u0000",
                        "é",
                        " ",
                        "\"count\":",
                        "{\"status\":0,\"result\":[",
                        "]}")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 3000)
    void an_answer_is_an_envelope_or_none(@ForAll("almostJson") String text) {
        Optional<CgiReply> reply = CgiReply.parse(new RouterReply(URL, 200, HeaderFields.NONE, text.getBytes(UTF_8)));
        reply.ifPresent(answer -> {
            answer.sessionEnded();
            answer.number("count");
            answer.entries().ifPresent(SecurityPage::ports);
            assertThat(answer.fields()).isNotNull();
        });
    }
}
