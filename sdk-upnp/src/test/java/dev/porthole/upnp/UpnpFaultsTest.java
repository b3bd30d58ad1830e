package dev.porthole.upnp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.Refusal;
import dev.porthole.testing.Fault;
import dev.porthole.testing.Quirk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a gateway answers or does not: a call ends by its deadline, and what it says is true. */
class UpnpFaultsTest {
    private static final Duration TIME = Duration.ofMillis(900);
    private static final Duration GRACE = Duration.ofMillis(250);

    private static final Map<String, Fault> FAULTS = new LinkedHashMap<>();

    static {
        FAULTS.put("timeout", Fault.timeout());
        FAULTS.put("reset", Fault.reset());
        FAULTS.put("close", Fault.close());
        FAULTS.put("lostReply", Fault.lostReply());
        FAULTS.put("lostReplyReset", Fault.lostReplyReset());
        FAULTS.put("lie", Fault.lie());
        FAULTS.put("501", Fault.upnpError(501));
        FAULTS.put("200 with fault", Fault.upnpErrorWithStatus200(718));
        FAULTS.put("brokenXml", Fault.brokenXml());
        FAULTS.put("loginPage", Fault.loginPage());
        FAULTS.put("redirect", Fault.redirect("http://127.0.0.9:80/"));
        FAULTS.put("drip", Fault.drip(Duration.ofMillis(50)));
        FAULTS.put("slow", Fault.slow(Duration.ofMillis(50)));
        FAULTS.put("endlessBody", Fault.endlessBody());
        FAULTS.put("endlessHeaders", Fault.endlessHeaders());
        FAULTS.put("manyHeaders", Fault.manyHeaders(5000, 10));
        FAULTS.put("externalEntity", Fault.externalEntity("file:///etc/hostname"));
        FAULTS.put("entityBomb", Fault.entityBomb());
        FAULTS.put("gzipBomb", Fault.gzipBomb());
        FAULTS.put("garbage", Fault.raw(new byte[] {0, 1, 2, 3}));
        FAULTS.put("not http", Fault.raw("SSH-2.0-dropbear\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        FAULTS.put("nothing", Fault.bodyCutAt(0));
        FAULTS.put("half", Fault.bodyCutAt(150));
    }

    static Stream<String> faults() {
        return FAULTS.keySet().stream();
    }

    private static Deadline deadline() {
        return Deadline.after(TIME);
    }

    private interface Call {
        Object run(PortMappingProvider provider) throws Exception;
    }

    /** Runs a call, checks that it ends in time and in nothing but an outcome or the one exception. */
    private static Object outcome(Home home, Call call) throws Exception {
        PortMappingProvider provider = home.provider();
        long start = System.nanoTime();
        Object result;
        try {
            result = call.run(provider);
        } catch (NatTraversalException e) {
            assertThat(e.code()).isIn(FindingCode.TIMED_OUT, FindingCode.MALFORMED_REPLY, FindingCode.ROUTER_ERROR);
            assertThat(e.getMessage()).contains("127.0.0.1");
            assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl);
            assertThat(e.getMessage().length()).isLessThan(1000);
            result = e;
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIME.plus(GRACE));
        return result;
    }

    private static void truthful(Home home, Object result) {
        if (result instanceof Mapped mapped) {
            assertThat(home.gateway.mappings())
                    .anyMatch(entry -> entry.externalPort() == mapped.mapping().externalPort()
                            && entry.internalClient().equals("192.168.1.20")
                            && entry.enabled());
        } else if (result instanceof Refused) {
            assertThat(home.gateway.mappings()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void addingOnceAnsweredWrongly(String name) throws Exception {
        try (Home home = Home.with()) {
            home.provider();
            home.gateway.faults().next("AddPortMapping", FAULTS.get(name));
            Object result = outcome(home, p -> p.map(Home.request(8889).build(), deadline()));
            truthful(home, result);
            if (List.of("lostReply", "lostReplyReset", "half", "nothing", "slow", "close")
                    .contains(name)) {
                assertThat(result).as("reading back decides").isInstanceOf(Mapped.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void addingAlwaysAnsweredWrongly(String name) throws Exception {
        try (Home home = Home.with()) {
            home.provider();
            home.gateway.faults().always("AddPortMapping", FAULTS.get(name));
            truthful(home, outcome(home, p -> p.map(Home.request(8889).build(), deadline())));
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void readingBackAlwaysAnsweredWrongly(String name) throws Exception {
        try (Home home = Home.with()) {
            home.provider().mappings(Home.soon());
            home.gateway.faults().always("GetSpecificPortMappingEntry", FAULTS.get(name));
            truthful(home, outcome(home, p -> p.map(Home.request(8889).build(), deadline())));
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everythingAnsweredWrongly(String name) throws Exception {
        try (Home home = Home.with()) {
            PortMapping mapping = home.mapped(8888);
            home.gateway.faults().always("*", FAULTS.get(name));
            outcome(home, p -> p.map(Home.request(8889).build(), deadline()));
            outcome(home, p -> p.mappings(deadline()));
            outcome(home, p -> p.externalAddress(deadline()));
            Object released = outcome(home, p -> {
                p.release(mapping, deadline());
                return "released";
            });
            if (released.equals("released")) {
                assertThat(home.gateway.mappings()).noneMatch(entry -> entry.externalPort() == 8888);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void listingAnsweredWrongly(String name) throws Exception {
        try (Home home = Home.with()) {
            home.provider();
            home.gateway.addForeign(Home.foreign(1000)).addForeign(Home.foreign(1001));
            home.gateway.faults().always("GetGenericPortMappingEntry", FAULTS.get(name));
            Object result = outcome(home, p -> p.mappings(deadline()));
            assertThat(result).isInstanceOfAny(List.class, NatTraversalException.class);
        }
    }

    @Test
    void aReplyToAddingCutAtAnyByteMapsNothingByHalves() throws Exception {
        try (Home home = Home.with()) {
            PortMappingProvider provider = home.provider();
            for (int cut = 0; cut < 400; cut++) {
                home.gateway.faults().next("AddPortMapping", Fault.truncatedAt(cut));
                MappingOutcome outcome = provider.map(Home.request(8889).build(), Home.soon());
                assertThat(outcome).as("cut at %d", cut).isInstanceOf(Mapped.class);
                assertThat(home.gateway.mappings()).hasSize(1);
                home.gateway.reboot();
            }
        }
    }

    @Test
    void aReadbackCutAtAnyByteIsReadInTheListing() throws Exception {
        try (Home home = Home.with()) {
            PortMappingProvider provider = home.provider();
            for (int cut = 0; cut < 600; cut++) {
                provider.mappings(Home.soon());
                home.gateway.faults().next("GetSpecificPortMappingEntry", Fault.bodyCutAt(cut));
                MappingOutcome outcome = provider.map(Home.request(8889).build(), Home.soon());
                assertThat(outcome).as("cut at %d", cut).isInstanceOf(Mapped.class);
                home.gateway.reboot();
            }
        }
    }

    @Test
    void aLoginPageIsNamedAndNothingMapped() throws Exception {
        try (Home home = Home.with()) {
            home.provider();
            home.gateway.faults().always("*", Fault.loginPage());
            Throwable failure = catchThrowable(() -> home.map(8889));
            assertThat(failure).isInstanceOfSatisfying(NatTraversalException.class, e -> {
                assertThat(e.code()).isEqualTo(FindingCode.MALFORMED_REPLY);
                assertThat(e.getMessage()).contains("web page");
            });
            assertThat(home.gateway.mappings()).isEmpty();
        }
    }

    @Test
    void aRouterThatWentAwayIsTold() throws Exception {
        try (Home home = Home.with()) {
            home.provider();
            home.gateway.close();
            Throwable failure = catchThrowable(() -> home.map(8889));
            assertThat(failure).hasMessageContaining("search for gateways again");
        }
    }

    @Test
    void aDroppedRequestIsAskedForOnceMore() throws Exception {
        try (Home home = Home.with()) {
            home.provider();
            home.gateway.faults().next("AddPortMapping", Fault.close());
            home.mapped(8889);
            assertThat(home.adds()).isEqualTo(2);
        }
    }

    @Test
    void interruptingEndsACallAtOnce() throws Exception {
        try (Home home = Home.with()) {
            PortMappingProvider provider = home.provider();
            CountDownLatch asked = new CountDownLatch(1);
            home.gateway.faults().always("*", exchange -> {
                asked.countDown();
                exchange.hold(Duration.ofSeconds(20));
            });
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread caller = new Thread(() -> failure.set(
                    catchThrowable(() -> provider.map(Home.request(8889).build(), Home.soon()))));
            caller.start();
            asked.await();
            caller.interrupt();
            caller.join(2000);
            assertThat(failure.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aThreadThatWaitsForTheRouterIsInterruptibleAndBounded() throws Exception {
        try (Home home = Home.with()) {
            PortMappingProvider provider = home.provider();
            CountDownLatch asked = new CountDownLatch(1);
            home.gateway.faults().always("*", exchange -> {
                asked.countDown();
                exchange.hold(Duration.ofSeconds(20));
            });
            Thread first = new Thread(() -> catchThrowable(() -> provider.mappings(Home.soon())));
            first.start();
            asked.await();
            long start = System.nanoTime();
            Throwable failure = catchThrowable(() -> provider.mappings(Deadline.after(Duration.ofMillis(100))));
            assertThat(failure).isInstanceOf(NatTraversalException.class).hasMessageContaining("busy");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(350));
            first.interrupt();
            first.join(2000);
        }
    }

    @Test
    void oneRequestAtATime() throws Exception {
        try (Home home = Home.with()) {
            home.search();
            home.search();
            PortMappingProvider one = home.provider();
            home.gateway.faults().always("*action", Fault.slow(Duration.ofMillis(2)));
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int port = 9000 + i;
                calls.add(threads.submit(() -> one.map(Home.request(port).build(), Home.soon())));
            }
            for (Future<?> call : calls) {
                assertThat(call.get()).isInstanceOf(Mapped.class);
            }
            threads.shutdownNow();
            assertThat(home.gateway.mostAtOnce()).isEqualTo(1);
            assertThat(home.gateway.mappings()).hasSize(16);
        }
    }

    @Test
    void twoCallersNeverGetTheSamePort() throws Exception {
        try (Home home = Home.with()) {
            PortMappingProvider provider = home.provider();
            ExecutorService threads = Executors.newFixedThreadPool(2);
            Future<MappingOutcome> mine =
                    threads.submit(() -> provider.map(Home.request(8889).build(), Home.soon()));
            Future<MappingOutcome> again =
                    threads.submit(() -> provider.map(Home.request(8889).build(), Home.soon()));
            assertThat(mine.get()).isInstanceOf(Mapped.class);
            assertThat(again.get()).isInstanceOf(Mapped.class);
            threads.shutdownNow();
            assertThat(home.gateway.mappings()).hasSize(1);
        }
    }

    @Test
    void aClosedProviderIsACallersMistake() throws Exception {
        try (Home home = Home.with()) {
            PortMappingProvider provider = home.provider();
            provider.close();
            assertThat(catchThrowable(() -> provider.mappings(Home.soon()))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aListingOfThousandsIsReadAndAnEndlessOneEnds() throws Exception {
        try (Home home = Home.with()) {
            for (int i = 0; i < 1000; i++) {
                home.gateway.addForeign(Home.foreign(10_000 + i));
            }
            assertThat(home.provider().mappings(Home.soon())).hasSize(1000);
            assertThat(home.gateway.count("GetListOfPortMappings")).isZero();
        }
        try (Home home = Home.with(Quirk.ENDLESS_LIST)) {
            home.gateway.addForeign(Home.foreign(1000)).addForeign(Home.foreign(1001));
            assertThat(home.provider().mappings(Home.soon())).hasSize(2);
            assertThat(home.gateway.count("GetGenericPortMappingEntry")).isLessThan(10);
        }
    }

    @Test
    void aTableThatChangesWhileItIsListedIsListedAgain() throws Exception {
        try (Home home = Home.with()) {
            for (int i = 0; i < 10; i++) {
                home.gateway.addForeign(Home.foreign(1000 + i));
            }
            PortMappingProvider provider = home.provider();
            int[] calls = new int[1];
            home.gateway.faults().always("GetGenericPortMappingEntry", exchange -> {
                if (++calls[0] == 5) {
                    // The newest goes: every later one moves up by one, and one slips past.
                    home.gateway.wan().lose("TCP", 1009);
                }
                Fault.slow(Duration.ZERO).answer(exchange);
            });
            assertThat(provider.mappings(Home.soon())).hasSize(9).noneMatch(m -> m.externalPort() == 1009);
        }
    }

    @Test
    void aGatewayWithoutAnyWayToReadBackIsNotBelieved() throws Exception {
        try (Home home = Home.with(Quirk.NO_SPECIFIC_ENTRY, Quirk.NO_LISTING)) {
            assertThat(home.refused(8889).reason()).isEqualTo(Refusal.NOT_STORED);
            assertThat(home.gateway.mappings()).isEmpty();
            assertThat(home.provider().capabilities().listing()).isFalse();
        }
    }
}
