package dev.porthole.relay;

import java.net.SocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows a connection that the relay has made and that comes back to it. Which end of it is heard of first is for the system
 * to say: its own end is known once the connection stands. Used by one thread.
 */
final class Circle {
    private final Set<SocketAddress> ownEnds = new HashSet<>();
    private final Map<SocketAddress, Connection> clients = new HashMap<>();

    /** Whether a client is a connection of the relay's own that is known already. */
    boolean closes(SocketAddress client) {
        return ownEnds.contains(client);
    }

    void began(Connection connection) {
        clients.put(connection.source(), connection);
    }

    /**
     * The relay's end of a connection to a camera is known.
     *
     * @return the connection that came in by it
     */
    Optional<Connection> made(SocketAddress ownEnd) {
        ownEnds.add(ownEnd);
        return Optional.ofNullable(clients.get(ownEnd));
    }

    void ended(Connection connection, @Nullable SocketAddress ownEnd) {
        clients.remove(connection.source(), connection);
        if (ownEnd != null) {
            ownEnds.remove(ownEnd);
        }
    }

    boolean isEmpty() {
        return ownEnds.isEmpty() && clients.isEmpty();
    }
}
