package dev.porthole.testing;

import static dev.porthole.testing.FakeGatewayTest.search;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each quirk does what its name says, and only after it was added. */
class QuirkTest {
    private static final String CAMERA = "192.168.69.110";
    private static final String NEIGHBOUR = "192.168.69.111";
    private static final String IGD = "urn:schemas-upnp-org:device:InternetGatewayDevice:1";
    private static final Map<Quirk, Check> CHECKS = new EnumMap<>(Quirk.class);

    @FunctionalInterface
    private interface Check {
        void check(FakeGateway gateway) throws IOException;
    }

    private static void refuses(Quirk quirk, int code, int external, int internal, long lease) {
        CHECKS.put(quirk, g -> {
            assertThat(Raw.add(g, external, CAMERA, internal, lease).error()).isEqualTo(code);
            assertThat(g.mappings()).isEmpty();
            g.remove(quirk);
            assertThat(Raw.add(g, external, CAMERA, internal, lease).status()).isEqualTo(200);
        });
    }

    /** What the table holds after a request for 8889 → camera:554 with a lease of an hour. */
    private static void stores(Quirk quirk, org.assertj.core.api.ThrowingConsumer<TableEntry> check) {
        CHECKS.put(quirk, g -> {
            assertThat(Raw.add(g, 8889, CAMERA, 554, 3600).status()).isEqualTo(200);
            assertThat(g.mappings()).singleElement().satisfies(check);
        });
    }

    private static void inDescription(Quirk quirk, String regex) {
        CHECKS.put(
                quirk,
                g -> assertThat(Raw.get(g.httpAddress(), "/rootDesc.xml")).matches("(?s).*" + regex + ".*"));
    }

    private static void inSearchReply(Quirk quirk, String regex) {
        CHECKS.put(quirk, g -> assertThat(search(g.ssdpAddress(), IGD)).matches("(?s).*" + regex + ".*"));
    }

    private static void inReply(Quirk quirk, String regex) {
        CHECKS.put(
                quirk,
                g -> assertThat(Raw.exchange(g.httpAddress(), soap("GetStatusInfo")))
                        .matches("(?s).*" + regex + ".*"));
    }

    private static String soap(String action) {
        return Raw.soapRequest("/ctl/IPConn", "urn:schemas-upnp-org:service:WANIPConnection:2", action, Map.of());
    }

    private static void inFault(Quirk quirk, String regex) {
        CHECKS.put(
                quirk,
                g -> assertThat(Raw.exchange(g.httpAddress(), soap("Nothing"))).matches("(?s).*" + regex + ".*"));
    }

    private static void objectsTo(Quirk quirk, String find, String replace) {
        CHECKS.put(quirk, g -> {
            String fine = Raw.soapRequest(
                    "/ctl/IPConn",
                    "urn:schemas-upnp-org:service:WANIPConnection:2",
                    "AddPortMapping",
                    Raw.addArguments(8889, CAMERA, 554, 3600));
            assertThat(Raw.parsed(Raw.exchange(g.httpAddress(), fine)).status()).isEqualTo(200);
            String odd = fine.replace(find, replace);
            assertThat(odd).isNotEqualTo(fine);
            assertThat(Raw.parsed(Raw.exchange(g.httpAddress(), odd)).status()).isGreaterThanOrEqualTo(400);
        });
    }

