package dev.porthole.verify.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.reach.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class WebProperties {
    private final WebPlace place = WebPlace.of(
            Target.at(Target.Scheme.HTTP, InetAddress.getLoopbackAddress(), 8888)
                    .build(),
            new InetSocketAddress(8888));

    @Property
    void anyTextIsSearched(@ForAll @StringLength(max = 200) String text) {
        HtmlText html = new HtmlText("<title" + text + "<input" + text + "http-equiv=refresh url=" + text);
        assertThat(html.title()).hasSizeLessThanOrEqualTo(300);
        assertThat(html.passwordField()).isIn(true, false);
        assertThat(html.refresh()).isNotNull();
    }

    @Property
    void aRedirectNeverLeavesTheDeviceAndIsFitForARequestLine(@ForAll @StringLength(max = 100) String location) {
        for (String prefix : new String[] {"", "/", "http://127.0.0.1:8888", "//"}) {
            place.follow(prefix + location).ifPresent(next -> {
                assertThat(next.dial()).isEqualTo(place.dial());
                assertThat(next.authority()).isEqualTo(place.authority());
                assertThat(next.path()).matches("/[\\x21-\\x7E]*");
            });
        }
    }
}
