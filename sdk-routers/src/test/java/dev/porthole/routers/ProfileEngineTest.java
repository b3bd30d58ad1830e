package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.Secret;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.ExternalAddress;
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
import dev.porthole.routers.profiles.FakeRouter.Answer;
import dev.porthole.routers.profiles.FakeRouter.Ask;
import dev.porthole.routers.profiles.ScriptedRouter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a profile can say, each on a router that needs it. */
class ProfileEngineTest {
    private static final String HEAD = """
            id: acme
            name: Acme
            verified: {by: unverified, source: nobody}
            match: [{get: /, contains: acme}]
            """;
    private static final String REPLACE = """
            list:
              request: {get: /list}
              rows: {codec: delimited, text: {after: "[", before: "]"}, row: ";", field: ","}
              fields: {name: 0, externalPort: 1, internalIp: 2, internalPort: 3, protocol: 4}
            write:
              new: ["${rule.name}", "${rule.externalPort}", "${rule.internalIp}", "${rule.internalPort}", "${rule.protocol}"]
              replace: [{post: /save, form: {rules: "${rows}"}}]
            """;

    private final AtomicReference<String> rules = new AtomicReference<>("web,80,192.168.1.5,8080,TCP");
    private ScriptedRouter router;

    @AfterEach
    void stop() {
        router.close();
    }

    private PortMappingProvider provider(String yaml, Function<Ask, Answer> answers) throws Exception {
        router = new ScriptedRouter(
                ask -> ask.path().equals("/") ? Answer.of(200, "text/html", "acme") : answers.apply(ask));
        return again(yaml);
    }

    private PortMappingProvider again(String yaml) throws IOException, InterruptedException {
        RouterProfile profile = RouterProfile.read(
                "acme.yaml", new ByteArrayInputStream((HEAD + yaml).getBytes(StandardCharsets.UTF_8)));
        return WebRouter.builder(router.uri(), profile)
                .credentials(new Credentials("admin", Secret.of("s3cret")))
                .pace(Duration.ZERO)
                .build()
                .find(SearchScope.builder().build(), soon())
                .providers()
                .get(0);
    }

