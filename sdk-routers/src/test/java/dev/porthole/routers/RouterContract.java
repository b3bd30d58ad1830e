package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.porthole.Camera;
import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.Secret;
import dev.porthole.SourcePolicy;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.mapping.Capabilities.SourceRestriction;
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
import dev.porthole.reach.Target.Scheme;
import dev.porthole.routers.RouterUnderTest.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every driver keeps to, whatever its router does. A brand's test extends this. */
abstract class RouterContract {
    private static final String CANARY = "canary-7f3a";

    private RouterUnderTest router;
    private WebRouter web;
    private List<String> foreignBefore;

    /** Starts a router of the brand, with at least two rules of others. */
    abstract RouterUnderTest start() throws Exception;

    @BeforeEach
    void startRouter() throws Exception {
        router = start();
        web = router.connect(router.account()).build();
        foreignBefore = router.foreign();
        assertThat(foreignBefore).hasSizeGreaterThanOrEqualTo(2);
    }

    @AfterEach
    void othersRulesAreByteEqual() {
        assertThat(router.foreign()).isEqualTo(foreignBefore);
        router.close();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static PortMappingProvider provider(WebRouter web) throws InterruptedException {
        return web.find(SearchScope.builder().build(), soon()).providers().get(0);
    }

    private static MappingRequest.Builder request(int internal, int external) {
        return MappingRequest.to(
                        new InternalEndpoint(IpLiteral.parse("192.168.1.77").orElseThrow(), internal), external)
                .description(MappingTag.of("door", internal == 80 ? "http" : "rtsp"));
    }

    /** To a port that also a router without translation maps. */
    private static MappingRequest request() {
        return request(8554, 8554).build();
    }

    private void awaitLogout() throws InterruptedException {
        for (int i = 0; router.sessions() > 0 && i < 100; i++) {
            Thread.sleep(50);
        }
        assertThat(router.sessions()).isZero();
    }

    @Test
    void rules_of_others_are_listed_and_stay_as_they_are() throws InterruptedException {
        try (PortMappingProvider provider = provider(web)) {
            List<PortMapping> mappings = provider.mappings(soon());
            // A rule for both transports is two mappings.
            assertThat(mappings.stream()
                            .map(m -> m.external() + m.internalClient() + m.description())
                            .distinct())
                    .hasSize(router.listed());
            assertThat(mappings)
                    .anyMatch(m -> m.external().contains(router.foreignPort()))
                    .noneMatch(PortMapping::ours);
        }
        awaitLogout();
    }

    @Test
    void what_is_mapped_is_read_back_found_and_released() throws InterruptedException {
        try (PortMappingProvider provider = provider(web)) {
            MappingOutcome outcome = provider.map(request(), soon());
            assertThat(outcome).isInstanceOf(Mapped.class);
            PortMapping made = ((Mapped) outcome).mapping();
            assertThat(made.leadsTo(request().internal())).isTrue();
            assertThat(router.ours()).hasSize(1);
            assertThat(provider.mapping(TransportProtocol.TCP, 8554, soon()))
                    .hasValueSatisfying(
                            m -> assertThat(m.leadsTo(request().internal())).isTrue());
            provider.release(made, soon());
            provider.release(made, soon());
            assertThat(router.ours()).isEmpty();
        }
        awaitLogout();
    }

    @Test
    void mapping_again_adds_nothing() throws InterruptedException {
        try (PortMappingProvider provider = provider(web)) {
            assertThat(provider.map(request(), soon())).isInstanceOf(Mapped.class);
            assertThat(provider.map(request(), soon())).isInstanceOf(Mapped.class);
        }
        try (PortMappingProvider later = provider(web)) {
            assertThat(later.map(request(), soon())).isInstanceOf(Mapped.class);
        }
        assertThat(router.ours()).hasSize(1);
    }

    @Test
    void a_port_of_somebody_else_is_a_conflict_and_their_rule_is_never_released() throws InterruptedException {
        try (PortMappingProvider provider = provider(web)) {
            int port = router.foreignPort();
            MappingOutcome outcome = provider.map(request(port, port).build(), soon());
            assertThat(outcome).isInstanceOf(Refused.class);
            assertThat(((Refused) outcome).reason()).isIn(Refusal.CONFLICT, Refusal.ROUTER_SERVICE);
            provider.release(
                    provider.mapping(TransportProtocol.TCP, port, soon()).orElseThrow(), soon());
        }
        assertThat(router.ours()).isEmpty();
    }

    @Test
    void what_the_router_cannot_do_is_refused_and_nothing_is_written() throws InterruptedException {
        try (PortMappingProvider provider = provider(web)) {
            provider.mappings(soon());
            SourcePolicy two = SourcePolicy.only("198.51.100.0/24", "203.0.113.0/24");
            assertThat(provider.map(request(8554, 8554).source(two).build(), soon()))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            r -> assertThat(r.reason()).isEqualTo(Refusal.SOURCE_RESTRICTION_UNSUPPORTED));
            if (provider.capabilities().sourceRestriction() == SourceRestriction.NONE) {
                assertThat(provider.map(
                                request(8554, 8554)
                                        .source(SourcePolicy.only("198.51.100.7"))
                                        .build(),
                                soon()))
                        .isInstanceOf(Refused.class);
            }
            if (!provider.capabilities().translation()) {
                assertThat(provider.map(request(80, 8080).build(), soon()))
                        .isInstanceOfSatisfying(
                                Refused.class, r -> assertThat(r.reason()).isEqualTo(Refusal.SAME_PORT_REQUIRED));
            }
            if (!provider.capabilities().protocols().contains(TransportProtocol.UDP)) {
                assertThat(provider.map(
                                request(8554, 8554)
                                        .protocol(TransportProtocol.UDP)
                                        .build(),
                                soon()))
                        .isInstanceOf(Refused.class);
            }
        }
        assertThat(router.ours()).isEmpty();
    }

