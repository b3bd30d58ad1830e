package dev.porthole.testing;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** TLS with the self-signed certificates of simulated routers. Their keys are in this jar: they protect nothing. */
final class RouterSockets {
    private static final char[] PASSWORD = "simulated".toCharArray();

    private RouterSockets() {}

    /**
     * Sockets of one of two keys.
     *
     * @param key 1 or 2
     */
    static ServerSocketFactory withKey(int key) throws IOException {
        String name = "simulated-router-" + key + ".p12";
        try (InputStream in = RouterSockets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing from this jar");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context.getServerSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException(name + " cannot be used: " + e.getMessage(), e);
        }
    }
}
