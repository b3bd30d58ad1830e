package dev.porthole.verify;

import static dev.porthole.verify.Tries.codes;
import static dev.porthole.verify.Tries.hairpin;
import static dev.porthole.verify.Tries.here;
import static dev.porthole.verify.Tries.http;
import static dev.porthole.verify.Tries.withViewer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Deadline;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import dev.porthole.reach.Verdict.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProbeTest {
    private static final String LOGIN_FORM = "<form><input name=u><input name=p type=\"password\"></form>";
    private static final InetAddress CAMERA = address(192, 168, 69, 110);
    private static final InetAddress ROUTER = address(192, 168, 69, 1);
    private static final InetAddress OUTSIDE = address(203, 0, 113, 7);

    private static InetAddress address(int... bytes) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]});
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static String page(String headers, String title, String body) {
        String html = "<html><head><title>" + title + "</title></head><body>" + body + "</body></html>";
        return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + html.length() + "\r\n\r\n" + html;
    }

    private static String loginPage(String title) {
        return page("Server: lighttpd/1.4.35\r\n", title, LOGIN_FORM);
    }

    private static final String DIGEST =
            "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"IP Camera(C1214)\","
                    + " nonce=\"1\", qop=\"auth\"\r\nContent-Length: 0\r\n\r\n";

    /** A home whose external port leads to one peer, with another peer as camera and a third as router. */
    private static Verdict atHome(Peer outside, Optional<Peer> camera, Optional<Peer> router, Vantage vantage)
            throws InterruptedException {
        int dead = Peer.deadPort();
        Map<InetSocketAddress, InetSocketAddress> ways = Map.of(
                new InetSocketAddress(OUTSIDE, 8888), outside.address(),
                new InetSocketAddress(CAMERA, 80), camera.map(Peer::address).orElse(loopback(dead)),
                new InetSocketAddress(ROUTER, 80), router.map(Peer::address).orElse(loopback(dead)));
        CameraVerifier verifier = CameraVerifier.builder()
                .route(asked -> ways.getOrDefault(asked, asked))
                .build();
        Target target = withViewer(Target.at(Target.Scheme.HTTP, OUTSIDE, 8888))
                .internal(new InternalEndpoint(CAMERA, 80))
                .gateway(ROUTER)
                .build();
        return verifier.verify(target, vantage, Deadline.after(Tries.AMPLE));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    void aLoginPageThatNamesACameraIsReachable() throws Exception {
        try (Peer camera = Peer.web(request -> loginPage("front-door - Network Camera"))) {
            Verdict verdict = here(http(camera.port()));
            assertThat(verdict.status()).isEqualTo(Status.REACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.PAGE);
            assertThat(verdict.times()).containsOnlyKeys(Stage.CONNECT, Stage.PROTOCOL, Stage.AUTH, Stage.PAGE);
            assertThat(List.copyOf(verdict.times().values())).isSorted();
            assertThat(verdict.evidence())
                    .containsEntry("status", "200")
                    .containsEntry("server", "lighttpd/1.4.35")
                    .containsEntry("title", "front-door - Network Camera")
                    .containsEntry("identity", "A_CAMERA")
                    .containsEntry("page", "login page");
            assertThat(verdict.findings()).isEmpty();
            assertThat(camera.requests().get(0).headers()).containsKeys("User-Agent", "Host");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Hikvision, Server: App-webs/, index, '<script>location.href=\"/doc/page/login.asp\"</script>'",
        "Milesight, X-A: b, Milesight Network Camera, ''",
        "Dahua, X-A: b, WEB SERVICE, ''",
        "TVT, Server: Cross Web Server, '', ''"
    })
    void brandsAreKnownByTheirTraits(String brand, String header, String title, String body) throws Exception {
        try (Peer camera = Peer.web(request -> page(header + "\r\n", title, body))) {
            Verdict verdict = here(http(camera.port()));
            assertThat(verdict.status()).isEqualTo(Status.REACHABLE);
            assertThat(verdict.evidence().get("identifiedBy")).contains(brand);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Home Router - Administration",
                "FRITZ!Box",
                "NETGEAR R7000",
                "Internet Gateway",
                "OpenWrt - LuCI"
            })
    void aRoutersOwnPageIsTheWrongDevice(String title) throws Exception {
        try (Peer router = Peer.web(request -> loginPage(title))) {
            Verdict verdict = here(withViewer(http(router.port())));
            assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.PAGE);
            assertThat(codes(verdict)).containsExactly(FindingCode.WRONG_DEVICE);
            Verdict fromInside = hairpin(http(router.port()));
            assertThat(fromInside.status()).isEqualTo(Status.INCONCLUSIVE);
            assertThat(codes(fromInside)).containsExactly(FindingCode.WRONG_DEVICE, FindingCode.NO_HAIRPIN);
        }
    }

    @Test
    void aDigestLoginIsMade() throws Exception {
        try (Peer camera =
                Peer.web(request -> request.authorization().startsWith("Digest ") ? page("", "Live", "") : DIGEST)) {
            Verdict verdict = here(withViewer(http(camera.port())));
            assertThat(verdict.status()).isEqualTo(Status.REACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.PAGE);
            assertThat(verdict.evidence()).containsEntry("login", "digest MD5").containsEntry("status", "200");

            Verdict without = here(http(camera.port()));
            assertThat(without.status()).isEqualTo(Status.REACHABLE);
            assertThat(without.stage()).isEqualTo(Stage.AUTH);
            assertThat(codes(without)).startsWith(FindingCode.AUTH_REQUIRED);
        }
    }

    @Test
    void aRefusedAccountIsTriedOnce() throws Exception {
        try (Peer camera = Peer.web(request -> DIGEST)) {
            Verdict verdict = here(withViewer(http(camera.port())));
            assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(codes(verdict)).startsWith(FindingCode.AUTH_FAILED);
            assertThat(camera.requests()).hasSize(2);
        }
    }

    @Test
    void theAccountIsNotSentToARouter() throws Exception {
        String basic = "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"TP-LINK Wireless N Router WR841N\"\r\n"
                + "Content-Length: 0\r\n\r\n";
        try (Peer router = Peer.web(request -> basic)) {
            Verdict verdict = here(withViewer(http(router.port())));
            assertThat(codes(verdict)).startsWith(FindingCode.WRONG_DEVICE);
            assertThat(router.requests())
                    .allMatch(request -> request.authorization().isEmpty());
        }
    }

    @Test
    void redirectsToTheCamerasOwnLoginPageAreFollowed() throws Exception {
        try (Peer camera = Peer.web(request -> request.line().startsWith("GET / ")
                ? "HTTP/1.1 302 Found\r\nLocation: /doc/page/login.asp\r\nContent-Length: 0\r\n\r\n"
                : loginPage("login"))) {
            Verdict verdict = here(http(camera.port()));
            assertThat(verdict.stage()).isEqualTo(Stage.PAGE);
            assertThat(verdict.evidence()).containsEntry("path", "/doc/page/login.asp");
        }
    }

    @Test
    void redirectsElsewhereAreEvidence() throws Exception {
        try (Peer camera = Peer.web(request ->
                "HTTP/1.1 302 Found\r\nLocation: https://portal.example/login?t=1\r\nContent-Length: 0\r\n\r\n")) {
            Verdict verdict = here(http(camera.port()));
            assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
            assertThat(codes(verdict)).containsExactly(FindingCode.DEVICE_NOT_RECOGNISED);
            assertThat(verdict.evidence()).containsEntry("redirect", "https://portal.example/login?t=1");
        }
    }

    @Test
    void thePageSeenOnTheLanIdentifiesTheCamera() throws Exception {
        try (Peer camera = Peer.web(request ->
                        page("Date: " + System.nanoTime() + "\r\n", "Kitchen", LOGIN_FORM + System.nanoTime()));
                Peer router = Peer.web(request -> loginPage("Home Router"))) {
            for (Vantage vantage : new Vantage[] {Vantage.HERE, Vantage.HAIRPIN}) {
                Verdict verdict = atHome(camera, Optional.of(camera), Optional.of(router), vantage);
                assertThat(verdict.status()).isEqualTo(Status.REACHABLE);
                assertThat(verdict.evidence())
                        .containsEntry("identity", "THIS_CAMERA")
                        .containsEntry("identifiedBy", "the same title as on the LAN at 192.168.69.110:80");
            }
        }
    }

    @Test
    void theRoutersOwnPageIsKnownByComparison() throws Exception {
        try (Peer camera = Peer.web(request -> loginPage("Kitchen"));
                Peer router = Peer.web(request -> loginPage("Willkommen"))) {
            Verdict verdict = atHome(router, Optional.of(camera), Optional.of(router), Vantage.HERE);
            assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(codes(verdict)).containsExactly(FindingCode.WRONG_DEVICE);
            assertThat(verdict.evidence()).containsEntry("identity", "ROUTER");
            Verdict fromInside = atHome(router, Optional.of(camera), Optional.of(router), Vantage.HAIRPIN);
            assertThat(fromInside.status()).isEqualTo(Status.INCONCLUSIVE);
            assertThat(codes(fromInside)).containsExactly(FindingCode.WRONG_DEVICE, FindingCode.NO_HAIRPIN);
        }
    }

    @Test
    void aNeighboursCameraIsTheWrongDevice() throws Exception {
        try (Peer camera = Peer.web(request -> loginPage("Kitchen - Network Camera"));
                Peer neighbour = Peer.web(request -> loginPage("Garage - Network Camera"))) {
            Verdict verdict = atHome(neighbour, Optional.of(camera), Optional.empty(), Vantage.HERE);
            assertThat(codes(verdict)).containsExactly(FindingCode.WRONG_DEVICE);
            assertThat(verdict.evidence()).containsEntry("identity", "ANOTHER_DEVICE");
            assertThat(neighbour.requests())
                    .allMatch(request -> request.authorization().isEmpty());
        }
    }

    @Test
    void somethingThatAnswersForASilentCameraIsNotTheCamera() throws Exception {
        try (Peer other = Peer.web(request -> loginPage("Login"))) {
            Verdict verdict = atHome(other, Optional.empty(), Optional.empty(), Vantage.HERE);
            assertThat(codes(verdict)).containsExactly(FindingCode.CAMERA_DOWN, FindingCode.WRONG_DEVICE);
        }
    }

    @Test
    void aClosedPortIsNotReachable() throws Exception {
        Verdict verdict = here(http(Peer.deadPort()));
        assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
        assertThat(verdict.stage()).isEqualTo(Stage.CONNECT);
        assertThat(codes(verdict)).containsExactly(FindingCode.NOT_REACHABLE);
        Verdict fromInside = hairpin(http(Peer.deadPort()));
        assertThat(fromInside.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(codes(fromInside)).containsExactly(FindingCode.NO_HAIRPIN);
    }

    @Test
    void whatDoesNotSpeakHttpIsSaid() throws Exception {
        try (Peer stream = Peer.web(request -> "RTSP/1.0 400 Bad Request\r\n\r\n")) {
            Verdict verdict = here(http(stream.port()));
            assertThat(verdict.stage()).isEqualTo(Stage.PROTOCOL);
            assertThat(codes(verdict)).containsExactly(FindingCode.MALFORMED_REPLY);
        }
    }

    @Test
    void fromAHairpinAnUnknownPageProvesNothing() throws Exception {
        try (Peer unknown = Peer.web(request -> loginPage("Login"))) {
            Verdict verdict = hairpin(http(unknown.port()));
            assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
            assertThat(codes(verdict)).containsExactly(FindingCode.NO_HAIRPIN);
        }
    }

    @Test
    void aPageByWhichNothingCanBeToldProvesNothing() throws Exception {
        try (Peer unknown = Peer.web(request -> page("", "It works!", "<h1>It works!</h1>"))) {
            Verdict verdict = here(http(unknown.port()));
            assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
            assertThat(verdict.stage()).isEqualTo(Stage.PAGE);
            assertThat(codes(verdict)).containsExactly(FindingCode.DEVICE_NOT_RECOGNISED);
        }
    }

    @Test
    void anErrorOfTheServerIsNoPage() throws Exception {
        try (Peer broken = Peer.web(request -> "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")) {
            Verdict verdict = here(http(broken.port()));
            assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
            assertThat(verdict.stage()).isEqualTo(Stage.PAGE);
        }
    }
}
