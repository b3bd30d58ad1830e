package dev.porthole.http.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.porthole.Deadline;
import dev.porthole.http.internal.DeviceHttpException.Kind;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceHttpTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private static SSLServerSocket server;
    private static X509Certificate certificate;
    private final DeviceHttp http = new DeviceHttp();

    @BeforeAll
    static void serve(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("camera.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=camera",
                        "-alias",
                        "camera",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        certificate = (X509Certificate) store.getCertificate("camera");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(DeviceHttpTlsTest::accept);
        thread.setDaemon(true);
        thread.start();
    }

    private static void accept() {
        while (!server.isClosed()) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.getInputStream().read(new byte[4096]);
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(ISO_8859_1));
            } catch (Exception e) {
                // The client refused the certificate, as a test wants.
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private DeviceReply get(TlsTrust trust) throws Exception {
        try (http) {
            return http.send(
                    DeviceRequest.get((InetSocketAddress) server.getLocalSocketAddress(), "/")
                            .tls(trust)
                            .build(),
                    Deadline.after(Duration.ofSeconds(10)));
        }
    }

    @Test
    void aSelfSignedCameraIsReadAndItsPinTold() throws Exception {
        DeviceReply reply = get(TlsTrust.any());
        assertThat(new String(reply.body(), ISO_8859_1)).isEqualTo("ok");
        TlsPeer peer = reply.tls().orElseThrow();
        assertThat(peer.certificate()).isEqualTo(certificate);
        assertThat(peer.spkiSha256()).isEqualTo(TlsPeer.pinOf(certificate)).matches("[0-9a-f]{64}");
        assertThat(peer.protocol()).startsWith("TLSv1.");
    }

    @Test
    void aCertificateThatTheCallerRefusesEndsTheCall() {
        X509TrustManager nobody = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
                throw new CertificateException("another key than before");
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        Throwable failure = catchThrowable(() -> get(TlsTrust.of(nobody)));
        assertThat(failure)
                .isInstanceOfSatisfying(
                        DeviceHttpException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TLS));
    }

    @Test
    void aPeerThatSpeaksNoTlsIsTold() throws Exception {
        try (RawPeer peer = RawPeer.saying("HTTP/1.1 400 Bad Request\r\n\r\n");
                http) {
            Throwable failure = catchThrowable(() -> http.send(
                    DeviceRequest.get(peer.address(), "/").tls(TlsTrust.any()).build(),
                    Deadline.after(Duration.ofSeconds(2))));
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            DeviceHttpException.class, e -> assertThat(e.kind()).isIn(Kind.TLS, Kind.TIMED_OUT));
        }
    }

    @Test
    void legacy_offers_old_versions_and_never_what_protects_nothing() throws Exception {
        try (SSLSocket usual = (SSLSocket) TlsTrust.any().sockets().createSocket();
                SSLSocket legacy =
                        (SSLSocket) TlsTrust.any().withLegacy().sockets().createSocket()) {
            assertThat(legacy.getEnabledProtocols()).contains("TLSv1.1").contains(usual.getEnabledProtocols());
            assertThat(legacy.getEnabledCipherSuites()).contains(usual.getEnabledCipherSuites());
            assertThat(legacy.getEnabledCipherSuites()).noneMatch(s -> s.contains("_anon_") || s.contains("_NULL_"));
        }
    }
}