    /** Counts the requests of mapping and committing, so that trouble comes at each. */
    private int requestsOfMapping() throws InterruptedException {
        router.trouble(Integer.MAX_VALUE, Trouble.HANG);
        try (PortMappingProvider provider = provider(web)) {
            provider.map(request(), soon());
            provider.commit(soon());
            int count = router.requests();
            provider.release(((Mapped) provider.map(request(), soon())).mapping(), soon());
            return count;
        }
    }

    @Test
    void a_lost_reply_at_any_request_leaves_one_rule_or_none() throws InterruptedException {
        int requests = requestsOfMapping();
        assertThat(requests).isGreaterThanOrEqualTo(3);
        for (int n = 1; n <= requests; n++) {
            try (PortMappingProvider provider = provider(web)) {
                router.trouble(n, Trouble.LOST_REPLY);
                try {
                    provider.map(request(), soon());
                    provider.commit(soon());
                } catch (NatTraversalException e) {
                    assertThat(e.code()).isIn(FindingCode.TIMED_OUT, FindingCode.MALFORMED_REPLY);
                }
                assertThat(router.ours()).hasSizeLessThanOrEqualTo(1);
                provider.map(request(), soon());
                assertThat(router.ours()).as("after request %d", n).hasSize(1);
                provider.release(((Mapped) provider.map(request(), soon())).mapping(), soon());
                assertThat(router.ours()).isEmpty();
            }
            awaitLogout();
        }
    }

    @Test
    void a_lost_reply_while_releasing_leaves_nothing_after_the_next_try() throws InterruptedException {
        for (int n = 1; n <= 3; n++) {
            try (PortMappingProvider provider = provider(web)) {
                PortMapping made = ((Mapped) provider.map(request(), soon())).mapping();
                router.trouble(n, Trouble.LOST_REPLY);
                try {
                    provider.release(made, soon());
                } catch (NatTraversalException e) {
                    provider.release(made, soon());
                }
                assertThat(router.ours()).isEmpty();
            }
        }
    }

    @Test
    void a_session_that_ends_at_any_request_is_opened_once_more() throws InterruptedException {
        int requests = requestsOfMapping();
        for (int n = 1; n <= requests; n++) {
            int logins = router.logins();
            try (PortMappingProvider provider = provider(web)) {
                router.trouble(n, Trouble.SESSION_ENDED);
                assertThat(provider.map(request(), soon())).isInstanceOf(Mapped.class);
                provider.commit(soon());
                assertThat(router.ours()).hasSize(1);
                assertThat(router.logins() - logins)
                        .as("logins, request %d", n)
                        .isEqualTo(router.keepsSessions() ? 2 : 0);
                provider.release(((Mapped) provider.map(request(), soon())).mapping(), soon());
            }
            awaitLogout();
        }
    }

    @Test
    void a_router_that_says_yes_and_stores_nothing_is_not_believed() throws InterruptedException {
        int requests = requestsOfMapping();
        int refused = 0;
        for (int n = 1; n <= requests; n++) {
            try (PortMappingProvider provider = provider(web)) {
                router.trouble(n, Trouble.LIE);
                MappingOutcome outcome = provider.map(request(), soon());
                if (outcome instanceof Refused r) {
                    assertThat(r.reason()).isEqualTo(Refusal.NOT_STORED);
                    assertThat(router.ours()).isEmpty();
                    refused++;
                } else {
                    assertThat(router.ours()).hasSize(1);
                    router.trouble(Integer.MAX_VALUE, Trouble.LIE);
                    provider.release(((Mapped) outcome).mapping(), soon());
                }
            }
        }
        assertThat(refused).isPositive();
    }

