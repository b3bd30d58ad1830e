package dev.porthole.upnp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.http.internal.DeviceRequest;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a device writes as an address: it is none, or a request can be sent to it and to nowhere else. */
class DeviceUrlProperties {
    private static final DeviceUrl BASE =
            DeviceUrl.parse("http://1.2.3.4:5000/a/b").orElseThrow();

    @Provide
    Arbitrary<String> almostUrls() {
        return Arbitraries.of(
                        "http",
                        "https",
                        ":",
                        "/",
                        "//",
                        "?",
                        "#",
                        "@",
                        "[",
                        "]",
                        "::1",
                        "1.2.3.4",
                        "127.0.0.1",
                        "80",
                        "..",
                        ".",
                        "a",
                        "%",
                        "%2f",
                        " ",
                        "\r\n",
                        "\u0000",
                        "é",
                        "\\",
                        "&",
                        "=",
                        ";",
                        "localhost",
                        "|",
                        "{",
                        "\"",
                        "<")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Property
    void aUrlCanBeSentTo(@ForAll("almostUrls") String text) {
        DeviceUrl.parse(text).ifPresent(DeviceUrlProperties::check);
        BASE.resolve(text).ifPresent(DeviceUrlProperties::check);
    }

    @Property
    void anyTextIsAUrlOrNot(@ForAll String text) {
        DeviceUrl.parse(text).ifPresent(DeviceUrlProperties::check);
        BASE.resolve(text).ifPresent(DeviceUrlProperties::check);
    }

    @Property
    void anAbsolutePathStaysOnTheHost(@ForAll("almostUrls") String text) {
        String path = "/x" + text;
        assertThat(BASE.resolve(path).orElseThrow().peer()).isEqualTo(BASE.peer());
    }

    private static void check(DeviceUrl url) {
        DeviceRequest.get(url.peer(), url.target()).build();
        assertThat(url.peer().isUnresolved()).isFalse();
        assertThat(url.target()).startsWith("/");
    }
}
