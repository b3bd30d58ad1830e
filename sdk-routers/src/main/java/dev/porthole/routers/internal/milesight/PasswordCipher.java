package dev.porthole.routers.internal.milesight;

import dev.porthole.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a Milesight login carries the password: AES-128-CBC with PKCS#7 padding and a key that every router shares, in
 * Base64. It hides nothing from who listens (CVE-2023-43261); TLS does.
 */
final class PasswordCipher {
    private PasswordCipher() {}

    static String encrypted(Secret password, String key, String iv) {
        return password.use(chars -> {
            ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars));
            try {
                Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
                cipher.init(
                        Cipher.ENCRYPT_MODE,
                        new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "AES"),
                        new IvParameterSpec(iv.getBytes(StandardCharsets.US_ASCII)));
                byte[] hidden = cipher.doFinal(encoded.array(), encoded.arrayOffset(), encoded.limit());
                return Base64.getEncoder().encodeToString(hidden);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java platform offers no AES", e);
            } finally {
                Arrays.fill(encoded.array(), (byte) 0);
            }
        });
    }
}
