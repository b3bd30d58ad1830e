package dev.porthole.diagnose;

/** How much a {@link Finding} matters. */
public enum Severity {
    /** Good to know; nothing need be done. */
    INFO,
    /** It works, and something about it should be changed. */
    WARNING,
    /** It does not work until something is changed. */
    ERROR
}
