package dev.porthole.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FakeGatewayTest {
    private static final String CAMERA = "192.168.69.110";

    static String search(InetSocketAddress gateway, String target) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(5_000);
            byte[] search =
                    ("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 2\r\nST: "
                                    + target + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(search, search.length, gateway));
            DatagramPacket reply = new DatagramPacket(new byte[4096], 4096);
            socket.receive(reply);
            return new String(reply.getData(), 0, reply.getLength(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void aSearchIsAnsweredWithTheLocationOfTheDescription() throws IOException {
        try (FakeGateway gateway = FakeGateway.start()) {
            String reply = search(gateway.ssdpAddress(), "urn:schemas-upnp-org:device:InternetGatewayDevice:1");

            assertThat(reply)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\nST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\n")
                    .contains("\r\nLOCATION: " + gateway.descriptionUrl() + "\r\n");
            assertThat(gateway.count(FakeGateway.SEARCH)).isEqualTo(1);
        }
    }

    @Test
    void aSearchForSomethingElseIsNotAnswered() throws IOException {
        try (FakeGateway gateway = FakeGateway.start()) {
            try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                byte[] printer = "M-SEARCH * HTTP/1.1\r\nST: urn:schemas-upnp-org:device:Printer:1\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
                socket.send(new DatagramPacket(printer, printer.length, gateway.ssdpAddress()));
                byte[] root = "M-SEARCH * HTTP/1.1\r\nST: upnp:rootdevice\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
                socket.send(new DatagramPacket(root, root.length, gateway.ssdpAddress()));
                socket.setSoTimeout(5_000);
                DatagramPacket first = new DatagramPacket(new byte[4096], 4096);
                socket.receive(first);

                assertThat(new String(first.getData(), 0, first.getLength(), StandardCharsets.US_ASCII))
                        .contains("ST: upnp:rootdevice");
            }
        }
    }

    @Test
    void aMappingIsListedReadBackAndDeleted() throws IOException {
        try (FakeGateway gateway = FakeGateway.start()) {
            assertThat(Raw.add(gateway, 8889, CAMERA, 554, 3600).status()).isEqualTo(200);

            assertThat(gateway.mappings()).singleElement().satisfies(entry -> {
                assertThat(entry.internalClient()).isEqualTo(CAMERA);
                assertThat(entry.internalPort()).isEqualTo(554);
                assertThat(entry.description()).isEqualTo("porthole:front-door:rtsp");
            });
            assertThat(Raw.specific(gateway, 8889).value("NewInternalClient")).isEqualTo(CAMERA);
            assertThat(Raw.generic(gateway, 0).value("NewExternalPort")).isEqualTo("8889");
            assertThat(Raw.generic(gateway, 1).error()).isEqualTo(713);

            assertThat(Raw.delete(gateway, 8889).status()).isEqualTo(200);
            assertThat(gateway.mappings()).isEmpty();
            assertThat(Raw.specific(gateway, 8889).error()).isEqualTo(714);
        }
    }

    @Test
    void requestsAreKeptWithTheirBytesActionAndArguments() throws IOException {
        try (FakeGateway gateway = FakeGateway.start()) {
            Raw.add(gateway, 8889, CAMERA, 554, 3600);

            assertThat(gateway.requests("AddPortMapping")).singleElement().satisfies(request -> {
                assertThat(request.arguments()).containsEntry("NewExternalPort", "8889");
                assertThat(request.header("soapaction").orElseThrow()).endsWith("#AddPortMapping\"");
                assertThat(new String(request.bytes(), StandardCharsets.UTF_8)).startsWith("POST /ctl/IPConn HTTP/1.1");
            });
            assertThat(gateway.counts()).containsOnly(java.util.Map.entry("AddPortMapping", 1));
            assertThat(gateway.connections()).isEqualTo(1);

            gateway.forgetRequests();
            assertThat(gateway.requests()).isEmpty();
        }
    }

    @Test
    void argumentsOfBrokenXmlAreNotUnderstood() throws IOException {
        try (FakeGateway gateway = FakeGateway.start()) {
            String broken = "<a><NewExternalPort>1</NewExternalPort>";
            String reply = Raw.exchange(
                    gateway.httpAddress(),
                    "POST /ctl/IPConn HTTP/1.1\r\nSOAPAction: \"x#DeletePortMapping\"\r\nContent-Length: "
                            + broken.length() + "\r\n\r\n" + broken);

            assertThat(Raw.parsed(reply).error()).isEqualTo(402);
        }
    }

    @Test
    void aLeaseRunsOutWhenTimePasses() throws IOException {
        try (FakeGateway gateway = FakeGateway.start()) {
            Raw.add(gateway, 8889, CAMERA, 554, 3600);

            gateway.advance(Duration.ofMinutes(59));
            assertThat(Raw.specific(gateway, 8889).value("NewLeaseDuration")).isBetween("50", "60");

            gateway.advance(Duration.ofMinutes(1));
            assertThat(gateway.mappings()).isEmpty();
        }
    }

    @Test
    void aRebootEmptiesTheTableAndRestartsTheUptime() throws IOException {
        try (FakeGateway gateway = FakeGateway.start()) {
            Raw.add(gateway, 8889, CAMERA, 554, 3600);
            gateway.advance(Duration.ofMinutes(10));
            assertThat(Raw.soap(gateway, "GetStatusInfo").value("NewUptime")).isEqualTo("600");

            gateway.reboot();

            assertThat(gateway.mappings()).isEmpty();
            assertThat(Raw.soap(gateway, "GetStatusInfo").value("NewUptime")).isEqualTo("0");
        }
    }

    @Test
    void theHttpPortMayChangeWithAReboot() throws IOException {
        try (FakeGateway gateway = FakeGateway.start()) {
            InetSocketAddress before = gateway.httpAddress();
            gateway.rebootOnAnotherPort();

            assertThat(gateway.httpAddress()).isNotEqualTo(before);
            assertThatThrownBy(() -> Raw.get(before, "/rootDesc.xml")).isInstanceOf(ConnectException.class);
            assertThat(search(gateway.ssdpAddress(), "upnp:rootdevice"))
                    .contains(gateway.descriptionUrl().toString());
        }
    }

    @Test
    void eachWanConnectionHasItsOwnControlUrlStateAndTable() throws IOException {
        try (FakeGateway gateway = FakeGateway.options()
                .igd(1)
                .wan(WanSpec.ppp().down(), WanSpec.ip(1).withControlUrl("/ctl?service=ip&id=1"))
                .start()) {
            FakeWan up = gateway.wans().get(1);
            Raw.soap(gateway, up, "AddPortMapping", Raw.addArguments(8889, CAMERA, 554, 0));

            assertThat(gateway.wan().mappings()).isEmpty();
            assertThat(up.mappings()).hasSize(1);
            assertThat(Raw.soap(gateway, "GetStatusInfo").value("NewConnectionStatus"))
                    .isEqualTo("Disconnected");
            assertThat(Raw.soap(gateway, up, "GetExternalIPAddress", java.util.Map.of())
                            .value("NewExternalIPAddress"))
                    .isEqualTo(WanSpec.DEFAULT_EXTERNAL_ADDRESS);
            assertThat(Raw.get(gateway.httpAddress(), "/rootDesc.xml"))
                    .contains("<controlURL>/ctl?service=ip&amp;id=1</controlURL>");
        }
    }

    @Test
    void aDescriptionOfARealRouterCanBeShown() throws IOException {
        String captured = "<root><URLBase>{base}</URLBase><device><serviceList><service>"
                + "<serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType>"
                + "<controlURL>/upnp/control/WANIPConn1</controlURL></service></serviceList></device></root>";
        try (FakeGateway gateway = FakeGateway.options()
                .descriptionPath("/gatedesc.xml")
                .description(captured)
                .start()) {
            assertThat(Raw.get(gateway.httpAddress(), "/gatedesc.xml"))
                    .contains(
                            "<URLBase>http://127.0.0.1:" + gateway.httpAddress().getPort() + "</URLBase>");
            assertThat(search(gateway.ssdpAddress(), "urn:schemas-upnp-org:service:WANIPConnection:1"))
                    .contains("/gatedesc.xml");
        }
    }

    @Test
    void aLongListKillsTheGatewayAsItKillsTheDaemon() throws IOException {
        try (FakeGateway gateway = FakeGateway.start()) {
            for (int port = 0; port < 150; port++) {
                gateway.addForeign(TableEntry.tcp(10_000 + port, CAMERA, 80, "x"));
            }
            String list = Raw.soapRequest(
                    "/ctl/IPConn",
                    gateway.wan().serviceType(),
                    "GetListOfPortMappings",
                    Raw.map(
                            "NewStartPort",
                            "0",
                            "NewEndPort",
                            "65535",
                            "NewProtocol",
                            "TCP",
                            "NewManage",
                            "1",
                            "NewNumberOfPorts",
                            "0"));

            assertThatThrownBy(() -> {
                        String reply = Raw.exchange(gateway.httpAddress(), list);
                        assertThat(reply).isEmpty();
                        throw new IOException("no bytes");
                    })
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> Raw.get(gateway.httpAddress(), "/rootDesc.xml"))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void requestsThatOverlapAreSeen() throws Exception {
        try (FakeGateway gateway = FakeGateway.start()) {
            gateway.faults().always(FaultScript.ANY_ACTION, Fault.slow(Duration.ofMillis(200)));
            ExecutorService two = Executors.newFixedThreadPool(2);
            Callable<Raw.SoapReply> call = () -> Raw.soap(gateway, "GetStatusInfo");
            for (Future<Raw.SoapReply> reply : two.invokeAll(java.util.List.of(call, call))) {
                assertThat(reply.get().status()).isEqualTo(200);
            }
            two.shutdown();

            assertThat(gateway.mostAtOnce()).isEqualTo(2);
        }
    }

    @Test
    void requestsOneAfterTheOtherDoNotOverlap() throws IOException {
        try (FakeGateway gateway = FakeGateway.start()) {
            for (int i = 0; i < 50; i++) {
                Raw.soap(gateway, "GetStatusInfo");
            }

            assertThat(gateway.mostAtOnce()).isEqualTo(1);
        }
    }

    @Test
    void connectionsAreKeptOpenWhereAskedFor() throws IOException {
        try (FakeGateway gateway = FakeGateway.options().keepAlive().start()) {
            String request = "GET /rootDesc.xml HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
            String last = request.replace("Host", "Connection: close\r\nHost");

            String replies = Raw.exchange(gateway.httpAddress(), request + last);

            assertThat(replies.split("HTTP/1.1 200 OK", -1)).hasSize(3);
            assertThat(gateway.connections()).isEqualTo(1);
        }
    }

    @Test
    void aRequestToAHostNameIsNotAnswered() throws IOException {
        try (FakeGateway gateway = FakeGateway.start()) {
            String named = "GET /rootDesc.xml HTTP/1.1\r\nHost: router.example:5000\r\n\r\n";

            assertThat(Raw.exchange(gateway.httpAddress(), named)).startsWith("HTTP/1.1 404");
            assertThat(Raw.exchange(gateway.httpAddress(), named.replace("router.example", "[::1]")))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @RepeatedTest(50)
    void aClosedGatewayRefusesConnectionsAtOnce() throws IOException {
        FakeGateway gateway = FakeGateway.start();
        InetSocketAddress address = gateway.httpAddress();
        gateway.close();

        assertThatThrownBy(() -> Raw.connect(address)).isInstanceOf(ConnectException.class);
    }

    @Test
    void theLinkIsUp() throws IOException {
        try (FakeGateway gateway = FakeGateway.start()) {
            assertThat(Raw.soap(gateway, "GetCommonLinkProperties").value("NewPhysicalLinkStatus"))
                    .isEqualTo("Up");
            assertThat(Raw.soap(gateway, "GetTotalBytesSent").value("NewTotalBytesSent"))
                    .isEqualTo("0");
        }
    }

    @Test
    void theGatewaysOwnPageIsThereWhereAskedFor() throws IOException {
        try (FakeGateway with =
                        FakeGateway.options().page(RouterPage.of("Acme")).start();
                FakeGateway without = FakeGateway.start()) {
            assertThat(Raw.get(with.httpAddress(), "/")).contains("<title>Acme - Login</title>");
            assertThat(Raw.get(without.httpAddress(), "/")).startsWith("HTTP/1.1 404");
        }
    }
}