    /** On the same port, to another place: without translation the port alone does not make one. */
    private PortMapping earlier(PortMappingProvider provider) throws InterruptedException {
        InternalEndpoint place =
                new InternalEndpoint(IpLiteral.parse("192.168.1.76").orElseThrow(), router.translates() ? 8555 : 8554);
        MappingRequest request = MappingRequest.to(place, 8554)
                .description(MappingTag.of("gate", "rtsp"))
                .build();
        assertThat(provider.map(request, soon())).isInstanceOf(Mapped.class);
        return provider.mapping(TransportProtocol.TCP, 8554, soon()).orElseThrow();
    }

    private static List<PortMapping> onThePort(PortMappingProvider provider) throws InterruptedException {
        return provider.mappings(soon()).stream()
                .filter(m ->
                        m.protocol() == TransportProtocol.TCP && m.external().contains(8554))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"LIE", "REFUSED", "LOST_REQUEST", "LOST_REPLY"})
    void a_rule_of_ours_stands_as_it_was_where_the_one_in_its_place_comes_to_nothing(Trouble trouble)
            throws InterruptedException {
        int requests = 0;
        int failed = 0;
        for (int n = 0; n <= requests; n++) {
            try (PortMappingProvider provider = provider(web)) {
                PortMapping earlier = earlier(provider);
                router.trouble(n, trouble);
                boolean mapped;
                try {
                    mapped = provider.map(request(), soon()) instanceof Mapped;
                } catch (NatTraversalException e) {
                    // Before anything was taken away, as is seen below.
                    mapped = false;
                }
                requests = n == 0 ? router.requests() : requests;
                failed += mapped ? 0 : 1;
                router.trouble(Integer.MAX_VALUE, trouble);
                List<PortMapping> now = onThePort(provider);
                assertThat(now).as("%s of request %d", trouble, n).hasSize(1);
                assertThat(router.ours()).hasSize(1);
                if (mapped) {
                    assertThat(now.get(0).leadsTo(request().internal())).isTrue();
                } else {
                    assertThat(now).isEqualTo(List.of(earlier));
                }
                provider.release(now.get(0), soon());
            }
            awaitLogout();
        }
        assertThat(failed).isPositive();
    }

    @Test
    void a_router_that_says_deleted_and_keeps_the_rule_is_told() throws InterruptedException {
        boolean told = false;
        for (int n = 1; n <= 4; n++) {
            try (PortMappingProvider provider = provider(web)) {
                PortMapping made = ((Mapped) provider.map(request(), soon())).mapping();
                router.trouble(n, Trouble.LIE);
                try {
                    provider.release(made, soon());
                } catch (NatTraversalException e) {
                    told = true;
                    assertThat(router.ours()).hasSize(1);
                    provider.release(made, soon());
                }
                assertThat(router.ours()).isEmpty();
            }
        }
        assertThat(told).isTrue();
    }

    @Test
    void a_wrong_password_is_tried_once_whatever_is_called_afterwards() throws InterruptedException {
        WebRouter wrong = router.connect(new Credentials(router.account().user(), Secret.of(CANARY)))
                .build();
        for (int i = 0; i < 2; i++) {
            try (PortMappingProvider provider = provider(wrong)) {
                NatTraversalException refused =
                        catchThrowableOfType(NatTraversalException.class, () -> provider.mappings(soon()));
                assertThat(refused.code()).isEqualTo(FindingCode.LOGIN_REFUSED);
                assertThat(refused).hasMessageNotContaining(CANARY);
                assertThatThrownBy(() -> provider.map(request(), soon())).isInstanceOf(NatTraversalException.class);
            }
        }
        assertThat(router.logins()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 500})
    void a_login_that_is_answered_and_not_understood_is_not_repeated(int status) throws InterruptedException {
        if (!router.asked()) {
            return;
        }
        WebRouter wrong = router.connect(new Credentials(router.account().user(), Secret.of(CANARY)))
                .build();
        router.puzzle(status);
        for (int i = 0; i < 3; i++) {
            try (PortMappingProvider provider = provider(wrong)) {
                NatTraversalException failure =
                        catchThrowableOfType(NatTraversalException.class, () -> provider.mappings(soon()));
                assertThat(router.logins()).as("%s", failure).isEqualTo(1);
                assertThat(failure).hasMessageContaining("not sent again").hasMessageNotContaining(CANARY);
            }
        }
    }

    @Test
    void a_lock_out_is_told_with_its_time_and_waited_out() throws InterruptedException {
        if (router.lockedFor().isEmpty()) {
            return;
        }
        router.lock(Duration.ofMinutes(10));
        try (PortMappingProvider provider = provider(web)) {
            for (int i = 0; i < 2; i++) {
                NatTraversalException locked =
                        catchThrowableOfType(NatTraversalException.class, () -> provider.mappings(soon()));
                assertThat(locked.code()).isEqualTo(FindingCode.LOGIN_LOCKED);
                assertThat(locked).hasMessageContaining(router.lockedFor().get());
            }
        }
        assertThat(router.logins()).isEqualTo(1);
    }

    @Test
    void an_interrupt_at_any_request_ends_the_call_at_once_and_the_session_too() throws InterruptedException {
        int requests = requestsOfMapping();
        for (int n = 1; n <= requests; n++) {
            AtomicReference<Object> ended = new AtomicReference<>("");
            router.trouble(n, Trouble.HANG);
            Thread caller = new Thread(() -> {
                try (PortMappingProvider provider = provider(web)) {
                    provider.map(request(), soon());
                    provider.commit(soon());
                } catch (InterruptedException | RuntimeException e) {
                    ended.set(e);
                }
            });
            caller.start();
            for (int i = 0; router.requests() < n && i < 200; i++) {
                Thread.sleep(10);
            }
            Thread.sleep(20);
            caller.interrupt();
            caller.join(2000);
            assertThat(caller.isAlive()).as("request %d", n).isFalse();
            assertThat(ended.get()).as("request %d", n).isInstanceOf(InterruptedException.class);
            awaitLogout();
            try (PortMappingProvider provider = provider(web)) {
                provider.release(((Mapped) provider.map(request(), soon())).mapping(), soon());
            }
            assertThat(router.ours()).isEmpty();
        }
    }

    @Test
    void a_deadline_bounds_the_call() throws InterruptedException {
        try (PortMappingProvider provider = provider(web)) {
            router.trouble(1, Trouble.HANG);
            long start = System.nanoTime();
            assertThatThrownBy(() -> provider.map(request(), Deadline.after(Duration.ofMillis(300))))
                    .isInstanceOf(NatTraversalException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1300));
        }
        awaitLogout();
    }

    /** Without translation two cameras cannot have the same ports. */
    private Camera camera(int host) {
        Camera.Builder camera = Camera.at("192.168.1." + host).name("cam" + host);
        return router.translates()
                ? camera.build()
                : camera.service(Scheme.HTTP, 8000 + host)
                        .service(Scheme.RTSP, 9000 + host)
                        .build();
    }

    private Camera[] cameras() {
        return new Camera[] {camera(71), camera(72)};
    }

    private Porthole porthole(InMemoryLedger ledger) {
        return Porthole.builder()
                .finder(web)
                .ledger(ledger)
                .verify(false)
                .routedLans(true)
                .build();
    }

    @Test
    void cameras_are_published_kept_and_released() throws InterruptedException {
        InMemoryLedger ledger = new InMemoryLedger();
        try (Porthole porthole = porthole(ledger)) {
            Publication first = porthole.publish(cameras());
            assertThat(first.unpublished()).as("%s", first.findings()).isEmpty();
            List<String> rules = router.ours();
            assertThat(rules).hasSize(4);
            assertThat(porthole.publish(cameras()).unpublished()).isEmpty();
            assertThat(router.ours()).isEqualTo(rules);
            assertThat(porthole.release(camera(71).address()).findings()).isEmpty();
            assertThat(router.ours()).hasSize(2);
            porthole.release(camera(72).address());
            assertThat(router.ours()).isEmpty();
        }
        awaitLogout();
    }

    @Test
    void trouble_at_any_request_publishes_all_of_a_camera_or_nothing() throws InterruptedException {
        router.trouble(Integer.MAX_VALUE, Trouble.HANG);
        int requests;
        try (Porthole porthole = porthole(new InMemoryLedger())) {
            porthole.publish(camera(71));
            requests = router.requests();
            porthole.release(camera(71).address());
        }
        for (Trouble trouble : List.of(Trouble.LOST_REPLY, Trouble.LIE, Trouble.SESSION_ENDED)) {
            for (int n = 1; n <= requests; n++) {
                router.trouble(n, trouble);
                try (Porthole porthole = porthole(new InMemoryLedger())) {
                    Publication publication = porthole.publish(camera(71));
                    int expected = publication.endpoints().isEmpty() ? 0 : 2;
                    assertThat(router.ours())
                            .as("%s at request %d of %d: %s", trouble, n, requests, publication.findings())
                            .hasSize(expected);
                    porthole.release(camera(71).address());
                    assertThat(router.ours()).isEmpty();
                }
            }
        }
    }
}
