package dev.porthole.routers.internal.profile;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What both sides of a HiLink login prove: SCRAM, RFC 5802, with SHA-256, but with key and message of each HMAC the other
 * way round, as Huawei's page computes it.
 */
final class HiLinkProof {
    private static final int KEY_BITS = 256;

    private final String client;
    private final String server;

    /**
     * Computes both.
     *
     * @param password not kept
     * @param said the nonces, parted by commas
     */
    HiLinkProof(char[] password, byte[] salt, int iterations, String said) {
        try {
            byte[] salted = salted(password, salt, iterations);
            byte[] message = said.getBytes(StandardCharsets.US_ASCII);
            byte[] clientKey = hmac(text("Client Key"), salted);
            byte[] signature =
                    hmac(message, MessageDigest.getInstance("SHA-256").digest(clientKey));
            byte[] proof = new byte[clientKey.length];
            for (int i = 0; i < proof.length; i++) {
                proof[i] = (byte) (clientKey[i] ^ signature[i]);
            }
            client = HexFormat.of().formatHex(proof);
            server = HexFormat.of().formatHex(hmac(message, hmac(text("Server Key"), salted)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java platform cannot compute HMAC-SHA-256", e);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] salted(char[] password, byte[] salt, int iterations) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, KEY_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    /** What shows that we know the password, hexadecimal. */
    String client() {
        return client;
    }

    /** What the router must show, hexadecimal. */
    String server() {
        return server;
    }
}
