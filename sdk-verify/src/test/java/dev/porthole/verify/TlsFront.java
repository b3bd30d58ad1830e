package dev.porthole.verify;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLServerSocket;

/** Takes the TLS off connections and passes them on, as a camera's RTSPS port does. */
final class TlsFront implements Closeable {
    private final SSLServerSocket server;
    private final InetSocketAddress to;

    TlsFront(Path key, InetSocketAddress to) throws Exception {
        this.server = TlsDevice.listen(key, 0);
        this.to = to;
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket secured = server.accept();
            Socket plain = new Socket(to.getAddress(), to.getPort());
            daemon(() -> pump(secured, plain));
            daemon(() -> pump(plain, secured));
        }
    }

    private static void pump(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[4096];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One of the two sides went away.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
