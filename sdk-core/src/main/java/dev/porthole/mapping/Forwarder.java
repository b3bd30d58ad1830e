package dev.porthole.mapping;

import dev.porthole.SourcePolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Objects;

/**
 * Passes on connections that arrive at a port of this host to a service on the LAN. Where a gateway maps for the asking host
 * only, a mapping to such a port leads to the camera all the same. {@code porthole-relay} has the implementation.
 *
 * <p>Thread-safe.
 */
public interface Forwarder extends AutoCloseable {
    /**
     * Begins to listen. Connections are accepted from when this returns.
     *
     * @param request where to listen, and for which service
     * @return what listens now
     * @throws IOException where this host cannot listen there; {@link java.net.BindException} where the port is taken
     * @throws InterruptedException where the thread was interrupted; nothing listens then
     * @throws IllegalArgumentException where the request cannot be meant: UDP, or a service that is the forwarder itself
     */
    Forwarding forward(Request request) throws IOException, InterruptedException;

    /** Stops listening, ends every connection and frees all that is held. Idempotent. */
    @Override
    void close();

    /**
     * What is asked for.
     *
     * @param protocol the transport
     * @param target the only service that can be reached by it
     * @param address this host's address at which to listen: the one that the gateway sees
     * @param port the port at which to listen, or 0 for one of the system's choice
     * @param source who may connect, whatever the gateway lets through
     */
    record Request(
            TransportProtocol protocol, InternalEndpoint target, InetAddress address, int port, SourcePolicy source) {
        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException where the port is out of range
         */
        public Request {
            Objects.requireNonNull(protocol, "protocol");
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(source, "source");
            if (port != 0) {
                PortRange.checkPort(port);
            }
        }
    }

    /** One port that listens for one service. */
    interface Forwarding extends AutoCloseable {
        /**
         * Where it listens.
         *
         * @return an address of this host and the port
         */
        InternalEndpoint listening();

        /**
         * Where it leads.
         *
         * @return the service
         */
        InternalEndpoint target();

        /**
         * Whether it listens. It may end by itself, after a fault.
         *
         * @return false once it no longer does; it never does so again
         */
        boolean isOpen();

        /** Stops listening and ends its connections. Idempotent; the port is free when this returns. */
        @Override
        void close();
    }
}
