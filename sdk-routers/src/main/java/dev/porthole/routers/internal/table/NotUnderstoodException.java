package dev.porthole.routers.internal.table;

import java.io.Serial;

/** A page that cannot be read or written with certainty, and why. */
final class NotUnderstoodException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Which kind of difficulty; the later ones tell more about a page. */
    enum Kind {
        /** Nothing on the page is a table of port mappings. */
        NO_TABLE,
        /** The page fills its table by script only. */
        NEEDS_SCRIPT,
        /** There is a table, and it can be read in two ways. */
        AMBIGUOUS
    }

    private final Kind kind;

    NotUnderstoodException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static NotUnderstoodException ambiguous(String message) {
        return new NotUnderstoodException(Kind.AMBIGUOUS, message);
    }

    static NotUnderstoodException needsScript(String message) {
        return new NotUnderstoodException(Kind.NEEDS_SCRIPT, message);
    }

    Kind kind() {
        return kind;
    }
}
