package dev.porthole.http.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Credentials;
import dev.porthole.Secret;
import dev.porthole.http.internal.auth.Login.Reason;
import dev.porthole.http.internal.auth.Login.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginTest {
    private static final String MD5 = "Digest realm=\"r\", nonce=\"1\", qop=\"auth\"";
    private static final String SHA256 = "Digest realm=\"r\", nonce=\"2\", qop=\"auth\", algorithm=SHA-256";
    private static final String BASIC = "Basic realm=\"r\"";

    private static Login login(boolean basicAllowed, boolean encrypted, boolean digestSeen) {
        return new Login(
                Optional.of(new Credentials("viewer", Secret.of("pass"))),
                new Login.Policy(basicAllowed, encrypted, digestSeen));
    }

    private static Step step(Login login, String... challenges) {
        return login.onChallenge(ChallengeParser.parse(List.of(challenges)), "DESCRIBE", "rtsp://h/main");
    }

    private static String sent(Step step) {
        assertThat(step).isInstanceOf(Step.Answer.class);
        return ((Step.Answer) step).authorization();
    }

    @Test
    void picksTheStrongestWhereverItStands() {
        assertThat(sent(step(login(true, false, false), BASIC, MD5, SHA256))).contains("algorithm=SHA-256");
        assertThat(sent(step(login(true, false, false), SHA256 + ", " + MD5 + ", " + BASIC)))
                .contains("algorithm=SHA-256");
    }

    @Test
    void passesOverWhatItCannotAnswer() {
        String unknown = "Digest realm=\"r\", nonce=\"3\", algorithm=SHA-3-512";
        String integrityOnly = "Digest realm=\"r\", nonce=\"4\", qop=\"auth-int\", algorithm=SHA-256";
        assertThat(sent(step(login(true, false, false), unknown, integrityOnly, MD5)))
                .contains("nonce=\"1\"");
    }

    @Test
    void aRefusedPasswordIsNotTriedAgain() {
        Login login = login(true, false, false);
        sent(step(login, MD5));
        assertThat(step(login, MD5)).isEqualTo(new Step.Stop(Reason.REFUSED));
        assertThat(step(login, SHA256, BASIC)).isEqualTo(new Step.Stop(Reason.REFUSED));
    }

    /** Cameras whose nonces serve for one request only, without calling the old one stale. */
    @Test
    void anAccountThatWasAcceptedIsUsedWithEachNewNonce() {
        Login login = login(true, false, false);
        sent(step(login, MD5));
        for (int request = 5; request < 8; request++) {
            login.accepted();
            assertThat(sent(step(login, MD5.replace("\"1\"", "\"" + request + "\""))))
                    .contains("nonce=\"" + request + "\"");
            assertThat(step(login, MD5)).isEqualTo(new Step.Stop(Reason.REFUSED));
        }
        login.accepted();
        assertThat(step(login, BASIC)).isEqualTo(new Step.Stop(Reason.REFUSED));
    }

    @Test
    void aStaleNonceIsAnsweredOnce() {
        Login login = login(true, false, false);
        sent(step(login, MD5));
        String stale = "Digest realm=\"r\", nonce=\"9\", qop=\"auth\", stale=TRUE";
        assertThat(sent(step(login, stale))).contains("nonce=\"9\"").contains("nc=00000001");
        assertThat(step(login, stale)).isEqualTo(new Step.Stop(Reason.REFUSED));
    }

    @Test
    void countsTheUsesOfANonce() {
        Login login = login(true, false, false);
        assertThat(login.authorization("OPTIONS", "*")).isEmpty();
        sent(step(login, MD5));
        assertThat(login.authorization("SETUP", "rtsp://h/main/track1"))
                .get()
                .asString()
                .contains("nc=00000002");
    }

    @Test
    void basicIsUsedWhereNothingElseIsOfferedAndSaysSo() {
        Login login = login(true, false, false);
        assertThat(sent(step(login, BASIC))).isEqualTo("Basic dmlld2VyOnBhc3M=");
        assertThat(login.passwordExposed()).isTrue();
        assertThat(login.scheme()).contains("basic");
    }

    @Test
    void basicIsNotUsedBesideADigestThatCannotBeAnswered() {
        assertThat(step(login(true, false, false), BASIC, "Digest realm=\"r\", nonce=\"3\", algorithm=FOO"))
                .isEqualTo(new Step.Stop(Reason.UNSUPPORTED));
    }

    @Test
    void basicIsNotUsedAfterDigestWasOfferedBefore() {
        assertThat(step(login(true, false, true), BASIC)).isEqualTo(new Step.Stop(Reason.DOWNGRADE));
    }

    @Test
    void basicIsNotUsedWhereItIsForbidden() {
        assertThat(step(login(false, true, false), BASIC)).isEqualTo(new Step.Stop(Reason.BASIC_FORBIDDEN));
    }

    @Test
    void withoutAnAccountNothingIsSent() {
        Login login = new Login(Optional.empty(), new Login.Policy(true, false, false));
        assertThat(step(login, MD5)).isEqualTo(new Step.Stop(Reason.NO_CREDENTIALS));
    }

    @Test
    void aChallengeThatNamesNoMethodIsNotAnswered() {
        assertThat(step(login(true, false, false))).isEqualTo(new Step.Stop(Reason.UNSUPPORTED));
    }

    @Test
    void theAnswerDoesNotShowItself() {
        assertThat(step(login(true, false, false), BASIC).toString()).doesNotContain("dmlld2Vy");
    }
}
