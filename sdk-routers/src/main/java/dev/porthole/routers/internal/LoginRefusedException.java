package dev.porthole.routers.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** A router did not let us in. */
public final class LoginRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient OptionalInt triesLeft;
    private final transient Optional<Duration> lockedFor;
    private final boolean locked;

    private LoginRefusedException(String message, OptionalInt triesLeft, boolean locked, Optional<Duration> lockedFor) {
        super(message);
        this.triesLeft = triesLeft;
        this.locked = locked;
        this.lockedFor = lockedFor;
    }

    /**
     * The account was refused.
     *
     * @param triesLeft how many more tries the router says that it allows
     * @return the exception
     */
    public static LoginRefusedException refused(OptionalInt triesLeft) {
        return new LoginRefusedException("the router refused the account", triesLeft, false, Optional.empty());
    }

    /**
     * Nobody is let in for a while.
     *
     * @param lockedFor for how long, where the router says so
     * @return the exception
     */
    public static LoginRefusedException locked(Optional<Duration> lockedFor) {
        return new LoginRefusedException("the router lets nobody log in", OptionalInt.empty(), true, lockedFor);
    }

    OptionalInt triesLeft() {
        return triesLeft;
    }

    boolean isLocked() {
        return locked;
    }

    Optional<Duration> lockedFor() {
        return lockedFor;
    }
}
