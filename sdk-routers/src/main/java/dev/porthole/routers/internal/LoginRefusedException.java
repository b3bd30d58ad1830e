package dev.porthole.routers.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** A router did not let us in. */
public final class LoginRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient OptionalInt triesLeft;
    private final transient Optional<Duration> lockedFor;
    private final Kind kind;

    /** Why. */
    enum Kind {
        /** The account is wrong. */
        REFUSED,
        /** Too many wrong ones before. */
        LOCKED,
        /** Somebody else is in; nothing is said about the account. */
        BUSY
    }

    private LoginRefusedException(String message, Kind kind, OptionalInt triesLeft, Optional<Duration> lockedFor) {
        super(message);
        this.kind = kind;
        this.triesLeft = triesLeft;
        this.lockedFor = lockedFor;
    }

    /**
     * The account was refused.
     *
     * @param triesLeft how many more tries the router says that it allows
     * @return the exception
     */
    public static LoginRefusedException refused(OptionalInt triesLeft) {
        return new LoginRefusedException("the router refused the account", Kind.REFUSED, triesLeft, Optional.empty());
    }

    /**
     * Nobody is let in for a while.
     *
     * @param lockedFor for how long, where the router says so
     * @return the exception
     */
    public static LoginRefusedException locked(Optional<Duration> lockedFor) {
        return new LoginRefusedException("the router lets nobody log in", Kind.LOCKED, OptionalInt.empty(), lockedFor);
    }

    /**
     * Somebody else is logged in, and the router lets in one at a time.
     *
     * @return the exception
     */
    public static LoginRefusedException busy() {
        return new LoginRefusedException(
                "somebody else is logged in", Kind.BUSY, OptionalInt.empty(), Optional.empty());
    }

    OptionalInt triesLeft() {
        return triesLeft;
    }

    Kind kind() {
        return kind;
    }

    Optional<Duration> lockedFor() {
        return lockedFor;
    }
}
