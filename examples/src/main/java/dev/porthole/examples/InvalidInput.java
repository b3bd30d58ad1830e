package dev.porthole.examples;

/** What the user gave cannot be used. The message says what, where, and what to give instead; nothing was done. */
final class InvalidInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A complaint.
     *
     * @param where the option, or the file and line
     * @param problem what is wrong and what to do, without secrets
     */
    InvalidInput(String where, String problem) {
        super(where + ": " + problem);
    }
}
