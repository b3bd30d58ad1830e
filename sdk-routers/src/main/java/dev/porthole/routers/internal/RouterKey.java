package dev.porthole.routers.internal;

import dev.porthole.http.internal.ServerKeyTrust;
import dev.porthole.http.internal.TlsPeer;
import dev.porthole.http.internal.TlsTrust;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * A router's TLS key: trusted on first use, and from then on no other is, before anything is sent. Thread-safe.
 */
final class RouterKey extends ServerKeyTrust {
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

    @Override
    protected void check(X509Certificate[] chain) throws CertificateException {
        changed = chain.length > 0 && pin.isPresent() && !pin.get().equals(TlsPeer.pinOf(chain[0]));
        if (chain.length == 0 || changed) {
            throw new CertificateException("the router shows another key than before, or none");
        }
    }
}
