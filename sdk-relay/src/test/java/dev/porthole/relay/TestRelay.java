package dev.porthole.relay;

import dev.porthole.SourcePolicy;
import dev.porthole.mapping.Forwarder;
import dev.porthole.mapping.Forwarder.Forwarding;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.TransportProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Requests and clients for a relay on the loopback interface. */
final class TestRelay {
    static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private TestRelay() {}

    static Forwarder.Request to(int cameraPort) {
        return new Forwarder.Request(
                TransportProtocol.TCP, new InternalEndpoint(HERE, cameraPort), HERE, 0, SourcePolicy.anyone());
    }

    static Forwarder.Request to(int cameraPort, int port, SourcePolicy source) {
        return new Forwarder.Request(TransportProtocol.TCP, new InternalEndpoint(HERE, cameraPort), HERE, port, source);
    }

    static Socket connect(Forwarding forwarding) throws IOException {
        return from("127.0.0.1", forwarding);
    }

    static Socket from(String source, Forwarding forwarding) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setReceiveBufferSize(TestCamera.SMALL_WINDOW);
        // No test waits for ever.
        socket.setSoTimeout(20_000);
        socket.bind(new InetSocketAddress(source, 0));
        socket.connect(new InetSocketAddress(HERE, forwarding.listening().port()));
        return socket;
    }

    /** Closes with a reset. */
    static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
