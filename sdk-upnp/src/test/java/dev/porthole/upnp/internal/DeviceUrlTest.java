package dev.porthole.upnp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.mapping.IpLiteral;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceUrlTest {
    /** RFC 3986 section 5.4, and what gateways write. */
    @ParameterizedTest
    @CsvSource({
        "g, http://1.2.3.4:80/b/c/g",
        "./g, http://1.2.3.4:80/b/c/g",
        "g/, http://1.2.3.4:80/b/c/g/",
        "/g, http://1.2.3.4:80/g",
        "?y, http://1.2.3.4:80/b/c/d;p?y",
        "g?y, http://1.2.3.4:80/b/c/g?y",
        "#s, http://1.2.3.4:80/b/c/d;p?q",
        "g#s, http://1.2.3.4:80/b/c/g",
        "'', http://1.2.3.4:80/b/c/d;p?q",
        "., http://1.2.3.4:80/b/c/",
        ".., http://1.2.3.4:80/b/",
        "../g, http://1.2.3.4:80/b/g",
        "../.., http://1.2.3.4:80/",
        "../../../g, http://1.2.3.4:80/g",
        "/../g, http://1.2.3.4:80/g",
        "g.., http://1.2.3.4:80/b/c/g..",
        "//5.6.7.8:99/x, http://5.6.7.8:99/x",
        "http://5.6.7.8/x, http://5.6.7.8:80/x",
        "HTTP://5.6.7.8:/x, http://5.6.7.8:80/x",
        "ctl?WANIPConnection&id=1, http://1.2.3.4:80/b/c/ctl?WANIPConnection&id=1",
        "/uuid:1/WANIPConnection:1, http://1.2.3.4:80/uuid:1/WANIPConnection:1",
        "WANIPConn:1, http://1.2.3.4:80/b/c/WANIPConn:1",
        "/with space/é, http://1.2.3.4:80/with%20space/%C3%A9",
    })
    void referencesAreResolved(String reference, String expected) {
        DeviceUrl base = DeviceUrl.parse("http://1.2.3.4/b/c/d;p?q").orElseThrow();
        assertThat(base.resolve(reference).map(DeviceUrl::toString)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://1.2.3.4/x",
                "file:///etc/passwd",
                "ftp://1.2.3.4/",
                "//1.2.3.4/x",
                "/x",
                "",
                "http:///x",
                "http://router.lan/x",
                "http://localhost/x",
                "http://1.2.3.4:0/x",
                "http://1.2.3.4:65536/x",
                "http://1.2.3.4:80a/x",
                "http://user@1.2.3.4/x",
                "http://user:pw@1.2.3.4/x",
                "http://1.2.3.4@5.6.7.8/x",
                "http://0x7f000001/x",
                "http://2130706433/x",
                "http://127.1/x",
                "http://1.2.3.04/x",
                "http://[::1/x",
            })
    void whatIsNotHttpOnALiteralAddressIsNoDeviceUrl(String text) {
        assertThat(DeviceUrl.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://1.2.3.4/x, 1.2.3.4, true",
        "http://1.2.3.4/x, 1.2.3.5, false",
        "http://[::ffff:1.2.3.4]/x, 1.2.3.4, true",
        "http://[::1]:49152/x, 127.0.0.1, false",
        "http://[fe80::1]/x, fe80::1, true",
    })
    void hostsAreComparedAsAddresses(String url, String host, boolean same) {
        assertThat(DeviceUrl.parse(url).orElseThrow().on(IpLiteral.parse(host).orElseThrow()))
                .isEqualTo(same);
    }
}
