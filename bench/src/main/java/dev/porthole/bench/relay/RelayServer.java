package dev.porthole.bench.relay;

import dev.porthole.SourcePolicy;
import dev.porthole.mapping.Forwarder.Forwarding;
import dev.porthole.mapping.Forwarder.Request;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.relay.Relay;
import java.io.IOException;
import java.net.InetAddress;

/** The relay in a process of its own: prints its port, and ends with its standard input. */
public final class RelayServer {
    private static final int ENOUGH = 4000;

    private RelayServer() {}

    /**
     * Serves.
     *
     * @param args the port to which it leads
     * @throws IOException where it cannot listen
     * @throws InterruptedException where it was interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        InetAddress here = InetAddress.getLoopbackAddress();
        Request request = new Request(
                TransportProtocol.TCP,
                new InternalEndpoint(here, Integer.parseInt(args[0])),
                here,
                0,
                SourcePolicy.anyone());
        try (Relay relay =
                Relay.builder().connections(ENOUGH).connectionsPerSource(ENOUGH).build()) {
            Forwarding port = relay.forward(request);
            System.out.println(port.listening().port());
            while (System.in.read() >= 0) {
                // Nobody has anything to say.
            }
        }
    }
}
