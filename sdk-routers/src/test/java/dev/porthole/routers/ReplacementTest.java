package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.MappingTag;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.SearchScope;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.RouterUnderTest.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rule of ours that makes room, where more than one thing goes wrong. */
class ReplacementTest {
    /** What a call of map asks for when the table was read before: delete, list, add, list; then put back and list. */
    private static final int DELETE = 1;

    private static final int ADD = 3;
    private static final int LIST_AFTER_ADD = 4;
    private static final int PUT_BACK = 5;

    private static final MappingRequest WANTED = MappingRequest.to(
                    new InternalEndpoint(IpLiteral.parse("192.168.1.77").orElseThrow(), 554), 8554)
            .description(MappingTag.of("door", "rtsp"))
            .build();

    private final MemoryRouter router = new MemoryRouter();
    private final List<String> foreign = router.foreign();
    private PortMappingProvider provider;

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static PortMapping earlier(PortRange external, boolean enabled) {
        return new PortMapping(
                TransportProtocol.TCP,
                external,
                "192.168.1.76",
                8555,
                "",
                MappingTag.of("gate", "rtsp"),
                Optional.empty(),
                enabled);
    }

    private static final PortMapping EARLIER = earlier(PortRange.of(8554), true);

    @BeforeEach
    void open() throws InterruptedException {
        provider = router.connect(router.account())
                .build()
                .find(SearchScope.builder().build(), soon())
                .providers()
                .get(0);
    }

    @AfterEach
    void close() {
        provider.close();
        assertThat(router.foreign()).isEqualTo(foreign);
    }

    private void standing(PortMapping rule) throws InterruptedException {
        router.hold(rule);
        provider.mappings(soon());
    }

    private void stands() {
        assertThat(router.ours()).isEqualTo(List.of(EARLIER.toString()));
    }

    @Test
    void a_refusal_says_that_the_earlier_rule_stands() throws InterruptedException {
        standing(EARLIER);
        router.trouble(ADD, Trouble.REFUSED);
        assertThat(provider.map(WANTED, soon())).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Refusal.POLICY);
            assertThat(refused.detail())
                    .isEqualTo(
                            "it allows no rule today. Our earlier rule (TCP 8554 -> 192.168.1.76:8555) stands as it was.");
        });
        stands();
    }

    @Test
    void a_lost_request_is_a_refusal_where_the_earlier_rule_stands_again() throws InterruptedException {
        standing(EARLIER);
        router.trouble(ADD, Trouble.LOST_REQUEST);
        assertThat(provider.map(WANTED, soon()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refusal.OTHER));
        stands();
    }

    @Test
    void a_router_that_keeps_the_earlier_rule_refused() throws InterruptedException {
        standing(EARLIER);
        router.trouble(DELETE, Trouble.LIE);
        assertThat(provider.map(WANTED, soon())).isInstanceOf(Refused.class);
        stands();
    }

    @Test
    void an_add_that_hangs_leaves_time_to_put_the_earlier_rule_back() throws InterruptedException {
        standing(EARLIER);
        router.trouble(ADD, Trouble.HANG);
        assertThat(provider.map(WANTED, Deadline.after(Duration.ofSeconds(3)))).isInstanceOf(Refused.class);
        stands();
    }

    @Test
    void what_was_made_though_nothing_could_be_read_is_mapped() throws InterruptedException {
        standing(EARLIER);
        router.trouble(ADD, Trouble.LOST_REPLY);
        router.also(LIST_AFTER_ADD, Trouble.LOST_REQUEST);
        MappingOutcome outcome = provider.map(WANTED, soon());
        assertThat(outcome).isInstanceOf(Mapped.class);
        assertThat(router.ours()).hasSize(1).allMatch(rule -> rule.contains("192.168.1.77"));
    }

    @Test
    void a_session_that_ends_between_does_not_make_it_forgotten() throws InterruptedException {
        standing(EARLIER);
        router.trouble(ADD, Trouble.SESSION_ENDED);
        // In the new session: list, add.
        router.also(ADD + 2, Trouble.REFUSED);
        assertThat(provider.map(WANTED, soon())).isInstanceOf(Refused.class);
        stands();
    }

    @Test
    void a_session_that_ends_before_it_is_put_back_is_opened_once_more() throws InterruptedException {
        standing(EARLIER);
        router.trouble(ADD, Trouble.REFUSED);
        router.also(PUT_BACK, Trouble.SESSION_ENDED);
        // In the new session: list, add.
        router.also(PUT_BACK + 2, Trouble.REFUSED);
        assertThat(provider.map(WANTED, soon())).isInstanceOf(Refused.class);
        stands();
    }

    @Test
    void a_router_that_cannot_be_read_any_more_is_an_exception() throws InterruptedException {
        standing(EARLIER);
        router.trouble(ADD, Trouble.LOST_REQUEST);
        router.also(LIST_AFTER_ADD, Trouble.LOST_REQUEST);
        router.also(LIST_AFTER_ADD + 1, Trouble.LOST_REQUEST);
        assertThatThrownBy(() -> provider.map(WANTED, soon())).isInstanceOf(NatTraversalException.class);
        assertThat(router.ours()).isEmpty();
    }

    @Test
    void where_putting_back_is_refused_too_the_refusal_says_what_is_lost() throws InterruptedException {
        standing(EARLIER);
        router.trouble(ADD, Trouble.LIE);
        router.also(PUT_BACK, Trouble.REFUSED);
        assertThat(provider.map(WANTED, soon()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.detail())
                                .endsWith(
                                        "Our earlier rule (TCP 8554 -> 192.168.1.76:8555) made room and is lost: it allows no rule today."));
        assertThat(router.ours()).isEmpty();
    }

    @Test
    void a_rule_that_no_request_says_is_named_as_lost() throws InterruptedException {
        for (PortMapping rule : List.of(earlier(new PortRange(8550, 8559), true), earlier(PortRange.of(8554), false))) {
            standing(rule);
            router.trouble(ADD, Trouble.REFUSED);
            assertThat(provider.map(WANTED, soon()))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.detail())
                                    .contains(rule.external() + " -> 192.168.1.76:8555", "made room and is lost"));
            assertThat(router.ours()).isEmpty();
        }
    }

    @Test
    void a_rule_of_ours_stays_where_the_table_is_full_beside_it() throws InterruptedException {
        standing(EARLIER);
        router.room(2);
        assertThat(provider.map(WANTED, soon()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refusal.TABLE_FULL));
        stands();
        assertThat(router.removed()).isEmpty();
        router.room(3);
        assertThat(provider.map(WANTED, soon())).isInstanceOf(Mapped.class);
    }
}
