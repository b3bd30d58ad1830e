package dev.porthole.bench.upnp;

import dev.porthole.bench.turns.PacketCounter;
import java.io.IOException;

/**
 * Counts what leaves this host for the router: search datagrams, and connections to the router's UPnP port. The router
 * closes after each reply, so a connection is a request.
 */
final class Traffic {
    private final PacketCounter datagrams;
    private final PacketCounter connections;

    /**
     * What was counted.
     *
     * @param datagrams search datagrams
     * @param connections TCP connections
     */
    record Count(int datagrams, int connections) {
        Count since(Count before) {
            return new Count(datagrams - before.datagrams, connections - before.connections);
        }

        /** For a table. */
        @Override
        public String toString() {
            return datagrams == 0 ? Integer.toString(connections) : datagrams + " UDP + " + connections;
        }
    }

    Traffic(int port) throws IOException, InterruptedException {
        datagrams = new PacketCounter("datagrams", "udp dport 1900");
        connections = new PacketCounter("connections", "tcp dport " + port + " tcp flags & (syn | ack) == syn");
    }

    Count count() throws IOException, InterruptedException {
        return new Count(datagrams.count(), connections.count());
    }
}
