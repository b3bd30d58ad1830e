package dev.porthole.http.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Credentials;
import dev.porthole.Secret;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class UsernameTokenTest {
    /** The worked example of the ONVIF Application Programmer's Guide, section 6.1.1.3. */
    @Test
    void theDigestIsThatOfTheGuide() {
        UsernameToken token = UsernameToken.of(
                new Credentials("user", Secret.of("userpassword")),
                Instant.parse("2010-09-16T07:50:45Z"),
                Base64.getDecoder().decode("LKqI6G/AikKCQrN0zqZFlg=="));
        assertThat(token.digest()).isEqualTo("tuOSpGlFlIXsozq4HFNeeGeFLEI=");
        assertThat(token.created()).isEqualTo("2010-09-16T07:50:45Z");
        assertThat(token.toString()).isEqualTo("UsernameToken[user]");
    }

    @Test
    void everyTokenHasItsOwnNonce() {
        Credentials account = new Credentials("user", Secret.of("userpassword"));
        assertThat(UsernameToken.of(account, Instant.EPOCH).nonce())
                .isNotEqualTo(UsernameToken.of(account, Instant.EPOCH).nonce());
    }
}
