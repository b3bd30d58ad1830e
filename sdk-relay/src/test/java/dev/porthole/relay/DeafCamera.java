package dev.porthole.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port whose queue of waiting connections is full: the system drops further SYNs, as a host does that is switched off. */
final class DeafCamera implements AutoCloseable {
    private static final int ENOUGH = 16;

    private final ServerSocket listener = new ServerSocket(0, 1, TestRelay.HERE);
    private final List<Socket> waiting = new ArrayList<>();

    DeafCamera() throws IOException {
        try {
            while (waiting.size() < ENOUGH) {
                Socket socket = new Socket();
                waiting.add(socket);
                socket.connect(new InetSocketAddress(TestRelay.HERE, port()), 100);
            }
        } catch (SocketTimeoutException e) {
            // Full.
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : waiting) {
            socket.close();
        }
    }
}