    static {
        CHECKS.put(Quirk.SECURE_MODE, secureMode(718, 606, 606));
        CHECKS.put(Quirk.SECURE_MODE_IGD1, secureMode(718, 718, 714));
        CHECKS.put(Quirk.SECURE_MODE_IGD2, secureMode(606, 606, 606));
        refuses(Quirk.NOT_AUTHORIZED, 606, 8889, 554, 3600);
        refuses(Quirk.ONLY_HIGH_EXTERNAL_PORTS, 606, 554, 554, 3600);
        refuses(Quirk.ONLY_HIGH_PORTS, 606, 8889, 554, 3600);
        refuses(Quirk.ACTION_FAILED, 501, 8889, 554, 3600);
        refuses(Quirk.UNDOCUMENTED_ERROR, -911, 8889, 554, 3600);
        refuses(Quirk.ONLY_PERMANENT_LEASES, 725, 8889, 554, 3600);
        refuses(Quirk.LEASE_IS_INVALID, 402, 8889, 554, 3600);
        refuses(Quirk.LEASE_ZERO_IS_INVALID, 402, 8889, 554, 0);
        refuses(Quirk.SAME_PORT_REQUIRED, 724, 8889, 554, 3600);
        refuses(Quirk.REMOTE_HOST_REQUIRED, 715, 8889, 554, 3600);
        CHECKS.put(Quirk.REMOTE_HOST_WILDCARD_ONLY, g -> {
            Map<String, String> arguments = Raw.addArguments(8889, CAMERA, 554, 0);
            arguments.put("NewRemoteHost", "198.51.100.9");
            assertThat(Raw.soap(g, g.wan(), "AddPortMapping", arguments).error())
                    .isEqualTo(726);
        });

        stores(Quirk.FORCED_LEASE, entry -> assertThat(entry.lease()).hasHours(23));
        CHECKS.put(Quirk.LEASE_OF_AN_HOUR_AT_MOST, g -> {
            Raw.add(g, 8889, CAMERA, 554, 86_400);
            assertThat(Raw.specific(g, 8889).value("NewLeaseDuration")).isEqualTo("3600");
        });
        CHECKS.put(Quirk.REFRESH_DOES_NOT_EXTEND, g -> {
            Raw.add(g, 8889, CAMERA, 554, 3600);
            g.advance(java.time.Duration.ofMinutes(50));
            assertThat(Raw.add(g, 8889, CAMERA, 554, 3600).status()).isEqualTo(200);
            assertThat(g.mappings().get(0).lease()).isLessThanOrEqualTo(java.time.Duration.ofMinutes(10));
        });
        CHECKS.put(Quirk.PERMANENT_LEASES, g -> {
            Raw.add(g, 8889, CAMERA, 554, 0);
            assertThat(g.mappings().get(0).lease()).isZero();
        });
        CHECKS.put(Quirk.FORGETS_BEYOND_32, g -> {
            fill(g);
            assertThat(Raw.add(g, 8889, CAMERA, 554, 3600).status()).isEqualTo(200);
            assertThat(Raw.specific(g, 8889).error()).isEqualTo(714);
        });
        CHECKS.put(Quirk.TABLE_OF_32, g -> {
            fill(g);
            assertThat(Raw.add(g, 8889, CAMERA, 554, 3600).error()).isEqualTo(728);
        });
        CHECKS.put(Quirk.STORES_NOTHING, g -> {
            assertThat(Raw.add(g, 8889, CAMERA, 554, 3600).status()).isEqualTo(200);
            assertThat(g.mappings()).isEmpty();
        });
        stores(Quirk.STORES_DISABLED, entry -> assertThat(entry.enabled()).isFalse());
        stores(
                Quirk.STORES_ANOTHER_INTERNAL_PORT,
                entry -> assertThat(entry.internalPort()).isNotEqualTo(554));
        stores(
                Quirk.STORES_ANOTHER_EXTERNAL_PORT,
                entry -> assertThat(entry.externalPort()).isNotEqualTo(8889));
        stores(
                Quirk.FORGETS_DESCRIPTION,
                entry -> assertThat(entry.description()).isEmpty());
        stores(
                Quirk.CHANGES_DESCRIPTION,
                entry -> assertThat(entry.description()).isEqualTo("porthole:front:door:rtsp"));
        CHECKS.put(Quirk.REPLACES_CONFLICTS, conflict(200, CAMERA));
        CHECKS.put(Quirk.IGNORES_CONFLICTS, conflict(200, NEIGHBOUR));
        CHECKS.put(Quirk.CONFLICT_IS_501, conflict(501, NEIGHBOUR));
        CHECKS.put(Quirk.CONFLICT_IS_729, conflict(729, NEIGHBOUR));
        CHECKS.put(
                Quirk.DELETE_OF_ABSENT_IS_714,
                g -> assertThat(Raw.delete(g, 8889).error()).isEqualTo(714));

        CHECKS.put(
                Quirk.LIST_ENDS_WITH_501,
                g -> assertThat(Raw.generic(g, 0).error()).isEqualTo(501));
        CHECKS.put(
                Quirk.LIST_ENDS_WITH_714,
                g -> assertThat(Raw.generic(g, 0).error()).isEqualTo(714));
        listed(Quirk.ENDLESS_LIST, 1000, "NewExternalPort", "8889");
        listed(Quirk.PLACEHOLDERS, 0, "NewExternalPort", "0");
        listed(Quirk.NAMES_INSTEAD_OF_ADDRESSES, 0, "NewInternalClient", "host-192-168-69-111");
        CHECKS.put(Quirk.GARBAGE_AFTER_LONG_DESCRIPTION, g -> {
            g.addForeign(TableEntry.tcp(8889, NEIGHBOUR, 80, "x".repeat(64)));
            assertThat(Raw.generic(g, 0).body()).contains("x".repeat(64) + "\uFFFDO\uFFFD\uFFFDU\u0001</New");
        });
        listed(Quirk.LOWER_CASE_PROTOCOL, 0, "NewProtocol", "tcp");
        listed(Quirk.SHOWS_REMOTE_HOST, 0, "NewRemoteHost", "198.51.100.9");
        CHECKS.put(
                Quirk.NO_SPECIFIC_ENTRY,
                g -> assertThat(Raw.specific(g, 8889).error()).isEqualTo(401));
        CHECKS.put(Quirk.NO_LISTING, g -> assertThat(Raw.generic(g, 0).error()).isEqualTo(401));
        CHECKS.put(Quirk.NO_ADD_ANY, g -> {
            assertThat(Raw.soap(g, "AddAnyPortMapping").error()).isEqualTo(401);
            assertThat(Raw.get(g.httpAddress(), "/WANIPCn.xml"))
                    .contains("AddPortMapping")
                    .doesNotContain("AddAnyPortMapping");
        });

        inReply(Quirk.CHUNKED, "\r\nTransfer-Encoding: chunked\r\n.*\r\n0\r\n\r\n");
        inReply(Quirk.EXTRA_BYTES, "</s:Envelope>\r\n\r\n\0\0");
        inReply(Quirk.NO_CONTENT_LENGTH, "^((?!Content-Length).)*");
        CHECKS.put(Quirk.CONTENT_LENGTH_SHORT, contentLength(-1));
        CHECKS.put(Quirk.CONTENT_LENGTH_LONG, contentLength(100));
        objectsTo(Quirk.SOAPACTION_CASE, "SOAPAction:", "Soapaction:");
        objectsTo(Quirk.SOAPACTION_QUOTED, "#AddPortMapping\"", "#AddPortMapping");
        CHECKS.put(Quirk.STRICT_CONTROL, g -> {
            String right = soap("GetStatusInfo");
            assertThat(Raw.exchange(g.httpAddress(), right)).startsWith("HTTP/1.1 200");
            assertThat(Raw.exchange(g.httpAddress(), right.replace("/ctl/IPConn", "/ctl")))
                    .startsWith("HTTP/1.1 404");
            String type = right.replace("WANIPConnection:2", "WANIPConnection:1");
            assertThat(Raw.parsed(Raw.exchange(g.httpAddress(), type)).error()).isEqualTo(401);
        });
        objectsTo(Quirk.PREFIXES_REQUIRED, "u:AddPortMapping", "unAddPortMapping");
        objectsTo(Quirk.COMPACT_XML, "</NewProtocol>", "</NewProtocol>\n");
        objectsTo(Quirk.UPPER_CASE_PROTOCOL, ">TCP<", ">tcp<");

        inFault(Quirk.FAULT_WITH_STATUS_200, "^HTTP/1.1 200 OK.*<errorCode>401<.*");
        inFault(Quirk.FAULT_CAPITALS, "<faultCode>");
        inFault(Quirk.NO_NAMESPACES, "<Envelope><Body><Fault>");
        inFault(Quirk.FAULT_TRUNCATED, "<errorCode>401</errorCode><err$");

        inSearchReply(Quirk.SSDP_LOWER_CASE, "\r\nlocation: http://");
        inSearchReply(Quirk.SSDP_ST_IN_ANOTHER_FIELD, "X-Note: ST: upnp:rootdevice\r\nST: " + IGD);
        inSearchReply(Quirk.LOCATION_ON_ANOTHER_HOST, "LOCATION: http://192.0.2.1");
        inSearchReply(Quirk.LOCATION_ON_LOOPBACK_V6, "LOCATION: http://\\[::1\\]");
        inSearchReply(Quirk.LOCATION_IS_A_FILE, "LOCATION: file:");
        inSearchReply(Quirk.SSDP_GARBAGE_FIRST, "garbage");
        CHECKS.put(
                Quirk.SSDP_ALL_SHOWS_WFA_ONLY,
                g -> assertThat(search(g.ssdpAddress(), "ssdp:all")).contains("WFADevice"));
        CHECKS.put(Quirk.SSDP_TWICE, g -> assertThat(repliesUntilProbe(g, 3)).isEqualTo(2));
        CHECKS.put(Quirk.SSDP_SILENT, g -> {
            try (DatagramSocket socket = ask(g, IGD)) {
                socket.setSoTimeout(150);
                assertThatThrownBy(() -> receive(socket)).isInstanceOf(SocketTimeoutException.class);
                assertThat(g.count(FakeGateway.SEARCH)).isEqualTo(1);
            }
        });
        CHECKS.put(Quirk.SSDP_FROM_OTHER_PORT, g -> {
            try (DatagramSocket socket = ask(g, IGD)) {
                assertThat(receive(socket).port).isNotEqualTo(g.ssdpAddress().getPort());
            }
        });
        CHECKS.put(
                Quirk.DSLFORUM_NAMES,
                g -> assertThat(search(g.ssdpAddress(), "urn:dslforum-org:device:InternetGatewayDevice:1"))
                        .contains("ST: urn:dslforum-org:"));
        inDescription(Quirk.COMMON_CONFIG_LAST, "WANIPConnection:2.*WANCommonInterfaceConfig:1");
        inDescription(Quirk.PADDED_DESCRIPTION, "<controlURL>\\s+/ctl/IPConn\\s+</controlURL>");
        inDescription(Quirk.NO_WAN_SERVICE, "^((?!WANIPConnection:).)*");
    }

