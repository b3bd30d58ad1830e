package dev.porthole.verify.internal.agent;

import dev.porthole.http.internal.TlsPeer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * A server's certificate chain and key, read as certificate authorities hand them out: PEM, the key as PKCS#8.
 *
 * @param sockets makes sockets that serve with them
 * @param pin SHA-256 of the key's SubjectPublicKeyInfo, lower-case hexadecimal
 */
public record PemKey(SSLSocketFactory sockets, String pin) {
    /** A chain of four certificates with long keys has 10 kB. */
    private static final int MAX_BYTES = 256 * 1024;

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /**
     * Reads both.
     *
     * @param chain the server's certificate first
     * @param key its private key
     * @return what to serve with
     * @throws IOException where a file cannot be read
     * @throws IllegalArgumentException where a file does not hold what it should; the message says what to do
     */
    public static PemKey read(Path chain, Path key) throws IOException {
        List<? extends Certificate> certificates = certificates(chain);
        PrivateKey privateKey = privateKey(key);
        if (!privateKey.getAlgorithm().equals(certificates.get(0).getPublicKey().getAlgorithm())) {
            throw new IllegalArgumentException(key + " is not the key of the first certificate in " + chain);
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] none = new char[0];
            store.setKeyEntry("agent", privateKey, none, certificates.toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, none);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new PemKey(context.getSocketFactory(), TlsPeer.pinOf((X509Certificate) certificates.get(0)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(chain + " and " + key + " cannot be used together", e);
        }
    }

    private static List<? extends Certificate> certificates(Path chain) throws IOException {
        try (ByteArrayInputStream in = new ByteArrayInputStream(bounded(chain))) {
            List<? extends Certificate> certificates =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (GeneralSecurityException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                chain + " holds no certificate; give the chain in PEM form, which begins with"
                        + " -----BEGIN CERTIFICATE-----");
    }

    private static PrivateKey privateKey(Path key) throws IOException {
        byte[] bytes = bounded(key);
        try {
            Matcher block = BLOCK.matcher(new String(bytes, StandardCharsets.US_ASCII));
            String kind = "";
            while (block.find()) {
                kind = block.group(1);
                if (kind.equals("PRIVATE KEY")) {
                    return decoded(key, Base64.getMimeDecoder().decode(block.group(2)));
                }
            }
            throw new IllegalArgumentException(wrongForm(key, kind));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static String wrongForm(Path key, String kind) {
        String form = "; convert it: openssl pkcs8 -topk8 -nocrypt -in " + key.getFileName() + " -out key.pem";
        return switch (kind) {
            case "" -> key + " holds no private key in PEM form, which begins with -----BEGIN PRIVATE KEY-----" + form;
            case "ENCRYPTED PRIVATE KEY" -> key + " is encrypted, and nobody is there to type its password" + form;
            default -> key + " holds " + kind + ", not PKCS#8 (-----BEGIN PRIVATE KEY-----)" + form;
        };
    }

    private static PrivateKey decoded(Path key, byte[] der) {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // Of another algorithm.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java runtime has " + algorithm, e);
            }
        }
        throw new IllegalArgumentException(key + " holds a key that is not one of " + String.join(", ", ALGORITHMS));
    }

    private static byte[] bounded(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IllegalArgumentException(file + " is too large for a certificate or a key");
        }
        return Files.readAllBytes(file);
    }
}
