package dev.porthole.upnp.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.http.internal.xml.SafeXml;
import dev.porthole.upnp.internal.wire.DeviceDescription.WanService;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DescriptionReaderTest {
    private static final SafeXml XML = new SafeXml();
    private static final String IP = "urn:schemas-upnp-org:service:WANIPConnection:1";
    private static final String PPP = "urn:schemas-upnp-org:service:WANPPPConnection:1";

    private static byte[] fixture(String name) throws Exception {
        try (InputStream in = DescriptionReaderTest.class.getResourceAsStream("/fixtures/" + name + ".xml")) {
            return in.readAllBytes();
        }
    }

    private static DeviceDescription read(String fixture) throws Exception {
        return DescriptionReader.read(XML, fixture(fixture));
    }

    private static DeviceDescription read(String before, String after) throws Exception {
        String text = new String(fixture("miniupnpd"), UTF_8);
        assertThat(text).contains(before);
        return DescriptionReader.read(XML, text.replace(before, after).getBytes(UTF_8));
    }

    @Test
    void miniupnpd() throws Exception {
        DeviceDescription description = read("miniupnpd");
        assertThat(description.udn()).isEqualTo("uuid:00000000-0000-4000-8000-000000000001");
        assertThat(description.model()).isEqualTo("Debian router");
        assertThat(description.services()).containsExactly(new WanService(IP, "/ctl/IPConn", "/WANIPCn.xml"));
    }

    @Test
    void fritzboxWithoutItsDslConfig() throws Exception {
        DeviceDescription description = read("fritzbox");
        assertThat(description.model()).isEqualTo("AVM Berlin FRITZ!Box 7590");
        assertThat(description.services())
                .containsExactly(new WanService(IP, "/igdupnp/control/WANIPConn1", "/igdconnSCPD.xml"));
    }

    @Test
    void mikrotikWithBothConnectionsAndEachWithItsOwnControlUrl() throws Exception {
        assertThat(read("mikrotik").services())
                .extracting(WanService::type, WanService::controlUrl)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(PPP, "/upnp/control/lte1/wanpppc-1"),
                        org.assertj.core.groups.Tuple.tuple(IP, "/upnp/control/ether1/wanipconn-1"));
    }

    @Test
    void huaweiWithLegacyNames() throws Exception {
        assertThat(read("huawei-hg531").services())
                .extracting(WanService::type)
                .containsExactly("urn:dslforum-org:service:WANPPPConnection:1");
    }

    @Test
    void ampersandsInUrlsAndNamesAreKept() throws Exception {
        DeviceDescription description = read("urlbase-query");
        assertThat(description.urlBase()).isEqualTo("http://127.0.0.1:49152/igd/");
        assertThat(description.model()).isEqualTo("D-Link Tom & Jerry's <router>");
        assertThat(description.services().get(0).controlUrl()).isEqualTo("ctl?WANIPConnection&id=1");
    }

    @Test
    void bareAmpersand() throws Exception {
        DeviceDescription description = read("bare-ampersand");
        assertThat(description.model()).isEqualTo("ARRIS AT&T NVG");
        assertThat(description.services()).hasSize(1);
    }

    @Test
    void wrongEncoding() throws Exception {
        assertThat(read("wrong-encoding").model()).isEqualTo("Debian Cl\u00e9");
    }

    @Test
    void unknownEncoding() throws Exception {
        assertThat(read("<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"gb-2312-x\"?>")
                        .services())
                .hasSize(1);
    }

    @Test
    void aConnectionBeforeTheCommonConfigIsNotLost() throws Exception {
        assertThat(read("connection-first").services())
                .extracting(WanService::controlUrl)
                .containsExactly("/first", "/ctl/IPConn");
    }

    @Test
    void bytesBeforeAndAfterTheDocument() throws Exception {
        assertThat(read("<?xml version=\"1.0\"?>", "\r\n \u0000<?xml version=\"1.0\"?>")
                        .services())
                .hasSize(1);
        assertThat(read("</root>", "</root>\u0000\u0000<garbage").services()).hasSize(1);
        assertThat(read("<?xml version=\"1.0\"?>", "\ufeff<?xml version=\"1.0\"?>")
                        .services())
                .hasSize(1);
    }

    @Test
    void undeclaredPrefixes() throws Exception {
        String text = new String(fixture("miniupnpd"), UTF_8).replaceAll("<(/?)([a-zA-Z])", "<$1x:$2");
        assertThat(DescriptionReader.read(XML, text.getBytes(UTF_8)).services()).hasSize(1);
    }

    @Test
    void aDoctypeIsRefusedAndNothingFetched() {
        assertThatThrownBy(() -> read(
                        "<?xml version=\"1.0\"?>",
                        "<?xml version=\"1.0\"?><!DOCTYPE root [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("DOCTYPE");
    }

    @Test
    void controlCharactersAndLengthAreBounded() throws Exception {
        DeviceDescription description =
                read("<modelName>Debian router", "<modelName>&#10;a\u202eb&#x85; " + "long ".repeat(200));
        assertThat(description.model()).hasSizeLessThanOrEqualTo(128).startsWith("Debian ab long long");
        assertThat(description.model().chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void aServiceTypeThatWouldBreakARequestIsNotTaken() throws Exception {
        assertThat(read("WANIPConnection:1</serviceType>", "WANIPConnection:1&quot;&#10;X: y</serviceType>")
                        .services())
                .isEmpty();
    }

    @Test
    void anOrdinaryDeviceHasNoServices() throws Exception {
        String player =
                "<root><device><deviceType>urn:schemas-upnp-org:device:MediaRenderer:1</deviceType></device></root>";
        assertThat(DescriptionReader.read(XML, player.getBytes(UTF_8)).services())
                .isEmpty();
    }

    @Test
    void aWebPageIsNamed() {
        assertThatThrownBy(() ->
                        DescriptionReader.read(XML, "<!DOCTYPE html><html><body>Login</body></html>".getBytes(UTF_8)))
                .hasMessageContaining("web page");
        assertThatThrownBy(() -> DescriptionReader.read(XML, "\n<html><br>Login</html>".getBytes(UTF_8)))
                .hasMessageContaining("web page");
    }

    @Test
    void depthIsBounded() {
        String deep = "<device>".repeat(100) + "</device>".repeat(100);
        assertThatThrownBy(() -> DescriptionReader.read(XML, ("<root>" + deep + "</root>").getBytes(UTF_8)))
                .isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void cutAtAnyByteItIsEitherWholeOrRefused() throws Exception {
        for (String name : new String[] {"miniupnpd", "bare-ampersand"}) {
            byte[] whole = fixture(name);
            DeviceDescription expected = DescriptionReader.read(XML, whole);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                try {
                    assertThat(DescriptionReader.read(XML, cut))
                            .as("%s cut at %d", name, length)
                            .isEqualTo(expected);
                } catch (MalformedDocumentException e) {
                    assertThat(e.getMessage()).isNotBlank();
                    assertThat(length).isLessThan(new String(whole, UTF_8).lastIndexOf("</root>"));
                }
            }
        }
    }
}