    private static Check secureMode(int add, int addAny, int delete) {
        return g -> {
            assertThat(Raw.add(g, 8889, CAMERA, 554, 3600).error()).isEqualTo(add);
            Map<String, String> any = Raw.addArguments(8889, CAMERA, 554, 3600);
            assertThat(Raw.soap(g, g.wan(), "AddAnyPortMapping", any).error()).isEqualTo(addAny);
            assertThat(Raw.add(g, 8889, "127.0.0.1", 554, 3600).status()).isEqualTo(200);
            g.addForeign(TableEntry.tcp(9000, CAMERA, 80, "x"));
            assertThat(Raw.delete(g, 9000).error()).isEqualTo(delete);
            assertThat(Raw.delete(g, 8889).status()).isEqualTo(200);
        };
    }

    private static void fill(FakeGateway g) {
        for (int i = 0; i < 32; i++) {
            g.addForeign(TableEntry.tcp(10_000 + i, NEIGHBOUR, 80, "x"));
        }
    }

    private static Check conflict(int answer, String winner) {
        return g -> {
            g.addForeign(TableEntry.tcp(8889, NEIGHBOUR, 80, "x"));
            Raw.SoapReply reply = Raw.add(g, 8889, CAMERA, 554, 3600);
            assertThat(reply.error() == 0 ? reply.status() : reply.error()).isEqualTo(answer);
            assertThat(g.mappings().get(0).internalClient()).isEqualTo(winner);
        };
    }

