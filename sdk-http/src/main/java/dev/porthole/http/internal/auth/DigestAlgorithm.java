package dev.porthole.http.internal.auth;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;

/** The digest algorithms of RFC 7616 section 6.1, the stronger the later, so that {@code compareTo} ranks them. */
enum DigestAlgorithm {
    /** What nearly every camera speaks. */
    MD5("MD5", "MD5", false),
    MD5_SESS("MD5-sess", "MD5", true),
    SHA_256("SHA-256", "SHA-256", false),
    SHA_256_SESS("SHA-256-sess", "SHA-256", true),
    SHA_512_256("SHA-512-256", "SHA-512/256", false),
    SHA_512_256_SESS("SHA-512-256-sess", "SHA-512/256", true);

    private final String id;
    private final String jcaName;
    private final boolean session;

    DigestAlgorithm(String id, String jcaName, boolean session) {
        this.id = id;
        this.jcaName = jcaName;
        this.session = session;
    }

    static Optional<DigestAlgorithm> named(String name) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.id.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The name as it stands in headers. */
    String id() {
        return id;
    }

    /** Whether the password's hash is bound to the session's nonces. */
    boolean session() {
        return session;
    }

    MessageDigest digest() {
        try {
            return MessageDigest.getInstance(jcaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the Java runtime lacks " + jcaName, e);
        }
    }
}
