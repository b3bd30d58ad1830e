package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.mapping.SearchScope;
import dev.porthole.routers.RouterIdentification.Certainty;
import dev.porthole.routers.RouterIdentification.Match;
import dev.porthole.routers.fakes.FritzBox;
import dev.porthole.routers.internal.RouterUrl;
import dev.porthole.testing.MilesightFlavour;
import dev.porthole.testing.SimulatedMilesight;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class RouterIdentifierTest {
    private final Map<String, String> pages = new HashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private String realm = "";
    private String redirect = "";
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            asked.add(exchange.getRequestMethod() + " " + path);
            assertThat(exchange.getRequestHeaders()).doesNotContainKeys("Authorization", "Cookie");
            if (!redirect.isEmpty()) {
                exchange.getResponseHeaders().add("Location", redirect);
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            byte[] page =
                    pages.getOrDefault(path, "<html><title>404</title></html>").getBytes(StandardCharsets.UTF_8);
            if (!realm.isEmpty()) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"" + realm + "\"");
            }
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(realm.isEmpty() ? (pages.containsKey(path) ? 200 : 404) : 401, page.length);
            exchange.getResponseBody().write(page);
        }
    }

    private URI url(String scheme) {
        return URI.create(scheme + "//127.0.0.1:" + server.getAddress().getPort());
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private RouterIdentification identify() throws InterruptedException {
        return RouterIdentifier.builder(url("http:")).build().identify(soon());
    }

    @ParameterizedTest
    @EnumSource
    void a_milesight_is_known_by_its_identity_without_a_login(MilesightFlavour flavour) throws Exception {
        try (SimulatedMilesight router =
                SimulatedMilesight.options(flavour).pace(Duration.ZERO).start()) {
            RouterIdentifier identifier = RouterIdentifier.builder(
                            URI.create("//127.0.0.1:" + router.uri().getPort()))
                    .build();
            RouterIdentification found = identifier.identify(soon());
            Match match = found.best().orElseThrow();
            assertThat(match.certainty()).isEqualTo(Certainty.CERTAIN);
            assertThat(match.model()).matches("UR3[25]|UG65|EG71");
            assertThat(found.driver().orElseThrow().id())
                    .isEqualTo(flavour == MilesightFlavour.EG71 ? "milesight-eg71" : "milesight");
            assertThat(found.url().getScheme()).isEqualTo(router.uri().getScheme());
            assertThat(identifier.pin().isPresent()).isEqualTo(flavour == MilesightFlavour.UR_3_0_14);
            assertThat(router.loginTries()).isZero();
            assertThat(router.sessions()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/jason_boxinfo.xml; <j:BoxInfo xmlns:j='http://jason.avm.de/'><j:Name>FRITZ!Box 7590</j:Name></j:BoxInfo>; fritzbox; FRITZ!Box 7590",
                "/; <html><title>FRITZ!Box</title></html>; fritzbox; FRITZ!Box",
                "/; <title>TL-WR841N</title>; tplink-userrpm; TL-WR841N",
                "/; <html>http://tplinkwifi.net</html>; tplink; ''",
                "/Main_Login.asp; <title>ASUS Login</title> Sign in with your ASUS router account; asuswrt; ''",
                "/currentsetting.htm; Firmware=V1.0.4.84 RegionTag=R7000_NA Model=R7000; netgear; R7000",
                "/HNAP1/; <VendorName>D-Link</VendorName><ModelName>DIR-885L</ModelName>; dlink; DIR-885L",
                "/; <title>Linksys Smart Wi-Fi</title>; linksys-smart; Linksys Smart Wi-Fi",
                "/api/device/basic_information; <response><devicename>B525s-23a</devicename></response>; huawei-hilink; B525s-23a",
                "/; <title>HG8145X6-10</title>; huawei-ont; HG8145X6-10",
                "/; <title>ZXHN H168N</title>; zte; ZXHN H168N",
                "/; <title>.::Welcome to the Web-Based Configurator::.</title><link href=zyxel.css>; zyxel; .::Welcome to the Web-Based Configurator::.",
                "/; <a>LuCI - Lua Configuration Interface</a>; openwrt; ''",
                "/; <title>DD-WRT (build 65498) - Info</title>; ddwrt; DD-WRT (build 65498) - Info",
                "/; <title>RouterOS router configuration page</title>; mikrotik; RouterOS router configuration page",
                "/; <title>UniFi OS</title>; unifi; UniFi OS",
                "/; <title>EdgeOS</title>; edgeos; EdgeOS",
                "/; <title>Login | OPNsense</title>; opnsense; Login | OPNsense",
                "/; <title>pfSense - Login</title>; pfsense; pfSense - Login",
                "/api/unauthorized/status; {\"success\":true,\"data\":{\"device_model\":\"RUTX11\",\"api_version\":\"1.5\"}}; teltonika; RUTX11",
            })
    void brands_name_themselves(String path, String page, String brand, String model) throws Exception {
        pages.put(path, page);
        RouterIdentification found = identify();
        assertThat(found.best().map(Match::brand)).as("%s", found.seen()).contains(brand);
        assertThat(found.best().orElseThrow().certainty()).isEqualTo(Certainty.CERTAIN);
        assertThat(found.best().orElseThrow().model()).isEqualTo(model);
        assertThat(asked).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "NETGEAR DG834, netgear, DG834",
        "TP-LINK Wireless N Router WR841N, tplink-userrpm, Wireless N Router WR841N",
        "Linksys BEFSR41, linksys, Linksys BEFSR41",
        "WRT54G, linksys, WRT54G",
        "Linksys WRT160N, linksys, Linksys WRT160N",
        "DD-WRT, ddwrt, DD-WRT"
    })
    void a_login_s_realm_names_the_brand(String shown, String brand, String model) throws Exception {
        realm = shown;
        assertThat(identify().best().map(Match::brand)).contains(brand);
        assertThat(identify().best().map(Match::model)).contains(model);
    }

    @Test
    void a_sign_gives_no_driver_whose_own_fingerprints_do_not_show() throws Exception {
        realm = "Linksys E4200";
        assertThat(identify().best().map(Match::brand)).contains("linksys");
        assertThat(identify().driver()).isEmpty();
    }

    @Test
    void what_shows_more_goes_before_what_others_show_too() throws Exception {
        pages.put("/", "<a href=/cgi-bin/luci>LuCI</a>");
        assertThat(identify().best().map(Match::certainty)).contains(Certainty.LIKELY);
        assertThat(identify().driver()).isEmpty();
        pages.put("/api/unauthorized/status", "{\"device_model\":\"RUT241\",\"api_version\":\"1\"}");
        RouterIdentification found = identify();
        assertThat(found.matches()).extracting(Match::brand).containsExactly("teltonika", "openwrt");
    }

    private List<RouterBrand> brands(int port) throws IOException {
        List<RouterBrand> brands = new ArrayList<>(RouterBrand.all());
        RouterProfile shipped = (RouterProfile) RouterBrand.byId("fritzbox").orElseThrow();
        String yaml = shipped.yaml().replace("http: 49000", "http: " + port);
        RouterProfile moved =
                RouterProfile.read("fritzbox.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        brands.replaceAll(brand -> brand.id().equals("fritzbox") ? moved : brand);
        return brands;
    }

    @Test
    void a_fritzbox_is_spoken_to_at_another_port_than_its_pages() throws Exception {
        pages.put("/jason_boxinfo.xml", "<j:BoxInfo><j:Name>FRITZ!Box 7590</j:Name></j:BoxInfo>");
        try (FritzBox box = new FritzBox(FritzBox.Line.PPP, FritzBox.Rights.ITSELF)) {
            RouterIdentification found = RouterIdentifier.builder(url("http:"))
                    .brands(brands(box.uri().getPort()))
                    .build()
                    .identify(soon());
            assertThat(found.url()).isEqualTo(URI.create(url("http:") + "/"));
            assertThat(found.driverUrl()).isEqualTo(URI.create(box.uri() + "/"));
            assertThat(found.best().orElseThrow().model()).isEqualTo("FRITZ!Box 7590");
            assertThat(found.toString()).contains("spoken to at " + box.uri());
            assertThat(box.log()).containsExactly("GET /tr64desc.xml");
            RouterBrand driver = found.driver().orElseThrow();
            assertThat(WebRouter.builder(found.driverUrl(), driver)
                            .build()
                            .find(SearchScope.builder().build(), soon())
                            .providers())
                    .hasSize(1);
            assertThat(driver.standard(RouterUrl.parse("http://127.0.0.1").orElseThrow())
                            .base())
                    .isEqualTo(box.uri().toString());
        }
    }

    @Test
    void a_fritzbox_that_keeps_its_other_port_shut_is_told_with_it() throws Exception {
        pages.put("/", "<html><title>FRITZ!Box</title></html>");
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        RouterIdentification found = RouterIdentifier.builder(url("http:"))
                .brands(brands(closed))
                .build()
                .identify(soon());
        assertThat(found.driver()).isEmpty();
        assertThat(found.driverUrl()).isEqualTo(found.url());
        assertThat(found.best().orElseThrow().evidence()).contains("spoken to at http://127.0.0.1:" + closed);
    }

    @Test
    void a_brand_asked_at_the_port_of_its_pages_says_which_is_its_own() throws Exception {
        pages.put("/", "<html><title>FRITZ!Box</title></html>");
        assertThat(WebRouter.builder(url("http:"), RouterBrand.byId("fritzbox").orElseThrow())
                        .build()
                        .find(SearchScope.builder().build(), soon())
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("http://127.0.0.1:49000"));
    }

    @Test
    void two_that_fit_alike_are_not_decided() throws Exception {
        pages.put("/", "<title>UniFi OS</title><title>EdgeOS</title>");
        RouterIdentification found = identify();
        assertThat(found.ambiguous()).isTrue();
        assertThat(found.best()).isEmpty();
        assertThat(found.toString()).contains("unifi or edgeos");
    }

    @Test
    void a_login_page_of_an_unknown_brand_may_be_a_table_and_is_not_used_unasked() throws Exception {
        pages.put("/", "<title>Home Gateway</title><form><input type=password></form>");
        RouterIdentification found = identify();
        assertThat(found.best().map(Match::brand)).contains("table");
        assertThat(found.best().map(Match::model)).contains("Home Gateway");
        assertThat(found.driver()).isEmpty();
    }

    @Test
    void a_page_that_is_no_routers_is_no_match() throws Exception {
        pages.put("/", "<title>Printer</title>");
        RouterIdentification found = identify();
        assertThat(found.answered()).isTrue();
        assertThat(found.matches()).isEmpty();
        assertThat(found.seen()).anyMatch(line -> line.contains("GET / -> 200 'Printer'"));
    }

    @Test
    void https_is_tried_first_and_http_then() throws Exception {
        pages.put("/", "<title>EdgeOS</title>");
        RouterIdentification found = RouterIdentifier.builder(url("")).build().identify(soon());
        assertThat(found.best().map(Match::brand)).contains("edgeos");
        assertThat(found.url()).isEqualTo(URI.create(url("http:") + "/"));
    }

    @Test
    void another_host_is_not_asked() throws Exception {
        redirect = "http://127.0.0.2:9/";
        RouterIdentification found = identify();
        assertThat(found.matches()).isEmpty();
        assertThat(found.seen()).anyMatch(line -> line.contains("another host"));
    }

    @Test
    void nobody_there_is_no_error_and_is_asked_once() throws Exception {
        URI closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        RouterIdentification found = RouterIdentifier.builder(closed).build().identify(soon());
        assertThat(found.answered()).isFalse();
        assertThat(found.matches()).isEmpty();
        assertThat(found.seen()).hasSize(1);
    }

    @Test
    void another_tls_key_than_the_one_given_is_refused() throws Exception {
        try (SimulatedMilesight router = SimulatedMilesight.start(MilesightFlavour.UR_3_0_14)) {
            RouterIdentifier identifier =
                    RouterIdentifier.builder(router.uri()).pin("0".repeat(64)).build();
            assertThatThrownBy(() -> identifier.identify(soon()))
                    .isInstanceOf(NatTraversalException.class)
                    .hasMessageContaining("another TLS key");
            assertThat(router.requests()).isEmpty();
        }
    }

    @Test
    void a_router_that_never_answers_ends_at_the_deadline() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            RouterIdentification found = RouterIdentifier.builder(URI.create("//127.0.0.1:" + silent.getLocalPort()))
                    .build()
                    .identify(Deadline.after(Duration.ofMillis(300)));
            assertThat(found.answered()).isFalse();
        }
    }
}
