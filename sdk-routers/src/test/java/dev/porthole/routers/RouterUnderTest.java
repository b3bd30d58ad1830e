package dev.porthole.routers;

import dev.porthole.Credentials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A simulated router of some brand, as {@link RouterContract} needs it. It has at least two rules of others. */
public interface RouterUnderTest extends AutoCloseable {
    /** A page that says nothing. */
    String PUZZLE = "<html><title>42</title><body>42</body></html>";

    /** What goes wrong with one request. */
    enum Trouble {
        /** It is done, and the answer is lost. */
        LOST_REPLY,
        /** It is answered as if it were done, and nothing is. Reading is answered truly. */
        LIE,
        /** It is answered by an error, and nothing is done. */
        REFUSED,
        /** It is not done, and the connection breaks off. */
        LOST_REQUEST,
        /** The router forgets every session before it. */
        SESSION_ENDED,
        /** It is not done and never answered. */
        HANG
    }

    /** To this router, without a pace. */
    WebRouter.Builder connect(Credentials account);

    /** The account that the router takes. */
    Credentials account();

    /** Every rule without our tag, exactly as the router holds it. */
    List<String> foreign();

    /** Every rule with our tag. */
    List<String> ours();

    /** How many mappings the rules of others are: rows that are no mapping are none, one with several ranges is more. */
    default int listed() {
        return foreign().size();
    }

    /** The external port of one of the rules of others. */
    int foreignPort();

    /** Whether external and internal port may differ. */
    default boolean translates() {
        return true;
    }

    /** Whether one logs in first; else each request shows the account. */
    default boolean keepsSessions() {
        return true;
    }

    /** How long it says that it lets nobody in after {@link #lock} for ten minutes; empty where it has no such thing. */
    default Optional<String> lockedFor() {
        return Optional.of("10 minutes");
    }

    /** How often somebody tried to log in; without sessions, how often the account was refused. */
    int logins();

    /** How many sessions are open. */
    int sessions();

    /** Lets the n-th request from now go wrong, counted from 1; requests for identity, login and logout do not count. */
    void trouble(int request, Trouble trouble);

    /** How many requests there were since the last call of {@link #trouble}. */
    int requests();

    /** Lets nobody log in for a while. */
    void lock(Duration time);

    /** Whether it is asked over a network, so that it is known whether a password was sent. */
    default boolean asked() {
        return true;
    }

    /** From now on a login with a wrong password is answered by a page with this status, which says nothing. */
    void puzzle(int status);

    @Override
    void close();
}
