package dev.porthole.testing;

/** A way in which a fake camera asks for an account (RFC 7617, RFC 7616, RFC 2617). */
public enum LoginScheme {
    /** Basic: the password in clear text. */
    BASIC("", false),
    /** Digest with MD5 and without qop, as most cameras' RTSP servers have it. */
    DIGEST_MD5("MD5", false),
    /** Digest with MD5 and {@code qop=auth}, as most cameras' web servers have it. */
    DIGEST_MD5_QOP("MD5", true),
    /** Digest with SHA-256 and without qop. */
    DIGEST_SHA256("SHA-256", false),
    /** Digest with SHA-256 and {@code qop=auth}. */
    DIGEST_SHA256_QOP("SHA-256", true);

    private final String algorithm;
    private final boolean qop;

    LoginScheme(String algorithm, boolean qop) {
        this.algorithm = algorithm;
        this.qop = qop;
    }

    String algorithm() {
        return algorithm;
    }

    boolean qop() {
        return qop;
    }
}
