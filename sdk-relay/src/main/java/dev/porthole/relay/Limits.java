package dev.porthole.relay;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * The bounds of a {@link Relay}, and its way to the cameras.
 *
 * @param socketBuffer what the system may hold for a reader; 0 leaves that to the system
 */
record Limits(
        int connections,
        int connectionsPerSource,
        Duration idle,
        Duration connect,
        int buffer,
        int socketBuffer,
        UnaryOperator<InetSocketAddress> route) {}
