package dev.porthole.upnp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.porthole.Deadline;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.internal.LocalNetwork.Attachment;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.GatewayFinder.Found;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.RouterTurns;
import dev.porthole.mapping.SearchScope;
import dev.porthole.testing.FakeGateway;
import dev.porthole.testing.Fault;
import dev.porthole.testing.GatewayOptions;
import dev.porthole.testing.Quirk;
import dev.porthole.testing.WanSpec;
import dev.porthole.upnp.internal.GatewaySearch;
import dev.porthole.upnp.internal.SearchSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpnpDiscoveryTest {
    /** For searches that are not ended by a usable gateway. */
    private static final UpnpGatewayFinder QUICK =
            UpnpGatewayFinder.builder().window(Duration.ofMillis(1000)).build();

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private static InetAddress ip(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    /** A gateway with a name of its own. */
    private FakeGateway start(String address, GatewayOptions options) throws Exception {
        FakeGateway gateway = options.address(ip(address))
                .behaviour(b -> b.describe(xml -> xml.replace("<UDN>uuid:", "<UDN>uuid:" + address + "-")))
                .start();
        open.add(gateway);
        return gateway;
    }

    private Found search(SearchScope scope) throws Exception {
        Found found = QUICK.find(scope, Home.soon());
        open.addAll(found.providers());
        return found;
    }

    private Found all(FakeGateway... gateways) throws Exception {
        return search(scope(gateways).firstUsable(false).build());
    }

    private static SearchScope.Builder scope(FakeGateway... gateways) {
        return Home.scope(
                java.util.Arrays.stream(gateways).map(FakeGateway::ssdpAddress).toArray(InetSocketAddress[]::new));
    }

    private static List<InetAddress> addresses(Found found) {
        return found.providers().stream().map(p -> p.gateway().lanAddress()).toList();
    }

    private static GatewayOptions wan(WanSpec... specs) {
        return FakeGateway.options().wan(specs);
    }

    @Test
    void theServiceLoaderFindsTheFinder() {
        assertThat(ServiceLoader.load(GatewayFinder.class))
                .anyMatch(finder -> finder instanceof UpnpGatewayFinder && finder.protocol() == MappingProtocol.UPNP);
    }

    @Test
    void allGatewaysAreKeptTheBestFirst() throws Exception {
        FakeGateway down =
                start("127.0.0.2", wan(WanSpec.ip(1).withStatus("Disconnected").withExternalAddress("")));
        FakeGateway noAddress = start("127.0.0.3", wan(WanSpec.ip(1).withExternalAddress("0.0.0.0")));
        FakeGateway inner = start("127.0.0.4", wan(WanSpec.ip(1).withExternalAddress("10.1.1.1")));
        FakeGateway best = start("127.0.0.5", FakeGateway.options());
        assertThat(addresses(all(down, noAddress, inner, best)))
                .containsExactly(ip("127.0.0.5"), ip("127.0.0.4"), ip("127.0.0.3"), ip("127.0.0.2"));
    }

    @Test
    void theFirstUsableOneEndsTheSearch() throws Exception {
        FakeGateway slow = start("127.0.0.2", FakeGateway.options().searchDelay(Duration.ofSeconds(5)));
        FakeGateway best = start("127.0.0.3", FakeGateway.options());
        long start = System.nanoTime();
        Found found = search(scope(slow, best).build());
        assertThat(addresses(found)).containsExactly(ip("127.0.0.3"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void onlyUnusableGatewaysAreWaitedOutAndReturned() throws Exception {
        FakeGateway inner = start("127.0.0.2", wan(WanSpec.ip(1).withExternalAddress("10.1.1.1")));
        FakeGateway late = start("127.0.0.3", FakeGateway.options().searchDelay(Duration.ofMillis(300)));
        assertThat(addresses(search(scope(inner, late).build()))).startsWith(ip("127.0.0.3"));
        assertThat(addresses(search(scope(inner).build()))).containsExactly(ip("127.0.0.2"));
    }

    @Test
    void theConnectionThatIsUpIsUsedWhichEverComesFirst() throws Exception {
        for (WanSpec[] specs : new WanSpec[][] {
            {WanSpec.ppp().down(), WanSpec.ip(1)},
            {WanSpec.ip(1), WanSpec.ppp().down()},
            {
                WanSpec.ppp().withExternalAddress("10.1.1.1").withControlUrl("/a"),
                WanSpec.ip(1).withControlUrl("/b?c=d")
            },
            {WanSpec.ip(1).withControlUrl("/a").down(), WanSpec.ip(1).withControlUrl("/b")}
        }) {
            FakeGateway gateway = start("127.0.0.2", wan(specs));
            Found found = search(scope(gateway).build());
            assertThat(found.providers()).hasSize(1);
            PortMappingProvider provider = found.providers().get(0);
            assertThat(provider.externalAddress(Home.soon()).reported()).isEqualTo(WanSpec.DEFAULT_EXTERNAL_ADDRESS);
            provider.map(Home.request(8889).build(), Home.soon());
            assertThat(gateway.wans().stream()
                            .filter(w -> w.status().equals("Connected")
                                    && w.externalAddress().equals(WanSpec.DEFAULT_EXTERNAL_ADDRESS)))
                    .allMatch(w -> w.mappings().size() == 1);
            gateway.close();
        }
    }

    @Test
    void controlUrlsAreResolvedAgainstTheBase() throws Exception {
        for (String[] row : new String[][] {
            {"{base}/igd/", "ctl?id=1"}, {"{base}", "/ctl"}, {"{base}/x/y", "../ctl"}, {"", "{base}/ctl"}
        }) {
            GatewayOptions options = wan(WanSpec.ip(1).withControlUrl(row[1]));
            FakeGateway gateway = start("127.0.0.2", row[0].isEmpty() ? options : options.urlBase(row[0]));
            Found found = search(scope(gateway).build());
            assertThat(found.findings()).isEmpty();
            assertThat(found.providers()).hasSize(1);
            gateway.close();
        }
    }

    @Test
    void aBaseOnAnotherHostIsToldAndNotUsed() throws Exception {
        try (Silent other = new Silent("127.0.0.9")) {
            FakeGateway gateway = start("127.0.0.2", FakeGateway.options().urlBase(other.url()));
            Found found = search(scope(gateway).build());
            assertThat(found.providers()).hasSize(1);
            assertThat(found.findings()).extracting(Finding::code).containsExactly(FindingCode.MALFORMED_REPLY);
            assertThat(other.asked()).isFalse();
        }
    }

    @Test
    void aControlUrlOnAnotherHostIsRefused() throws Exception {
        try (Silent other = new Silent("127.0.0.9")) {
            FakeGateway gateway = start("127.0.0.2", wan(WanSpec.ip(1).withControlUrl(other.url() + "ctl")));
            Found found = search(scope(gateway).build());
            assertThat(found.providers()).isEmpty();
            assertThat(found.findings())
                    .anyMatch(f -> f.code() == FindingCode.MALFORMED_REPLY
                            && f.message().contains("127.0.0.2")
                            && f.message().contains(other.url()));
            assertThat(other.asked()).isFalse();
        }
    }

    @Test
    void aLocationOnAnotherHostIsToldAndNeverAsked() throws Exception {
        try (Silent other = new Silent("127.0.0.9")) {
            for (String location : new String[] {
                other.url(),
                "http://localhost:" + other.port() + "/",
                "file:///etc/passwd",
                other.url().replace("http", "https"),
                "http://127.0.0.2@127.0.0.9:" + other.port() + "/",
                "http://[::ffff:127.0.0.9]:" + other.port() + "/",
                "",
                "http://"
            }) {
                FakeGateway gateway = start(
                        "127.0.0.2",
                        FakeGateway.options()
                                .behaviour(b -> b.answerSearch(replies -> replies.stream()
                                        .map(r -> r.withHeader("LOCATION", location))
                                        .toList())));
                Found found = search(scope(gateway).build());
                assertThat(found.providers()).isEmpty();
                assertThat(found.findings())
                        .as(location)
                        .anyMatch(f -> f.code() == FindingCode.MALFORMED_REPLY
                                && f.message().contains("127.0.0.2"));
                gateway.close();
            }
            assertThat(other.asked()).isFalse();
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (Silent other = new Silent("127.0.0.9")) {
            FakeGateway gateway = start("127.0.0.2", FakeGateway.options());
            gateway.faults().always("description", Fault.redirect(other.url()));
            Found found = search(scope(gateway).build());
            assertThat(found.providers()).isEmpty();
            assertThat(found.findings()).anyMatch(f -> f.message().contains(other.url()));
            assertThat(other.asked()).isFalse();
        }
    }

    @Test
    void oneBrokenDeviceDoesNotEndTheSearchForOthers() throws Exception {
        for (Fault fault : new Fault[] {
            Fault.close(), Fault.reset(), Fault.loginPage(), Fault.brokenXml(),
                    Fault.externalEntity("file:///etc/hostname"),
            Fault.entityBomb(), Fault.gzipBomb(), Fault.endlessBody(), Fault.endlessHeaders(), Fault.upnpError(501),
            Fault.raw(new byte[] {0, 1, 2}), Fault.manyHeaders(5000, 10)
        }) {
            FakeGateway broken = start("127.0.0.2", FakeGateway.options());
            broken.faults().always("description", fault);
            FakeGateway good = start("127.0.0.3", FakeGateway.options());
            Found found = all(broken, good);
            assertThat(addresses(found)).containsExactly(ip("127.0.0.3"));
            assertThat(found.findings())
                    .as("%s", broken.requests())
                    .anyMatch(f -> f.message().contains("127.0.0.2"));
            assertThat(found.findings()).noneMatch(f -> f.message().contains("127.0.0.3"));
            broken.close();
            good.close();
        }
    }

    @Test
    void theDescriptionIsFetchedOnceHoweverManyAnswersComeAndGo() throws Exception {
        FakeGateway gateway = start("127.0.0.2", FakeGateway.options().quirks(Quirk.SSDP_TWICE));
        all(gateway);
        assertThat(gateway.count("description")).isEqualTo(1);
        assertThat(gateway.count(FakeGateway.SEARCH)).isGreaterThanOrEqualTo(5);
    }

    @Test
    void searchesThatGetLostAreRepeated() throws Exception {
        int[] asked = new int[1];
        FakeGateway gateway = start(
                "127.0.0.2",
                FakeGateway.options().behaviour(b -> b.answerSearch(replies -> asked[0]++ < 8 ? List.of() : replies)));
        Found found = Home.FINDER.find(scope(gateway).build(), Home.soon());
        open.addAll(found.providers());
        assertThat(found.providers())
                .as("%s %s", found.findings(), gateway.counts())
                .hasSize(1);
    }

    @Test
    void nobodyThereIsNoErrorAndNoFinding() throws Exception {
        Found found =
                search(Home.scope(new InetSocketAddress(ip("127.0.0.77"), 1)).build());
        assertThat(found.providers()).isEmpty();
        assertThat(found.findings()).isEmpty();
    }

    @Test
    void multicastReachesAGatewayOnTheNamedInterface() throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        FakeGateway gateway = start("127.0.0.6", FakeGateway.options().multicast(loopback));
        SearchScope scope = SearchScope.builder()
                .interfaces(Set.of(loopback.getName()))
                .firstUsable(false)
                .build();
        Found found = QUICK.find(scope, Home.soon());
        open.addAll(found.providers());
        assertThat(addresses(found)).contains(ip("127.0.0.6"));
        assertThat(gateway.count(FakeGateway.SEARCH)).isPositive();
    }

    private static int freePort() throws Exception {
        try (java.net.DatagramSocket socket = new java.net.DatagramSocket()) {
            return socket.getLocalPort();
        }
    }

    /** Both gateways listen on the same port, as on a real LAN; the second is the default gateway. */
    private Found searchWithDefaultGateway(
            GatewayOptions other, GatewayOptions defaultGateway, SearchScope.Builder scope) throws Exception {
        int port = freePort();
        start("127.0.0.2", other.ssdpPort(port));
        start("127.0.0.5", defaultGateway.ssdpPort(port));
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        LocalNetwork network = new LocalNetwork(
                List.of(new Attachment(loopback, ip("127.0.0.2"), 31), new Attachment(loopback, ip("127.0.0.4"), 31)),
                Optional.of(ip("127.0.0.5")));
        SearchSettings settings =
                new SearchSettings(port, Duration.ofMillis(1500), Duration.ofMillis(250), () -> network);
        Found found = new GatewaySearch(
                        scope.gateways(List.of(new InetSocketAddress(ip("127.0.0.2"), port)))
                                .build(),
                        settings,
                        new RouterTurns(),
                        Home.soon())
                .run();
        open.addAll(found.providers());
        return found;
    }

    @Test
    void theDefaultGatewayIsGivenAGrace() throws Exception {
        Found found = searchWithDefaultGateway(
                FakeGateway.options(),
                FakeGateway.options().searchDelay(Duration.ofMillis(100)),
                SearchScope.builder());
        assertThat(addresses(found)).startsWith(ip("127.0.0.5"));
    }

    @Test
    void anotherGatewayIsTakenWhereTheDefaultGatewayIsSilent() throws Exception {
        long start = System.nanoTime();
        Found found = searchWithDefaultGateway(
                FakeGateway.options(), FakeGateway.options().quirks(Quirk.SSDP_SILENT), SearchScope.builder());
        assertThat(addresses(found)).containsExactly(ip("127.0.0.2"));
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("the grace, not the window")
                .isLessThan(Duration.ofMillis(1500));
    }

    @Test
    void theDefaultGatewayComesFirstAmongEquals() throws Exception {
        Found found = searchWithDefaultGateway(
                FakeGateway.options(),
                FakeGateway.options(),
                SearchScope.builder().firstUsable(false));
        assertThat(addresses(found)).containsExactly(ip("127.0.0.5"), ip("127.0.0.2"));
    }

    @Test
    void aGatewayBesideTheCamerasComesBeforeTheDefaultGateway() throws Exception {
        Found found = searchWithDefaultGateway(
                FakeGateway.options(),
                FakeGateway.options(),
                SearchScope.builder().cameras(List.of(ip("127.0.0.3"))).firstUsable(false));
        assertThat(addresses(found)).containsExactly(ip("127.0.0.2"), ip("127.0.0.5"));
    }

    @Test
    void interruptingEndsTheSearchAtOnce() throws Exception {
        FakeGateway gateway = start("127.0.0.2", FakeGateway.options());
        CountDownLatch asked = new CountDownLatch(1);
        gateway.faults().always("description", exchange -> {
            asked.countDown();
            exchange.hold(Duration.ofSeconds(20));
        });
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread caller = new Thread(
                () -> failure.set(catchThrowable(() -> search(scope(gateway).build()))));
        caller.start();
        asked.await();
        caller.interrupt();
        caller.join(2000);
        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aDescriptionThatDripsEndsWithTheDeadline() throws Exception {
        FakeGateway gateway = start("127.0.0.2", FakeGateway.options());
        gateway.faults().always("description", Fault.drip(Duration.ofMillis(100)));
        search(scope(start("127.0.0.3", FakeGateway.options())).build());
        long start = System.nanoTime();
        Found found = QUICK.find(scope(gateway).build(), Deadline.after(Duration.ofMillis(1000)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1250));
        assertThat(found.providers()).isEmpty();
        assertThat(found.findings()).extracting(Finding::code).contains(FindingCode.TIMED_OUT);
    }

    @Test
    void aGatewayWhoseStateIsNotKnownByTheDeadlineIsStillReturned() throws Exception {
        FakeGateway gateway = start("127.0.0.2", FakeGateway.options());
        gateway.faults().always("GetStatusInfo", Fault.timeout());
        Found found = QUICK.find(scope(gateway).build(), Deadline.after(Duration.ofMillis(900)));
        open.addAll(found.providers());
        assertThat(found.providers()).hasSize(1);
    }

    /** A host that must not be asked. */
    private static final class Silent implements AutoCloseable {
        private final ServerSocket server;

        Silent(String address) throws Exception {
            server = new ServerSocket(0, 5, ip(address));
            server.setSoTimeout(1);
        }

        int port() {
            return server.getLocalPort();
        }

        String url() {
            return "http://" + server.getInetAddress().getHostAddress() + ":" + port() + "/";
        }

        boolean asked() throws Exception {
            try {
                server.accept().close();
                return true;
            } catch (java.net.SocketTimeoutException e) {
                return false;
            }
        }

        @Override
        public void close() throws java.io.IOException {
            server.close();
        }
    }
}
