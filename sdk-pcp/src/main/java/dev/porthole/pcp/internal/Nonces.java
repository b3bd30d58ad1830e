package dev.porthole.pcp.internal;

import dev.porthole.Secret;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.pcp.internal.wire.Nonce;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The nonces of mappings: an HMAC of what PCP knows a mapping by (gateway, transport, internal client and port) under the
 * installation's key. The same key gives the same nonce, so that mappings can be renewed and released after a restart
 * without a record of each nonce; without the key a nonce tells nothing of another. Thread-safe.
 */
final class Nonces {
    private static final String ALGORITHM = "HmacSHA256";

    private final Supplier<Optional<Secret>> installationKey;
    private final Supplier<String> ownKey;

    /**
     * Nonces under a key.
     *
     * @param installationKey the installation's key
     * @param ownKey used where the installation has none
     */
    Nonces(Supplier<Optional<Secret>> installationKey, Supplier<String> ownKey) {
        this.installationKey = installationKey;
        this.ownKey = ownKey;
    }

    /** A key that ends with this program. */
    static String randomKey() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** A nonce of nobody's mapping. */
    static Nonce random() {
        byte[] bytes = new byte[Nonce.BYTES];
        new SecureRandom().nextBytes(bytes);
        return Nonce.of(bytes);
    }

    Nonce of(String gatewayId, TransportProtocol protocol, InetAddress internal, int internalPort) {
        String mapping =
                String.join("|", gatewayId, protocol.name(), internal.getHostAddress(), Integer.toString(internalPort));
        try (Secret key = installationKey.get().orElseGet(() -> Secret.of(ownKey.get()))) {
            return Nonce.of(key.use(characters -> hmac(characters, mapping)));
        }
    }

    private static byte[] hmac(char[] key, String text) {
        byte[] keyBytes = new byte[key.length];
        for (int i = 0; i < key.length; i++) {
            keyBytes[i] = (byte) key[i];
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(keyBytes, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        } finally {
            Arrays.fill(keyBytes, (byte) 0);
        }
    }
}
