package dev.porthole.verify.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.reach.Target;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebPlaceTest {
    private final WebPlace place = WebPlace.of(
            Target.at(Target.Scheme.HTTP, IpLiteral.parse("203.0.113.7").orElseThrow(), 8888)
                    .path("/web/index.html?a=b")
                    .internal(new InternalEndpoint(
                            IpLiteral.parse("192.168.69.110").orElseThrow(), 80))
                    .build(),
            new InetSocketAddress(8888));

    @ParameterizedTest
    @CsvSource({
        "/login.html, /login.html",
        "login.html, /web/login.html",
        "http://203.0.113.7:8888/x?y, /x?y",
        "//203.0.113.7:8888, /",
        "http://192.168.69.110/doc, /doc",
        "http://192.168.69.110:80/doc, /doc",
        "/caf\u00e9#top, /caf%C3%A9"
    })
    void followsWithinTheDevice(String location, String path) {
        assertThat(place.follow(location)).map(WebPlace::path).contains(path);
        assertThat(place.follow(location)).map(WebPlace::dial).contains(place.dial());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://203.0.113.7:8888/",
                "http://203.0.113.7/",
                "http://198.51.100.1:8888/",
                "http://203.0.113.7:8888@evil.example/",
                "//evil.example/",
                "javascript:alert(1)",
                ""
            })
    void doesNotFollowElsewhere(String location) {
        assertThat(place.follow(location)).isEmpty();
    }

    @Test
    void theSchemesOwnPortIsNotNamed() {
        assertThat(place.authority()).isEqualTo("203.0.113.7:8888");
        assertThat(place.alias()).contains("192.168.69.110");
    }
}
