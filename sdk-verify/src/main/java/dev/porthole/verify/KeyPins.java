package dev.porthole.verify;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers the TLS keys of devices: a key is trusted on first use, and a device that later shows another one is refused
 * before any account is sent. Cameras have self-signed certificates, so there is nothing else to go by. Implement it to
 * keep the keys across restarts.
 *
 * <p>Implementations are thread-safe and do not throw.
 */
public interface KeyPins {
    /**
     * The key that a device showed on first use.
     *
     * @param device its internal endpoint where known, such as {@code 192.168.69.110:443}, else the endpoint dialled
     * @return SHA-256 of the SubjectPublicKeyInfo, lower-case hexadecimal; empty where none is kept
     */
    Optional<String> pin(String device);

    /**
     * Keeps the key of a device that has none yet.
     *
     * @param device as for {@link #pin}
     * @param spkiSha256 SHA-256 of the SubjectPublicKeyInfo, lower-case hexadecimal
     */
    void keep(String device, String spkiSha256);

    /**
     * Keeps keys for the life of the process.
     *
     * @return a new, empty store
     */
    static KeyPins inMemory() {
        ConcurrentHashMap<String, String> keys = new ConcurrentHashMap<>();
        return new KeyPins() {
            @Override
            public Optional<String> pin(String device) {
                return Optional.ofNullable(keys.get(device));
            }

            @Override
            public void keep(String device, String spkiSha256) {
                keys.putIfAbsent(device, spkiSha256);
            }
        };
    }
}
