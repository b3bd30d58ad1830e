package dev.porthole.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Supplier;

/** A camera's RTSP server: what all its connections share. */
final class RtspServer implements AutoCloseable {
    private final String path;
    private final Supplier<String> ownAuthority;
    private final LoginGuard guard;
    private final Supplier<CameraBehaviour> behaviour;
    private final FaultScript faults;
    private final RequestLog log;
    private final StreamCounts counts;
    private final TcpServer server;

    RtspServer(
            InetSocketAddress at,
            String path,
            Supplier<String> ownAuthority,
            LoginGuard guard,
            Supplier<CameraBehaviour> behaviour,
            FaultScript faults,
            RequestLog log,
            StreamCounts counts)
            throws IOException {
        this.path = path;
        this.ownAuthority = ownAuthority;
        this.guard = guard;
        this.behaviour = behaviour;
        this.faults = faults;
        this.log = log;
        this.counts = counts;
        this.server = TcpServer.start(at, "fake-camera-rtsp", this::serve);
    }

    InetSocketAddress address() {
        return server.address();
    }

    int connections() {
        return server.connections();
    }

    private void serve(Socket connection) throws IOException {
        serve(connection, new MessageReader(connection));
    }

    /** Serves a client whose requests come by some other way than its connection. */
    void serve(Socket connection, MessageReader requests) throws IOException {
        try (RtspConnection served = new RtspConnection(
                connection, requests, path, ownAuthority.get(), guard, behaviour.get(), faults, log, counts)) {
            served.serve();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
