package dev.porthole.verify.internal;

import dev.porthole.http.internal.TlsPeer;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Accepts the holder of one key, whatever else its certificate says; extended, so that the JDK adds no checks. */
public final class PinnedKey extends X509ExtendedTrustManager {
    private final String spkiSha256;

    /** Takes the key: SHA-256 of its SubjectPublicKeyInfo, lower-case hexadecimal. */
    public PinnedKey(String spkiSha256) {
        this.spkiSha256 = spkiSha256;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !TlsPeer.pinOf(chain[0]).equals(spkiSha256)) {
            throw new CertificateException("the device shows another key than before");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no clients are expected");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("no clients are expected");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("no clients are expected");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