    private static void listed(Quirk quirk, int index, String element, String value) {
        CHECKS.put(quirk, g -> {
            g.addForeign(TableEntry.tcp(8889, NEIGHBOUR, 80, "x").withRemoteHost("198.51.100.9"));
            assertThat(Raw.generic(g, index).value(element)).isEqualTo(value);
        });
    }

    private static Check contentLength(int difference) {
        return g -> {
            String[] parts = Raw.get(g.httpAddress(), "/rootDesc.xml").split("\r\n\r\n", 2);
            int said = Integer.parseInt(parts[0].replaceFirst("(?s).*Content-Length: ([0-9]+).*", "$1"));
            assertThat(said - parts[1].getBytes(StandardCharsets.UTF_8).length).isEqualTo(difference);
        };
    }

    private record Datagram(String text, int port) {}

    private static DatagramSocket ask(FakeGateway g, String target) throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(5_000);
        ask(socket, g, target);
        return socket;
    }

    private static void ask(DatagramSocket socket, FakeGateway g, String target) throws IOException {
        byte[] search = ("M-SEARCH * HTTP/1.1\r\nST: " + target + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        socket.send(new DatagramPacket(search, search.length, g.ssdpAddress()));
    }

    private static Datagram receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        socket.receive(packet);
        return new Datagram(
                new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII), packet.getPort());
    }

    /** How many replies to a search come before the first one to a later search. */
    private static int repliesUntilProbe(FakeGateway g, int most) throws IOException {
        try (DatagramSocket socket = ask(g, IGD)) {
            ask(socket, g, "upnp:rootdevice");
            int replies = 0;
            while (replies < most && receive(socket).text.contains("ST: " + IGD)) {
                replies++;
            }
            return replies;
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ONE_REQUEST_PER_CONNECTION", mode = EnumSource.Mode.EXCLUDE)
    void aQuirkDoesWhatItsNameSays(Quirk quirk) throws IOException {
        assertThat(CHECKS).containsKey(quirk);
        try (FakeGateway gateway = FakeGateway.start()) {
            gateway.add(quirk);
            CHECKS.get(quirk).check(gateway);
        }
    }

    @Test
    void aConnectionIsGoodForOneRequestWhereTheQuirkSaysSo() throws IOException {
        try (FakeGateway gateway = FakeGateway.options()
                .keepAlive()
                .quirks(Quirk.ONE_REQUEST_PER_CONNECTION)
                .start()) {
            String get = "GET /rootDesc.xml HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
            String close = get.replace("Host", "Connection: close\r\nHost");

            assertThat(Raw.exchange(gateway.httpAddress(), get + close))
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("HTTP/1.1 405 Method Not Allowed");
        }
    }

    @Test
    void addAnyPortMappingGoesPastPortsThatTheRouterUsesAndOnesThatAreHeld() throws IOException {
        try (FakeGateway gateway = FakeGateway.options().routerPorts(8889, 8890).start()) {
            gateway.addForeign(TableEntry.tcp(8888, NEIGHBOUR, 80, "x"));
            assertThat(Raw.add(gateway, 8889, CAMERA, 554, 3600).error()).isEqualTo(729);

            Raw.SoapReply reply =
                    Raw.soap(gateway, gateway.wan(), "AddAnyPortMapping", Raw.addArguments(8889, CAMERA, 554, 3600));

            assertThat(reply.value("NewReservedPort")).isEqualTo("8891");
        }
    }

    @Test
    void aGatewayWithoutAnExternalAddressAddsNothing() throws IOException {
        try (FakeGateway gateway = FakeGateway.start()) {
            gateway.wan().externalAddress("");

            assertThat(Raw.soap(gateway, "GetExternalIPAddress").status()).isEqualTo(200);
            assertThat(Raw.add(gateway, 8889, CAMERA, 554, 3600).error()).isEqualTo(501);
        }
    }
}
