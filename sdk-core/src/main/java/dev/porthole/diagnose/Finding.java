package dev.porthole.diagnose;

import java.util.Objects;

/**
 * Something that was found out and that a person may act on.
 *
 * @param code what it is about; stable
 * @param severity how much it matters
 * @param message the cause in plain words, with the names and numbers of this case
 * @param remedy what to press, set or run; empty where nothing need be done
 */
public record Finding(FindingCode code, Severity severity, String message, String remedy) {
    /** Checks that nothing is missing. */
    public Finding {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(remedy, "remedy");
    }

    /**
     * A finding of the usual severity of its code.
     *
     * @param code what it is about
     * @param message the cause in plain words
     * @param remedy what to do, or empty
     * @return the finding
     */
    public static Finding of(FindingCode code, String message, String remedy) {
        return new Finding(code, code.severity(), message, remedy);
    }

    /** The code, the cause and the remedy on one line. */
    @Override
    public String toString() {
        return code + ": " + message + (remedy.isEmpty() ? "" : " Remedy: " + remedy);
    }
}
