package dev.porthole.verify.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.http.internal.auth.Challenge;
import dev.porthole.verify.internal.web.Fingerprint.Likeness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final String BODY =
            "<html><body><h1>A page that is long enough to tell something</h1></body></html>";

    private static Fingerprint print(int status, String server, String realm, String title, String body, String key) {
        List<Challenge> challenges =
                realm.isEmpty() ? List.of() : List.of(new Challenge("digest", Map.of("realm", realm)));
        return Fingerprint.of(new WebPage(
                status,
                server,
                challenges,
                Optional.empty(),
                body,
                title,
                false,
                Optional.of(key).filter(k -> !k.isEmpty())));
    }

    private static Likeness compare(Fingerprint one, Fingerprint other) {
        assertThat(one.compare(other)).isEqualTo(other.compare(one));
        return one.compare(other);
    }

    @Test
    void whatChangesBetweenRequestsDoesNotCount() {
        Fingerprint one =
                print(200, "s", "", "", BODY + "12:00:01 http://203.0.113.7:8888/ nonce a1B2c3D4e5F6a1B2c3D4e5F6", "");
        Fingerprint other =
                print(200, "s", "", "", BODY + "23:59:59 http://192.168.69.110:80/ nonce ffffB2c3D4e5F6a1B2c3D4e5", "");
        assertThat(compare(one, other)).isEqualTo(Likeness.SAME);
        assertThat(one.basis(other)).isEqualTo("page text");
    }

    @Test
    void anotherRealmTitleServerOrKeyIsAnotherDevice() {
        Fingerprint camera = print(200, "s", "r", "t", BODY, "k");
        assertThat(compare(camera, print(200, "s", "r", "t", BODY, "k2"))).isEqualTo(Likeness.DIFFERENT);
        assertThat(compare(camera, print(200, "s", "r2", "t", BODY, ""))).isEqualTo(Likeness.DIFFERENT);
        assertThat(compare(camera, print(200, "s", "r", "t2", BODY, ""))).isEqualTo(Likeness.DIFFERENT);
        assertThat(compare(camera, print(200, "s2", "r", "t", BODY, ""))).isEqualTo(Likeness.DIFFERENT);
    }

    @Test
    void oneKeyIsOneDeviceWhateverItShows() {
        assertThat(compare(print(200, "s", "", "t", BODY, "k"), print(404, "s2", "", "t2", "", "k")))
                .isEqualTo(Likeness.SAME);
    }

    @Test
    void errorPagesTellNothing() {
        Fingerprint error = print(404, "httpd", "", "404 Not Found", BODY, "");
        assertThat(compare(error, error)).isEqualTo(Likeness.UNSURE);
        assertThat(compare(error, print(200, "httpd", "", "Camera", BODY, ""))).isEqualTo(Likeness.UNSURE);
    }
}
