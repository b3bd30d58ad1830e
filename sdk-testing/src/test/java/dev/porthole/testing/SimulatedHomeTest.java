package dev.porthole.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Camera;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedHomeTest {
    private SimulatedHome home;
    private HomeCamera door;

    @BeforeEach
    void start() throws IOException {
        home = SimulatedHome.options().camera("front-door").camera("yard").start();
        door = home.camera("front-door");
    }

    @AfterEach
    void stop() {
        home.close();
    }

    private static InetSocketAddress outside(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(WanSpec.DEFAULT_EXTERNAL_ADDRESS), port);
    }

    private void map(int external, HomeCamera camera, int internal) throws IOException {
        Raw.SoapReply reply = Raw.add(home.gateway(), external, camera.address().getHostAddress(), internal, 3600);
        assertThat(reply.status()).isEqualTo(200);
    }

    private String page(int external) throws IOException {
        return Raw.get(home.route().apply(outside(external)), "/");
    }

    @Test
    void aMappedPortLeadsToItsCamera() throws IOException {
        map(21202, door, 80);

        assertThat(page(21202)).contains("<title>IP Camera</title>");
        assertThat(door.device().webRequests()).hasSize(1);
        assertThat(home.camera("yard").device().webRequests()).isEmpty();
    }

    @Test
    void aPortThatIsNotMappedRefusesConnections() {
        assertThatThrownBy(() -> page(21202)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aPortMappedToNobodyRefusesConnections() throws IOException {
        map(21202, door, 8080);

        assertThatThrownBy(() -> page(21202)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aStreamComesThroughTheGateway() throws IOException {
        map(23202, door, 554);
        try (Socket socket = Raw.connect(home.route().apply(outside(23202)))) {
            socket.getOutputStream()
                    .write("OPTIONS rtsp://203.0.113.7:23202/main RTSP/1.0\r\nCSeq: 1\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] start = socket.getInputStream().readNBytes(15);

            assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("RTSP/1.0 200 OK");
        }
    }

    @Test
    void releasingAMappingClosesThePortAndKeepsOpenConnections() throws IOException {
        map(23202, door, 554);
        InetSocketAddress entrance = home.route().apply(outside(23202));
        try (Socket open = Raw.connect(entrance)) {
            byte[] options = "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            open.getOutputStream().write(options);
            assertThat(open.getInputStream().read()).isEqualTo('R');

            Raw.delete(home.gateway(), 23202);

            assertThatThrownBy(() -> Raw.connect(home.route().apply(outside(23202))))
                    .isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> Raw.connect(entrance)).isInstanceOf(ConnectException.class);
            open.getOutputStream().write(options);
            assertThat(open.getInputStream().readNBytes(60)).hasSize(60);
        }
    }

    @Test
    void aMappingWhoseLeaseRanOutLeadsNowhere() throws IOException {
        map(21202, door, 80);
        home.gateway().advance(Duration.ofHours(1));

        assertThatThrownBy(() -> page(21202)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aPortThatIsMappedAnewLeadsToTheNewCamera() throws IOException {
        map(21202, door, 80);
        Raw.delete(home.gateway(), 21202);
        map(21202, home.camera("yard"), 80);

        page(21202);

        assertThat(door.device().webRequests()).isEmpty();
        assertThat(home.camera("yard").device().webRequests()).hasSize(1);
    }

    @Test
    void aMappingThatIsStoredDisabledLeadsNowhere() throws IOException {
        home.gateway().add(Quirk.STORES_DISABLED);
        map(21202, door, 80);

        assertThatThrownBy(() -> page(21202)).isInstanceOf(ConnectException.class);
    }

    @Test
    void theRouterMayAnswerInsteadOfTheCamera() throws IOException {
        map(8080, door, 80);
        home.routerAnswersOn(8080);

        assertThat(page(8080)).contains("<title>Simulated router - Login</title>");
    }

    @Test
    void aBrokenMappingIsHealedByDeletingAndAddingIt() throws IOException {
        map(21202, door, 80);
        home.breakMapping(21202);
        map(21202, door, 80);
        assertThat(home.gateway().mappings()).hasSize(1);
        assertThatThrownBy(() -> page(21202)).isInstanceOf(ConnectException.class);

        Raw.delete(home.gateway(), 21202);
        map(21202, door, 80);

        assertThat(page(21202)).contains("IP Camera");
    }

    @Test
    void camerasOfOneMakerAreToldApartByTheirRealm() throws IOException {
        CameraOptions axis = FakeCamera.options().look(CameraLook.AXIS);
        CameraOptions other = FakeCamera.options().look(CameraLook.AXIS);
        try (SimulatedHome two =
                SimulatedHome.options().camera("one", axis).camera("two", other).start()) {
            assertThat(two.camera("one").device().realm())
                    .isNotEqualTo(two.camera("two").device().realm());
        }
    }

    @Test
    void aBlockedPortNeverAnswers() throws IOException {
        map(554, door, 554);
        home.blockPort(554);
        try (Socket socket = new Socket()) {
            InetSocketAddress silent = home.route().apply(outside(554));
            assertThatThrownBy(() -> socket.connect(silent, 200)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aPrivateExternalAddressIsNotReachedFromOutside() throws IOException {
        map(21202, door, 80);
        home.gateway().wan().externalAddress("192.168.1.2");
        InetSocketAddress reported = new InetSocketAddress(InetAddress.getByName("192.168.1.2"), 21202);

        assertThatThrownBy(() -> Raw.get(home.route().apply(reported), "/")).isInstanceOf(ConnectException.class);
    }

    @Test
    void aCameraThatIsOffIsNotReached() throws IOException {
        map(21202, door, 80);
        InetSocketAddress entrance = home.route().apply(outside(21202));
        door.device().close();

        assertThatThrownBy(() -> page(21202)).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> assertThat(Raw.get(entrance, "/")).isNotEmpty())
                .isInstanceOfAny(SocketException.class, AssertionError.class);
    }

    @Test
    void camerasAreReachedOnTheirLanAddressesAndOtherAddressesAreLeftAlone() throws IOException {
        assertThat(Raw.get(home.route().apply(new InetSocketAddress(door.address(), 80)), "/"))
                .contains("IP Camera");
        assertThatThrownBy(() -> Raw.get(home.route().apply(new InetSocketAddress(door.address(), 81)), "/"))
                .isInstanceOf(ConnectException.class);
        InetSocketAddress other = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 80);
        assertThat(home.route().apply(other)).isEqualTo(other);
    }

    @Test
    void theSearchScopeLeadsToThisGatewayOnly() {
        assertThat(home.searchScope().multicast()).isFalse();
        assertThat(home.searchScope().gateways()).containsExactly(home.gateway().ssdpAddress());
    }

    @Test
    void camerasHaveAddressesAndPortsOfARealHome() {
        Camera camera = home.camera("yard").described().build();

        assertThat(camera.address().getHostAddress()).isEqualTo("192.168.69.111");
        assertThat(camera.services()).extracting(service -> service.port()).containsExactlyInAnyOrder(80, 554);
        assertThatThrownBy(() -> home.camera("cellar")).hasMessageContaining("front-door");
        assertThatThrownBy(() -> SimulatedHome.options().camera("one").camera("one"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoHomesDoNotDisturbEachOther() throws IOException {
        try (SimulatedHome other = SimulatedHome.start()) {
            map(21202, door, 80);
            Raw.add(other.gateway(), 21202, "192.168.69.110", 80, 3600);

            Raw.get(other.route().apply(outside(21202)), "/");

            assertThat(door.device().webRequests()).isEmpty();
            assertThat(other.camera("front-door").device().webRequests()).hasSize(1);
        }
    }
}
