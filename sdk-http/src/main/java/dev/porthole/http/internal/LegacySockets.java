package dev.porthole.http.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Sockets that offer old versions and cipher suites of TLS too, though none without a key and none without encryption. */
final class LegacySockets extends SSLSocketFactory {
    private final SSLSocketFactory usual;

    LegacySockets(SSLSocketFactory usual) {
        this.usual = usual;
    }

    private static Socket widened(Socket socket) {
        SSLSocket tls = (SSLSocket) socket;
        tls.setEnabledProtocols(Arrays.stream(tls.getSupportedProtocols())
                .filter(version -> version.startsWith("TLS"))
                .toArray(String[]::new));
        tls.setEnabledCipherSuites(Arrays.stream(tls.getSupportedCipherSuites())
                .filter(suite -> !suite.contains("_anon_") && !suite.contains("_NULL_"))
                .toArray(String[]::new));
        return tls;
    }

    @Override
    public Socket createSocket() throws IOException {
        return widened(usual.createSocket());
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        return widened(usual.createSocket(plain, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return widened(usual.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return widened(usual.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return widened(usual.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return widened(usual.createSocket(host, port, local, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return usual.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return usual.getSupportedCipherSuites();
    }
}
