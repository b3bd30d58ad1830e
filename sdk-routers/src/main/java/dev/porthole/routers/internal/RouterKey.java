package dev.porthole.routers.internal;

import dev.porthole.http.internal.TlsPeer;
import dev.porthole.http.internal.TlsTrust;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A router's TLS key: trusted on first use, and from then on no other is, before anything is sent. Extended, so that the
 * JDK adds no checks of its own: routers have old, self-signed certificates. Thread-safe.
 */
final class RouterKey extends X509ExtendedTrustManager {
    private final boolean legacy;
    private volatile Optional<String> pin;
    private volatile boolean changed;

    /**
     * A key.
     *
     * @param pin SHA-256 of the SubjectPublicKeyInfo, lower-case hexadecimal; empty to trust the first
     * @param legacy whether withdrawn versions and cipher suites of TLS are offered too
     */
    RouterKey(Optional<String> pin, boolean legacy) {
        this.pin = pin;
        this.legacy = legacy;
    }

    TlsTrust trust() {
        TlsTrust trust = TlsTrust.of(this);
        return legacy ? trust.withLegacy() : trust;
    }

    Optional<String> pin() {
        return pin;
    }

    /** Whether the last router that was asked showed another key. */
    boolean changed() {
        return changed;
    }

    /** Keeps the key of a router that has proved to hold it, where none is kept. */
    void learn(String shown) {
        if (pin.isEmpty()) {
            pin = Optional.of(shown);
        }
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        changed = chain.length > 0 && pin.isPresent() && !pin.get().equals(TlsPeer.pinOf(chain[0]));
        if (chain.length == 0 || changed) {
            throw new CertificateException("the router shows another key than before, or none");
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
