package dev.porthole.routers.internal.profile;

import java.util.List;

/**
 * How far a profile was tried.
 *
 * @param level on what
 * @param firmware which firmware was seen
 * @param source where its knowledge is from
 */
public record Verification(Level level, List<String> firmware, String source) {
    /** On what a profile was tried. */
    public enum Level {
        /** A real router. */
        REAL,
        /** A simulated router, or recorded answers. */
        FIXTURES,
        /** Nothing. */
        UNVERIFIED
    }

    /** Copies the list. */
    public Verification {
        firmware = List.copyOf(firmware);
    }
}
