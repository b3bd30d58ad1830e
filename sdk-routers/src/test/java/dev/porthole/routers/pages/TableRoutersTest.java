package dev.porthole.routers.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Deadline;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.MappingTag;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.SearchScope;
import dev.porthole.routers.TableRouter;
import dev.porthole.routers.WebRouter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A camera is mapped and released on routers whose pages differ, and the rules of others stay as they are. */
class TableRoutersTest {
    /** One simulated router. */
    record Simulated(String name, Pages pages, PageServer.Guard guard, Charset charset) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Simulated> routers() {
        return Routers.all().stream();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static MappingRequest request(String service, int external, int internal) {
        return MappingRequest.to(
                        new InternalEndpoint(IpLiteral.parse("192.168.1.77").orElseThrow(), internal), external)
                .description(MappingTag.of("door", service))
                .build();
    }

    @ParameterizedTest
    @MethodSource("routers")
    void a_camera_is_mapped_found_and_released(Simulated simulated) throws Exception {
        try (PageServer server = new PageServer(simulated.pages(), simulated.guard(), simulated.charset())) {
            List<Entry> others = List.copyOf(server.rules());
            WebRouter router = WebRouter.builder(server.uri(), TableRouter.any())
                    .credentials(PageServer.ACCOUNT)
                    .pace(Duration.ZERO)
                    .build();
            boolean translates = simulated.pages().translates();
            List<PortMapping> made = new ArrayList<>();
            try (PortMappingProvider provider = provider(router)) {
                assertThat(provider.mappings(soon())).as("read").hasSize(others.size());
                assertThat(provider.capabilities().translation()).isEqualTo(translates);
                for (MappingRequest request : List.of(
                        request("http", 8077, translates ? 80 : 8077),
                        request("rtsp", 5577, translates ? 554 : 5577))) {
                    MappingOutcome outcome = provider.map(request, soon());
                    assertThat(outcome).as("%s%n%s", outcome, server.rules()).isInstanceOf(Mapped.class);
                    made.add(((Mapped) outcome).mapping());
                }
                provider.commit(soon());
                assertThat(server.rules()).hasSize(others.size() + 2).containsAll(others);
                assertThat(server.rules())
                        .anyMatch(rule -> rule.from().equals("8077")
                                && rule.internal().equals(translates ? "80" : "8077")
                                && rule.host().equals("192.168.1.77"));
                for (PortMapping mapping : made) {
                    provider.release(ours(mapping), soon());
                }
            }
            assertThat(server.rules()).isEqualTo(others);
        }
    }

    @Test
    void how_a_table_was_read_is_told_column_by_column() throws Exception {
        Pages pages = new ListPages(Tongue.SPANISH, ListPages.With.DELETE_LINK);
        try (PageServer server = new PageServer(pages, PageServer.Guard.BASIC, StandardCharsets.UTF_8)) {
            WebRouter router = WebRouter.builder(server.uri(), TableRouter.any())
                    .credentials(PageServer.ACCOUNT)
                    .build();
            assertThat(router.explain(soon()))
                    .anyMatch(line -> line.contains("'Puerto externo': external port, by its words"))
                    .anyMatch(line -> line.contains("'Dirección IP': internal address"))
                    .anyMatch(line -> line.contains("2 rules"))
                    .anyMatch(line -> line.contains("Rules are entered in the form 'forward.htm'"));
        }
    }

    /** A row for both transports is two rules, and one row. */
    @ParameterizedTest
    @ValueSource(strings = {"UDP", "Both"})
    void a_full_table_is_told_and_nothing_is_overwritten(String protocol) throws Exception {
        List<Entry> others = List.of(
                Entry.of("WebServer", 8000, 80, "192.168.1.20", "TCP"),
                Entry.of("Game", 27015, 27016, "192.168.1.30", protocol));
        Pages pages =
                new SlotPages(Tongue.ENGLISH, 2, "name# ext# - int# ip# pro# enable#", SlotPages.With.SCRIPTED_SAVE) {
                    @Override
                    public List<Entry> others() {
                        return others;
                    }
                };
        try (PageServer server = new PageServer(pages, PageServer.Guard.FORM, StandardCharsets.UTF_8)) {
            WebRouter router = WebRouter.builder(server.uri(), TableRouter.any())
                    .credentials(PageServer.ACCOUNT)
                    .build();
            try (PortMappingProvider provider = provider(router)) {
                assertThat(provider.map(request("http", 8077, 80), soon()))
                        .isInstanceOfSatisfying(
                                MappingOutcome.Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Refusal.TABLE_FULL));
            }
            assertThat(server.rules()).isEqualTo(others);
        }
    }

    /** Where rules have no names, what was asked for is what is released. */
    private static PortMapping ours(PortMapping mapping) {
        return mapping.ours()
                ? mapping
                : new PortMapping(
                        mapping.protocol(),
                        mapping.external(),
                        mapping.internalClient(),
                        mapping.internalPort(),
                        "",
                        MappingTag.of("door", "x"),
                        mapping.lease(),
                        true);
    }

    private static PortMappingProvider provider(WebRouter router) throws InterruptedException {
        var found = router.find(SearchScope.builder().build(), soon());
        assertThat(found.findings()).isEmpty();
        return found.providers().get(0);
    }
}
