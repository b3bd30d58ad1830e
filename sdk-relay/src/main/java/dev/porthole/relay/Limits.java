package dev.porthole.relay;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** The bounds of a {@link Relay}, and its way to the cameras. */
record Limits(
        int connections,
        int connectionsPerSource,
        Duration idle,
        Duration connect,
        int buffer,
        UnaryOperator<InetSocketAddress> route) {}
