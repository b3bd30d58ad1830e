package dev.porthole.routers.internal.script;

import java.io.Serial;

/** A script that cannot be followed, and why. It costs nothing to throw: most pages have one. */
final class GivenUpException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    GivenUpException(String message) {
        super(message, null, false, false);
    }
}
