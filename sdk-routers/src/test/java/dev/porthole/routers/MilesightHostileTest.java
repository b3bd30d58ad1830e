package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.Secret;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import dev.porthole.testing.Fault;
import dev.porthole.testing.HttpReply;
import dev.porthole.testing.MilesightFlavour;
import dev.porthole.testing.SimulatedMilesight;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that are broken or hostile: clear errors in bounded time, and never half of a table. */
class MilesightHostileTest {
    private static final Duration ALLOWED = Duration.ofMillis(700);
    /** The deadline's promise is 250 ms; a busy machine gets more. */
    private static final Duration GRACE = Duration.ofMillis(1500);

    private SimulatedMilesight router;
    private PortMappingProvider provider;

    @BeforeEach
    void start() throws Exception {
        router = SimulatedMilesight.options(MilesightFlavour.UG65)
                .pace(Duration.ZERO)
                .start()
                .addRule(2121, "192.168.1.5", 21, "ftp");
        provider = WebRouter.builder(router.uri(), Milesight.router())
                .credentials(new Credentials("admin", Secret.of("password")))
                .pace(Duration.ZERO)
                .build()
                .find(SearchScope.builder().build(), Deadline.after(Duration.ofSeconds(5)))
                .providers()
                .get(0);
        provider.mappings(Deadline.after(Duration.ofSeconds(5)));
    }

    @AfterEach
    void stop() {
        router.faults().clear();
        provider.close();
        router.close();
    }

    static List<Fault> faults() {
        return List.of(
                Fault.timeout(),
                Fault.reset(),
                Fault.close(),
                Fault.endlessBody(),
                Fault.endlessHeaders(),
                Fault.gzipBomb(),
                Fault.drip(Duration.ofMillis(50)),
                Fault.manyHeaders(5000, 10),
                Fault.loginPage(),
                Fault.redirect("http://192.0.2.1/"),
                Fault.redirect("/islogin"),
                Fault.reply(json("[".repeat(200_000))),
                Fault.reply(json("{\"a\":".repeat(200_000))),
                Fault.reply(json("")),
                Fault.reply(json("null")),
                Fault.reply(json("[]")),
                Fault.reply(json("{}")),
                Fault.reply(json("{\"status\":\"0\",\"result\":7}")),
                Fault.reply(json("{\"status\":0,\"result\":[{\"get\":{}}]}")),
                Fault.reply(json("{\"status\":0,\"result\":[{\"get\":[1,2]}]}")),
                Fault.reply(json("{\"status\":0,\"result\":[{\"get\":[],\"count\":9}]}")),
                Fault.reply(
                        json("{\"status\":0,\"result\":[{\"count\":1e99,\"get\":[{\"value\":{\"protocol\":[]}}]}]}")),
                Fault.reply(json("{\"status\":0,\"result\":[{\"get\":[" + rules(60_000) + "]}]}")),
                Fault.reply(json("{\"status\":0,\"result\":[{\"get\":[{\"value\":{" + fields(200_000) + "}}]}]}")),
                Fault.reply(json("{\"status\":1" + "0".repeat(900) + "}")),
                Fault.reply(json("{\"status\":0,\"result\":\"" + "x".repeat(3_000_000) + "\"}")));
    }

    private static String rules(int count) {
        String rule = "{\"value\":{\"source_port\":1,\"protocol\":\"TCP\"}}";
        return rule + ("," + rule).repeat(count - 1);
    }

    private static String fields(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"port" + i + "\":1").collect(Collectors.joining(","));
    }

    private static HttpReply json(String body) {
        return HttpReply.html(200, "OK", body).with("Content-Type", "application/json");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_broken_listing_is_an_error_by_the_deadline(Fault fault) {
        router.faults().always(SimulatedMilesight.LIST, fault);
        long start = System.nanoTime();
        NatTraversalException error =
                catchThrowableOfType(NatTraversalException.class, () -> provider.mappings(Deadline.after(ALLOWED)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ALLOWED.plus(GRACE));
        assertThat(error.code())
                .isIn(
                        FindingCode.TIMED_OUT,
                        FindingCode.MALFORMED_REPLY,
                        FindingCode.PAGE_NOT_UNDERSTOOD,
                        FindingCode.ROUTER_ERROR,
                        FindingCode.SCHEMA_UNKNOWN);
        assertThat(error.getMessage()).hasSizeLessThan(1000);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_broken_identity_is_a_finding_by_the_deadline(Fault fault) throws InterruptedException {
        router.faults().always(SimulatedMilesight.IDENTITY, fault);
        long start = System.nanoTime();
        assertThat(WebRouter.builder(router.uri(), Milesight.router())
                        .build()
                        .find(SearchScope.builder().build(), Deadline.after(ALLOWED))
                        .findings())
                .hasSize(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ALLOWED.plus(GRACE));
    }

    @Test
    void a_listing_that_is_cut_anywhere_is_never_taken_for_a_shorter_one() {
        int length = 420;
        for (int n = 0; n < length; n++) {
            int cut = n;
            router.faults().clear().always(SimulatedMilesight.LIST, exchange -> {
                byte[] body = exchange.reply().body();
                byte[] part = java.util.Arrays.copyOf(body, Math.min(cut, body.length - 1));
                exchange.send(exchange.reply().withBody(part).bytes());
            });
            assertThat(catchThrowableOfType(
                            NatTraversalException.class,
                            () -> provider.mappings(Deadline.after(Duration.ofSeconds(5)))))
                    .as("cut at %d", cut)
                    .isNotNull();
        }
    }
}