    /** A list of the form of {@link #REPLACE}. */
    private Answer list(Ask ask) {
        if (ask.path().equals("/save")) {
            rules.set(java.net.URLDecoder.decode(ask.body().substring("rules=".length()), StandardCharsets.UTF_8));
        }
        return Answer.of(200, "text/html", "[" + rules.get() + "]");
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static MappingRequest request(String camera) {
        return MappingRequest.to(new InternalEndpoint(IpLiteral.parse(camera).orElseThrow(), 554), 8554)
                .description(MappingTag.of("front-door", "rtsp"))
                .build();
    }

    private static PortMapping mapped(MappingOutcome outcome) {
        assertThat(outcome).isInstanceOf(Mapped.class);
        return ((Mapped) outcome).mapping();
    }

    @Test
    void a_whole_list_is_replaced_with_the_rows_of_others_as_they_were() throws Exception {
        rules.set("web,80,192.168.1.5,8080,TCP;,,odd row ,\u00e4;game,5000-5010,192.168.1.6,5000,BOTH,extra");
        String before = rules.get();
        try (PortMappingProvider provider = provider("auth: {type: none}\n" + REPLACE, this::list)) {
            PortMapping made = mapped(provider.map(request("192.168.1.77"), soon()));
            assertThat(rules.get()).isEqualTo(before + ";porthole:front-door:rtsp,8554,192.168.1.77,554,TCP");
            assertThat(provider.mappings(soon()))
                    .hasSize(4)
                    .anyMatch(m -> m.external().size() == 11);
            provider.release(made, soon());
            assertThat(rules.get()).isEqualTo(before);
        }
    }

    @Test
    void what_cannot_be_decoded_is_not_written_back() throws Exception {
        try (PortMappingProvider provider = provider(
                "auth: {type: none}\n" + REPLACE,
                ask -> new Answer(
                        200,
                        "text/html; charset=utf-8",
                        new byte[] {'[', (byte) 0xFF, ',', '8', '0', ',', '1', ']'},
                        java.util.Map.of()))) {
            NatTraversalException e = catchThrowableOfType(
                    NatTraversalException.class, () -> provider.map(request("192.168.1.77"), soon()));
            assertThat(e.code()).isEqualTo(FindingCode.PAGE_NOT_UNDERSTOOD);
            assertThat(router.asked()).noneMatch(ask -> ask.startsWith("POST"));
        }
    }

    @Test
    void a_name_that_is_too_long_becomes_brief_and_is_still_ours() throws Exception {
        String yaml = "auth: {type: none}\n" + REPLACE + "limits: {name: {length: 16, replace: {\"-\": \":\"}}}\n";
        try (PortMappingProvider provider = provider(yaml, this::list)) {
            PortMapping made = mapped(provider.map(request("192.168.1.77"), soon()));
            assertThat(made.description()).matches("porthole:[a-z0-9]{6}");
            assertThat(mapped(provider.map(request("192.168.1.77"), soon()))).isEqualTo(made);
            provider.release(made, soon());
            assertThat(rules.get()).isEqualTo("web,80,192.168.1.5,8080,TCP");
        }
    }

    @Test
    void the_last_part_of_an_address_is_completed_and_other_networks_are_refused() throws Exception {
        rules.set("web,80,5,8080,TCP");
        String yaml = "auth: {type: none}\n"
                + REPLACE.replace("{get: /list}", "{get: /list, extract: {lan: {header: X-Lan}}}")
                + "limits: {address: last-octet, network: lan}\n";
        try (PortMappingProvider provider = provider(yaml, ask -> list(ask).with("X-Lan", "192.168.1.1"))) {
            assertThat(provider.mappings(soon()).get(0).internalClient()).isEqualTo("192.168.1.5");
            mapped(provider.map(request("192.168.1.77"), soon()));
            assertThat(rules.get()).endsWith(",8554,77,554,TCP");
            assertThat(provider.map(
                            MappingRequest.to(
                                            new InternalEndpoint(
                                                    IpLiteral.parse("10.0.0.7").orElseThrow(), 80),
                                            81)
                                    .build(),
                            soon()))
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void a_refusal_is_told_by_its_meaning() throws Exception {
        String yaml =
                "auth: {type: none}\n" + REPLACE + "  refusals: [{when: {contains: port is used}, means: own-port}]\n";
        try (PortMappingProvider provider = provider(
                yaml,
                ask -> ask.path().equals("/save") ? Answer.of(200, "text/html", "Error: PORT IS USED") : list(ask))) {
            assertThat(provider.map(request("192.168.1.77"), soon()))
                    .isInstanceOfSatisfying(
                            Refused.class, r -> assertThat(r.reason()).isEqualTo(Refusal.ROUTER_SERVICE));
        }
    }

    @Test
    void a_lock_is_told_with_the_time_that_the_router_gives() throws Exception {
        String yaml = """
                auth:
                  type: steps
                  steps: [{post: /login, json: {u: "${user}", p: "${password}"}}]
                  lockedWhen: {contains: locked}
                  lockedFor: {text: {after: "for ", before: " min"}, unit: minutes}
                """;
        try (PortMappingProvider provider =
                provider(yaml + REPLACE, ask -> Answer.of(403, "text/html", "locked for 7 minutes"))) {
            NatTraversalException e =
                    catchThrowableOfType(NatTraversalException.class, () -> provider.mappings(soon()));
            assertThat(e.code()).isEqualTo(FindingCode.LOGIN_LOCKED);
            assertThat(e).hasMessageContaining("7 minutes");
        }
    }

    @Test
    void tokens_that_change_with_each_answer_are_followed() throws Exception {
        AtomicReference<Integer> token = new AtomicReference<>(0);
        String yaml = """
                auth:
                  type: steps
                  values: {pair: "${user}:${password}"}
                  headers: {X-Auth: "Basic ${base64(pair)}"}
                  steps: [{post: /login, extract: {csrf: {header: X-Next}}}]
                session:
                  headers: {X-Token: "${csrf}"}
                  extract: {csrf: {header: X-Next}}
                """;
        try (PortMappingProvider provider = provider(yaml + REPLACE, ask -> {
            boolean known = ask.path().equals("/login") || ask.header("X-Token").equals("t" + token.get());
            assertThat(ask.header("X-Auth")).isEqualTo("Basic YWRtaW46czNjcmV0");
            token.set(token.get() + 1);
            return (known ? list(ask) : Answer.of(400, "text/html", "bad token")).with("X-Next", "t" + token.get());
        })) {
            PortMapping made = mapped(provider.map(request("192.168.1.77"), soon()));
            assertThat(provider.mappings(soon())).hasSize(2);
            provider.release(made, soon());
        }
    }

    @Test
    void a_list_in_parts_ends_where_the_router_repeats_the_last_or_says_so() throws Exception {
        String json = """
                auth: {type: none}
                list:
                  request: {get: /list, query: {Page: "${page}"}}
                  paging: {PAGING}
                  rows: {codec: json-path, at: ""}
                  fields: {name: n, externalPort: e, internalIp: h, internalPort: e}
                  keys: {id: n}
                write:
                  add: [{post: /add, json: {n: "${rule.name}"}}]
                  remove: [{delete: "/rule/${row.page}/${row.id}"}]
                """;
        Function<Ask, Answer> pages = ask -> {
            int page = Math.min(3, Integer.parseInt(ask.query().substring("Page=".length())));
            return Answer.json("[{\"n\":\"a" + page + "\",\"e\":" + (1000 + page) + ",\"h\":\"192.168.1.9\"}]");
        };
        try (PortMappingProvider provider = provider(json.replace("{PAGING}", "{first: 1}"), pages)) {
            // No field protocol: each rule holds for both.
            assertThat(provider.mappings(soon())).hasSize(6);
            assertThat(router.asked()).contains("GET /list?Page=4").doesNotContain("GET /list?Page=5");
        }
        router.close();
        try (PortMappingProvider provider = provider(
                json.replace("{PAGING}", "{first: 0, endWhen: {status: 500}}"),
                ask -> ask.query().equals("Page=2") ? Answer.of(500, "text/xml", "713") : pages.apply(ask))) {
            assertThat(provider.mappings(soon())).hasSize(4);
        }
    }

    @Test
    void a_rule_without_the_key_that_names_it_is_not_removed_by_a_shorter_path() throws Exception {
        String yaml = """
                auth: {type: none}
                list:
                  request: {get: /list}
                  rows: {codec: json-path, at: ""}
                  fields: {name: n, externalPort: e, internalIp: h, internalPort: e, protocol: p}
                  keys: {id: id}
                write:
                  add: [{post: /add, json: {n: "${rule.name}"}}]
                  remove: [{delete: "/rules/${row.id}"}]
                """;
        for (String id : new String[] {"", ",\"id\":\"\"", ",\"id\":\"..\""}) {
            String row = "[{\"n\":\"porthole:a:b\",\"e\":80,\"h\":\"192.168.1.9\",\"p\":\"TCP\"" + id + "}]";
            try (PortMappingProvider provider = provider(yaml, ask -> Answer.json(row))) {
                PortMapping ours =
                        provider.mapping(TransportProtocol.TCP, 80, soon()).orElseThrow();
                assertThat(catchThrowableOfType(NatTraversalException.class, () -> provider.release(ours, soon())))
                        .isNotNull();
                assertThat(router.asked()).noneMatch(ask -> ask.matches("DELETE /(rules/?)?"));
            }
            router.close();
        }
    }

    @Test
    void slots_are_filled_and_cleared_and_a_full_table_is_told() throws Exception {
        AtomicReference<String> page = new AtomicReference<>("<form><input name=tok value=7><input name=n0 value=web>"
                + "<input name=e0 value=80><input name=h0 value=192.168.1.5><input name=n1><input name=e1 value=0>"
                + "<input name=h1 value=0></form>");
        String yaml = """
                auth: {type: none}
                list:
                  request: {get: /list}
                  rows: {codec: indexed-inputs, free: {e#: ["", "0"]}}
                  fields: {name: n#, externalPort: e#, internalIp: h#, internalPort: e#}
                write:
                  new: {n#: "${rule.name}", e#: "${rule.externalPort}", h#: "${rule.internalIp}"}
                  cleared: {n#: "", e#: "0", h#: "0"}
                  replace: [{post: /save, withRows: true, form: {go: "1"}}]
                limits: {protocols: [TCP]}
                """;
        MappingRequest same = MappingRequest.to(
                        new InternalEndpoint(IpLiteral.parse("192.168.1.77").orElseThrow(), 8554), 8554)
                .description("porthole:a:b")
                .build();
        try (PortMappingProvider provider = provider(yaml, ask -> {
            if (ask.path().equals("/save")) {
                StringBuilder form = new StringBuilder("<form>");
                for (String pair : ask.body().split("&")) {
                    String[] sides = java.net.URLDecoder.decode(pair, StandardCharsets.UTF_8)
                            .split("=", 2);
                    form.append("<input name=")
                            .append(sides[0])
                            .append(" value='")
                            .append(sides[1])
                            .append("'>");
                }
                page.set(form + "</form>");
            }
            return Answer.of(200, "text/html", page.get());
        })) {
            PortMapping made = mapped(provider.map(same, soon()));
            assertThat(router.last("/save").body())
                    .isEqualTo("tok=7&n0=web&e0=80&h0=192.168.1.5&n1=porthole%3Aa%3Ab&e1=8554&h1=192.168.1.77&go=1");
            assertThat(provider.map(
                            MappingRequest.to(same.internal(), 9000)
                                    .description("porthole:a:c")
                                    .build(),
                            soon()))
                    .isInstanceOfSatisfying(
                            Refused.class, r -> assertThat(r.reason()).isEqualTo(Refusal.TABLE_FULL));
            provider.release(made, soon());
            assertThat(router.last("/save").body()).contains("n0=web", "n1=&e1=0&h1=0");
        }
    }

    @Test
    void digest_is_answered_and_basic_never_taken_for_it() throws Exception {
        try (PortMappingProvider provider = provider("auth: {type: digest}\n" + REPLACE, ask -> {
            boolean answered = ask.header("Authorization").startsWith("Digest username=\"admin\"")
                    && ask.header("Authorization")
                            .contains("uri=\"" + ask.exchange().getRequestURI() + "\"");
            return answered
                    ? list(ask)
                    : Answer.of(401, "text/html", "")
                            .with("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"");
        })) {
            mapped(provider.map(request("192.168.1.77"), soon()));
        }
        router.close();
        try (PortMappingProvider provider = provider(
                "auth: {type: digest}\n" + REPLACE,
                ask -> Answer.of(401, "text/html", "").with("WWW-Authenticate", "Basic realm=\"r\""))) {
            NatTraversalException e =
                    catchThrowableOfType(NatTraversalException.class, () -> provider.mappings(soon()));
            assertThat(e.code()).isEqualTo(FindingCode.PAGE_NOT_UNDERSTOOD);
        }
    }

    @Test
    void the_outer_address_and_the_ports_of_the_router_are_read() throws Exception {
        String yaml = "auth: {type: none}\n" + REPLACE + """
                externalAddress: {request: {get: /wan}, address: {xml: wan/ip}}
                reservedPorts:
                  request: {get: /admin}
                  ports:
                    - {port: {variable: http_port}, holder: web administration}
                    - {port: {json: nothing}, holder: nobody}
                """;
        try (PortMappingProvider provider = provider(yaml, ask -> switch (ask.path()) {
            case "/wan" -> Answer.of(200, "text/xml", "<wan><ip>203.0.113.9</ip></wan>");
            case "/admin" -> Answer.of(200, "text/html", "<script>var http_port = '8080';</script>");
            default -> list(ask);
        })) {
            assertThat(provider.externalAddress(soon()).kind()).isEqualTo(ExternalAddress.Kind.PUBLIC);
            assertThat(provider.reservedPorts(soon()))
                    .singleElement()
                    .satisfies(port -> assertThat(port.ports().first()).isEqualTo(8080));
        }
    }

    @Test
    void another_brand_is_noticed_before_a_password_is_sent() throws Exception {
        router = new ScriptedRouter(ask -> Answer.of(200, "text/html", "something else"));
        RouterProfile profile = RouterProfile.read(
                "acme.yaml",
                new ByteArrayInputStream((HEAD + "auth: {type: basic}\n" + REPLACE).getBytes(StandardCharsets.UTF_8)));
        assertThat(WebRouter.builder(router.uri(), profile)
                        .build()
                        .find(SearchScope.builder().build(), soon())
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.code()).isEqualTo(FindingCode.PAGE_NOT_UNDERSTOOD));
        assertThat(router.asked()).containsExactly("GET /");
    }
}
