package dev.porthole.upnp.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.http.internal.DeviceText;
import dev.porthole.http.internal.xml.SafeXml;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever a device sends, reading it ends in a value or in the one exception. */
class WireProperties {
    private static final SafeXml XML = new SafeXml();

    @Provide
    Arbitrary<String> almostXml() {
        Arbitrary<String> piece = Arbitraries.of(
                "<",
                ">",
                "/",
                "</",
                "/>",
                "<?xml version=\"1.0\"?>",
                "<!DOCTYPE a [",
                "]>",
                "<!ENTITY e \"x\">",
                "&e;",
                "&amp;",
                "&",
                "&#0;",
                "&#xFFFFF;",
                "<root>",
                "</root>",
                "<device>",
                "</device>",
                "<service>",
                "</service>",
                "<serviceType>",
                "</serviceType>",
                "urn:schemas-upnp-org:service:WANIPConnection:1",
                "<controlURL>/c</controlURL>",
                "<s:Envelope>",
                "<s:Fault>",
                "<errorCode>",
                "718",
                "</errorCode>",
                "<![CDATA[",
                "]]>",
                "<!--",
                "-->",
                "\u0000",
                "\ud800",
                " ",
                "\n",
                "<html>",
                "xmlns:a=\"b\"",
                "<a:b",
                "errorCode");
        return piece.list().ofMaxSize(40).map(list -> String.join("", list));
    }

    @Property
    void anythingIsRead(@ForAll("almostXml") String text) {
        check(text.getBytes(UTF_8));
    }

    @Property
    void anyBytesAreRead(@ForAll byte[] bytes) {
        check(bytes);
    }

    private static void check(byte[] bytes) {
        SoapReply reply = SoapReply.read(XML, bytes);
        reply.fault()
                .ifPresent(fault -> assertThat(fault.description().length()).isLessThanOrEqualTo(120));
        ActionList.read(XML, bytes);
        try {
            DeviceDescription description = DescriptionReader.read(XML, bytes);
            assertThat(description.model().length()).isLessThanOrEqualTo(128);
        } catch (MalformedDocumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Property
    void oneLineIsOneBoundedLine(@ForAll String text, @ForAll @IntRange(min = 0, max = 200) int max) {
        String line = DeviceText.oneLine(text, max);
        assertThat(line.length()).isLessThanOrEqualTo(max);
        assertThat(line.chars()).noneMatch(Character::isISOControl);
        assertThat(DeviceText.oneLine(line, max)).isEqualTo(line);
    }

    @Property
    void portsAreBounded(@ForAll String text) {
        assertThat(EntryReader.port(text)).isBetween(0, 65_535);
    }

    @Property
    void textInPiecesIsJoined(@ForAll @IntRange(min = 0, max = 60) int pieces) throws Exception {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            parts.add("x&amp;");
        }
        SoapReply reply = SoapReply.read(XML, ("<a><b>" + String.join("", parts) + "</b></a>").getBytes(UTF_8));
        assertThat(reply.value("b")).isEqualTo("x&".repeat(pieces));
    }
}
