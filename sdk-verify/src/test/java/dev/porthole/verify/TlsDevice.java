package dev.porthole.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A device on loopback that speaks TLS with a self-signed certificate and answers each request by a function. */
final class TlsDevice implements Closeable {
    private static final String PASSWORD = "changeit";

    private final UnaryOperator<String> answers;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile SSLServerSocket server;

    TlsDevice(Path key, UnaryOperator<String> answers) throws Exception {
        this.answers = answers;
        server = listen(key, 0);
        accepting();
    }

    /** Comes back on the same port with another key. */
    void becomes(Path key) throws Exception {
        int port = port();
        server.close();
        server = listen(key, port);
        accepting();
    }

    /** A new key with its certificate. */
    static Path newKey(Path folder, String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
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
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return file;
    }

    static SSLServerSocket listen(Path key, int port) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(key)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(port, 5, InetAddress.getLoopbackAddress());
    }

    private void accepting() {
        SSLServerSocket listening = server;
        Thread thread = new Thread(() -> {
            while (!listening.isClosed()) {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    serve(socket);
                } catch (IOException e) {
                    // The client refused the certificate or went away.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(SSLSocket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int octet = socket.getInputStream().read();
                octet >= 0;
                octet = socket.getInputStream().read()) {
            head.append((char) octet);
            if (head.indexOf("\r\n\r\n") >= 0) {
                requests.add(head.toString());
                socket.getOutputStream().write(answers.apply(head.toString()).getBytes(StandardCharsets.UTF_8));
                head.setLength(0);
            }
        }
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
