package dev.porthole.http.internal.auth;

import dev.porthole.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;

/**
 * A WS-Security UsernameToken with a password digest (OASIS Web Services Security UsernameToken Profile 1.0, section 3.1),
 * as ONVIF devices ask for it.
 *
 * @param user the user's name
 * @param digest base64 of SHA-1 over nonce, time and password
 * @param nonce base64
 * @param created the time, by the device's clock: devices refuse tokens that are minutes old
 */
public record UsernameToken(String user, String digest, String nonce, String created) {
    private static final int NONCE_BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A token for one request. */
    public static UsernameToken of(Credentials credentials, Instant deviceTime) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return of(credentials, deviceTime, nonce);
    }

    static UsernameToken of(Credentials credentials, Instant deviceTime, byte[] nonce) {
        String created = deviceTime.truncatedTo(ChronoUnit.SECONDS).toString();
        MessageDigest sha1 = sha1();
        sha1.update(nonce);
        sha1.update(created.getBytes(StandardCharsets.UTF_8));
        byte[] digest = credentials.password().use(password -> {
            byte[] bytes = PasswordBytes.utf8(password);
            sha1.update(bytes);
            Arrays.fill(bytes, (byte) 0);
            return sha1.digest();
        });
        Base64.Encoder base64 = Base64.getEncoder();
        return new UsernameToken(
                credentials.user(), base64.encodeToString(digest), base64.encodeToString(nonce), created);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** Without the digest, from which a weak password can be guessed. */
    @Override
    public String toString() {
        return "UsernameToken[" + user + "]";
    }
}
