package dev.porthole.http.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Credentials;
import dev.porthole.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestAnswerTest {
    private static final Credentials MUFASA = new Credentials("Mufasa", Secret.of("Circle of Life"));

    private static String answer(String challenge, String clientNonce, Credentials credentials, String uri) {
        Challenge parsed = ChallengeParser.parse(List.of(challenge)).get(0);
        return new DigestAnswer(parsed, parsed.algorithm().orElseThrow(), clientNonce, 1)
                .header(credentials, "GET", uri);
    }

    @Test
    void agreesWithRfc2617Section35() {
        String header = answer(
                "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                        + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
                "0a4f113b",
                new Credentials("Mufasa", Secret.of("Circle Of Life")),
                "/dir/index.html");
        assertThat(header)
                .contains("response=\"6629fae49393a05397450978507c4ef1\"")
                .contains("opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"")
                .contains("nc=00000001")
                .contains("qop=auth")
                .doesNotContain("algorithm");
    }

    /** The example of RFC 2069 section 2.4, with the response corrected by its erratum 749. */
    @Test
    void agreesWithRfc2069WhereThereIsNoQop() {
        String header = answer(
                "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"",
                "unused",
                new Credentials("Mufasa", Secret.of("CircleOfLife")),
                "/dir/index.html");
        assertThat(header)
                .contains("response=\"1949323746fe6a43ef61f9606e7febea\"")
                .doesNotContain("cnonce")
                .doesNotContain("qop");
    }

    @Test
    void agreesWithRfc7616Section391() {
        String common = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
                + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", algorithm=";
        String clientNonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        assertThat(answer(common + "MD5", clientNonce, MUFASA, "/dir/index.html"))
                .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"")
                .contains("algorithm=MD5");
        assertThat(answer(common + "SHA-256", clientNonce, MUFASA, "/dir/index.html"))
                .contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"")
                .contains("algorithm=SHA-256");
    }

    /** The example of RFC 7616 section 3.9.2, with the values corrected by its erratum 4897. */
    @Test
    void agreesWithRfc7616Section392() {
        String header = answer(
                "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256,"
                        + " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\","
                        + " opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8, userhash=true",
                "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v",
                new Credentials("J\u00e4s\u00f8n Doe", Secret.of("Secret, or not?")),
                "/doe.json");
        assertThat(header)
                .contains("username=\"793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b\"")
                .contains("response=\"3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5\"")
                .contains("userhash=true");
    }

    @Test
    void quotesWhatTheDeviceNamed() {
        String header =
                answer("Digest realm=\"a \\\"b\\\"\", nonce=\"n\"", "c", new Credentials("u\"v", Secret.of("p")), "/");
        assertThat(header).contains("realm=\"a \\\"b\\\"\"").contains("username=\"u\\\"v\"");
    }
}
