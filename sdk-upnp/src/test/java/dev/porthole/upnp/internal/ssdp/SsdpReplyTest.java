package dev.porthole.upnp.internal.ssdp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SsdpReplyTest {
    private static final InetSocketAddress SOURCE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 49_000);
    private static final String REPLY = "HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\n"
            + "ST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\n"
            + "USN: uuid:1::urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\nEXT:\r\n"
            + "SERVER: Debian/12 UPnP/1.1 MiniUPnPd/2.3.1\r\nLOCATION: http://192.168.1.1:5000/rootDesc.xml\r\n\r\n";

    private static Optional<SsdpReply> parse(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return SsdpReply.parse(SOURCE, bytes, bytes.length);
    }

    @Test
    void aReply() {
        SsdpReply reply = parse(REPLY).orElseThrow();
        assertThat(reply.locations()).containsExactly("http://192.168.1.1:5000/rootDesc.xml");
        assertThat(reply.server()).contains("MiniUPnPd");
        assertThat(reply.mayBeGateway()).isTrue();
        assertThat(reply.claimsGateway()).isTrue();
    }

    @Test
    void lowerCaseNamesOtherLineEndsAndOldVersions() {
        for (String text : new String[] {
            REPLY.replace("ST:", "st:").replace("LOCATION:", "location :").replace("USN", "usn"),
            REPLY.replace("\r\n", "\n"),
            REPLY.replace("HTTP/1.1 200 OK", "http/1.0 200"),
            REPLY.replace("LOCATION: ", "LOCATION:\t"),
            REPLY.substring(0, REPLY.length() - 4)
        }) {
            assertThat(parse(text).orElseThrow().locations())
                    .as(text)
                    .containsExactly("http://192.168.1.1:5000/rootDesc.xml");
            assertThat(parse(text).orElseThrow().claimsGateway()).isTrue();
        }
    }

    @Test
    void aNameInsideAnotherFieldIsNotThatField() {
        SsdpReply reply = parse(
                        "HTTP/1.1 200 OK\r\nX-Note: ST: a LOCATION: http://9.9.9.9/\r\nLATEST: x\r\nST: upnp:rootdevice\r\n"
                                + "Location: http://192.168.1.1/\r\n\r\n")
                .orElseThrow();
        assertThat(reply.target()).isEqualTo("upnp:rootdevice");
        assertThat(reply.locations()).containsExactly("http://192.168.1.1/");
    }

    @Test
    void aSecondDifferentLocationIsNoticed() {
        assertThat(parse(REPLY.replace("EXT:", "LOCATION: http://9.9.9.9/"))
                        .orElseThrow()
                        .locations())
                .hasSize(2);
        assertThat(parse(REPLY.replace("EXT:", "LOCATION: http://192.168.1.1:5000/rootDesc.xml"))
                        .orElseThrow()
                        .locations())
                .hasSize(1);
    }

    @Test
    void whatIsNoReplyIsNone() {
        assertThat(parse("")).isEmpty();
        assertThat(parse("\u0000\u0001garbage")).isEmpty();
        assertThat(parse("M-SEARCH * HTTP/1.1\r\nST: x\r\n\r\n")).isEmpty();
        assertThat(parse("HTTP/1.1 404 Not Found\r\n\r\n")).isEmpty();
    }

    @Test
    void mediaPlayersAndPrintersAreNotGateways() {
        SsdpReply player = parse(
                        "HTTP/1.1 200 OK\r\nST: urn:schemas-upnp-org:device:MediaRenderer:1\r\n"
                                + "USN: uuid:2::urn:schemas-upnp-org:device:MediaRenderer:1\r\nLOCATION: http://1.2.3.4/\r\n\r\n")
                .orElseThrow();
        assertThat(player.mayBeGateway()).isFalse();
        assertThat(parse("HTTP/1.1 200 OK\r\nLOCATION: http://1.2.3.4/\r\n\r\n")
                        .orElseThrow()
                        .mayBeGateway())
                .as("says nothing")
                .isTrue();
    }

    @Test
    void textIsBounded() {
        SsdpReply reply = parse(REPLY.replace("Debian", "\u0007".repeat(3) + "x".repeat(5000)))
                .orElseThrow();
        assertThat(reply.server().length()).isLessThanOrEqualTo(256);
        assertThat(parse("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(1000) + REPLY.substring(17))
                        .orElseThrow()
                        .locations())
                .as("beyond the most fields")
                .isEmpty();
    }

    @Test
    void cutAtAnyByteItIsReadOrNot() {
        for (int cut = 0; cut < REPLY.length(); cut++) {
            Optional<SsdpReply> reply = parse(REPLY.substring(0, cut));
            assertThat(reply.isPresent()).isEqualTo(cut >= "HTTP/1.1 200".length());
        }
    }
}
