package dev.porthole.http.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChallengeParserTest {
    @Test
    void readsSeveralChallengesFromSeveralHeaders() {
        // The shape of Hikvision C1214 (google/ExoPlayer issue 9800), Digest before Basic.
        List<Challenge> challenges = ChallengeParser.parse(List.of(
                "Digest realm=\"IP Camera(C1214)\", nonce=\"0191a41d\", stale=\"FALSE\"",
                "Basic realm=\"IP Camera(C1214)\""));
        assertThat(challenges).extracting(Challenge::scheme).containsExactly("digest", "basic");
        assertThat(challenges.get(0).realm()).contains("IP Camera(C1214)");
        assertThat(challenges.get(0).stale()).isFalse();
    }

    @Test
    void readsSeveralChallengesFromOneHeader() {
        List<Challenge> challenges = ChallengeParser.parse(List.of(
                "Basic realm=\"a, b\", Digest realm=\"c\",nonce=\"n==\",qop=\"auth,auth-int\", Digest realm=c, nonce=x=,"
                        + " algorithm=SHA-256"));
        assertThat(challenges).extracting(Challenge::scheme).containsExactly("basic", "digest", "digest");
        assertThat(challenges.get(0).realm()).contains("a, b");
        assertThat(challenges.get(1).qop()).containsExactly("auth", "auth-int");
        assertThat(challenges.get(2).parameters()).containsEntry("nonce", "x=").containsEntry("algorithm", "SHA-256");
    }

    @Test
    void takesAnyCaseAndSpacesAndEscapes() {
        Challenge challenge = ChallengeParser.parse(
                        List.of("DIGEST  Realm = \"the \\\"back\\\" yard\" , NONCE=abc , Stale=TRUE"))
                .get(0);
        assertThat(challenge.realm()).contains("the \"back\" yard");
        assertThat(challenge.parameters()).containsEntry("nonce", "abc");
        assertThat(challenge.stale()).isTrue();
    }

    @Test
    void theFirstOfARepeatedParameterCounts() {
        Challenge challenge = ChallengeParser.parse(List.of("Digest realm=\"a\", realm=\"b\", nonce=\"1\""))
                .get(0);
        assertThat(challenge.realm()).contains("a");
    }

    @Test
    void everyCutGivesWhatWasThere() {
        String whole = "Digest realm=\"Login to 4K01\", nonce=\"203c8d27\", Basic realm=\"x\"";
        for (int length = 0; length < whole.length(); length++) {
            assertThat(ChallengeParser.parse(List.of(whole.substring(0, length))))
                    .hasSizeLessThanOrEqualTo(3);
        }
    }
}
