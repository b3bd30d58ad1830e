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
    private final Set<Ends> made = new HashSet<>();
    private final Map<Ends, Connection> accepted = new HashMap<>();

    /**
     * Both ends of a connection: one of them alone may belong to several, because systems use a local port again towards
     * another destination.
     *
     * @param from who connected
     * @param to to what
     */
    record Ends(SocketAddress from, SocketAddress to) {}

    /** Whether a connection that came in is one that the relay is known to have made. */
    boolean closes(Ends ends) {
        return made.contains(ends);
    }

    void accepted(Ends ends, Connection connection) {
        accepted.put(ends, connection);
    }

    /**
     * The relay's own end of a connection to a camera is known.
     *
     * @return the connection that came in by it
     */
    Optional<Connection> made(Ends ends) {
        made.add(ends);
        return Optional.ofNullable(accepted.get(ends));
    }

    /** A connection is over, with what it had made where that is known. */
    void ended(Ends incoming, @Nullable Ends outgoing) {
        accepted.remove(incoming);
        if (outgoing != null) {
            made.remove(outgoing);
        }
    }

    boolean isEmpty() {
        return made.isEmpty() && accepted.isEmpty();
    }
}
