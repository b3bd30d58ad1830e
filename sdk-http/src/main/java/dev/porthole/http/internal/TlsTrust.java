package dev.porthole.http.internal;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates of devices are accepted. Host names are not compared: devices are dialled by address, and their
 * certificates name something else. Whoever needs the identity compares the pin, {@link TlsPeer#spkiSha256()}.
 * Thread-safe; make one and keep it, setting it up takes milliseconds.
 */
public final class TlsTrust {
    private final SSLSocketFactory sockets;

    private TlsTrust(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    private static TlsTrust managedBy(TrustManager @Nullable [] managers) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return new TlsTrust(context.getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform offers no TLS", e);
        }
    }

    /**
     * Accepts what a trust manager accepts.
     *
     * @param manager decides on each certificate chain
     * @return the trust
     */
    public static TlsTrust of(X509TrustManager manager) {
        return managedBy(new TrustManager[] {manager});
    }

    /**
     * Accepts every certificate, also self-signed and expired ones: for finding out what answers, and for first use before
     * there is a pin to compare.
     *
     * @return the trust
     */
    public static TlsTrust any() {
        return managedBy(new TrustManager[] {new AnyCertificate()});
    }

    /**
     * Accepts what the Java platform accepts for web servers. Together with {@link DeviceRequest.Builder#tls(TlsTrust,
     * String)}, which compares the name.
     *
     * @return the trust
     */
    public static TlsTrust platform() {
        return managedBy(null);
    }

    /**
     * The same trust, with every version and cipher suite of TLS that this Java platform still permits, also those that it
     * does not offer by itself. What its security property {@code jdk.tls.disabledAlgorithms} forbids stays forbidden:
     * that holds for the whole process, and is not touched here.
     *
     * @return the changed trust
     */
    public TlsTrust withLegacy() {
        return new TlsTrust(new LegacySockets(sockets));
    }

    /**
     * Makes sockets with this trust, for protocols other than HTTP.
     *
     * @return the factory
     */
    public SSLSocketFactory sockets() {
        return sockets;
    }

    /** Extended, because the JDK adds algorithm checks of its own to a plain one, and old cameras fail those. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
