package dev.porthole.verify.internal;

import dev.porthole.http.internal.ServerKeyTrust;
import dev.porthole.http.internal.TlsPeer;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** Accepts the holder of one key. */
public final class PinnedKey extends ServerKeyTrust {
    private final String spkiSha256;

    /** Takes the key: SHA-256 of its SubjectPublicKeyInfo, lower-case hexadecimal. */
    public PinnedKey(String spkiSha256) {
        this.spkiSha256 = spkiSha256;
    }

    @Override
    protected void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !TlsPeer.pinOf(chain[0]).equals(spkiSha256)) {
            throw new CertificateException("the device shows another key than before");
        }
    }
}
