package dev.porthole.http.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/**
 * What TLS showed of a device.
 *
 * @param protocol for example {@code TLSv1.3}
 * @param cipherSuite the cipher suite
 * @param certificate the device's own certificate
 * @param spkiSha256 the pin: SHA-256 of the certificate's public key (SubjectPublicKeyInfo), lower-case hexadecimal. It
 *     stays the same when a device renews its certificate with the same key
 */
public record TlsPeer(String protocol, String cipherSuite, X509Certificate certificate, String spkiSha256) {
    /**
     * The pin of a certificate.
     *
     * @param certificate the certificate
     * @return SHA-256 of its SubjectPublicKeyInfo, lower-case hexadecimal
     */
    public static String pinOf(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
