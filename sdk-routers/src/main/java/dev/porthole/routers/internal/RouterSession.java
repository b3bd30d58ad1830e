package dev.porthole.routers.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.ReservedPort;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A session with one router. Each method is one attempt: what it means and whether it is repeated is {@link
 * WebRouterProvider}'s. Used by one thread at a time.
 *
 * <p>Methods throw {@link NatTraversalException} where no valid answer came, {@link SessionEndedException} where the
 * router no longer knows the session, {@link InterruptedException} where the thread was interrupted.
 */
public interface RouterSession {
    /**
     * What this router can do, as far as is known so far; after {@link #rows} all of it.
     *
     * @return the capabilities
     */
    Capabilities capabilities();

    /**
     * Whether rules carry a name, so that ours can be told from foreign ones; known after {@link #rows}.
     *
     * @return true where they do
     */
    boolean named();

    /**
     * Our tag as the router keeps it, which may cut it or change characters.
     *
     * @param tag the tag of a request
     * @return the name that its rule has when it is read again
     */
    default String stored(String tag) {
        return tag;
    }

    /**
     * How many rules the table can hold; one for both transports, at one place, is one.
     *
     * @return empty where that is not known
     */
    default OptionalInt room() {
        return OptionalInt.empty();
    }

    /**
     * Reads the whole table, also rules that are switched off or not understood.
     *
     * @param deadline when to give up
     * @return the rules in the router's order
     */
    List<RouterRow> rows(Deadline deadline) throws SessionEndedException, InterruptedException;

    /**
     * Adds a rule, and keeps every other as it is. Nothing but whether the router took the request is told; the table is
     * read again afterwards.
     *
     * @param request what to map; checked against {@link #capabilities()} before
     * @param deadline when to give up
     */
    void add(MappingRequest request, Deadline deadline) throws SessionEndedException, InterruptedException;

    /**
     * Removes a rule, and keeps every other as it is.
     *
     * @param row the rule, as the last {@link #rows} gave it
     * @param deadline when to give up
     */
    void remove(RouterRow row, Deadline deadline) throws SessionEndedException, InterruptedException;

    /**
     * Makes what was changed take effect and last, where that is a step of its own. Harmless when repeated.
     *
     * @param deadline when to give up
     */
    default void commit(Deadline deadline) throws SessionEndedException, InterruptedException {}

    /**
     * The router's address on its outside.
     *
     * @param deadline when to give up
     * @return the address; {@link ExternalAddress#UNKNOWN} where the router's pages do not tell
     */
    default ExternalAddress externalAddress(Deadline deadline) throws SessionEndedException, InterruptedException {
        return ExternalAddress.UNKNOWN;
    }

    /**
     * The ports that the router's own services use on its outside.
     *
     * @param deadline when to give up
     * @return an unmodifiable set; empty where they are not known
     */
    default Set<ReservedPort> reservedPorts(Deadline deadline) throws SessionEndedException, InterruptedException {
        return Set.of();
    }

    /**
     * How the router's pages were understood, for a person who wonders; known after {@link #rows}.
     *
     * @return lines of text; empty where there is nothing to tell
     */
    default List<String> explanation() {
        return List.of();
    }

    /**
     * Logs out. Failing to is nobody's concern.
     *
     * @param deadline when to give up
     */
    void logout(Deadline deadline) throws SessionEndedException, InterruptedException;
}
