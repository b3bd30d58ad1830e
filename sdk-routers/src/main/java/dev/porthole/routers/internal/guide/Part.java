package dev.porthole.routers.internal.guide;

import java.util.Optional;

/**
 * What belongs to the step for a rule: a field to fill in, or a command that does the same.
 *
 * @param when for which rules it is shown
 * @param label the field's label; empty for a command
 * @param value what to enter, or the command; with placeholders
 */
public record Part(When when, Optional<String> label, String value) {
    /** For which rules. */
    public enum When {
        /** For all. */
        ALWAYS,
        /** Where anyone may connect. */
        ANYONE,
        /** Where not anyone may connect. */
        RESTRICTED
    }

    /**
     * Reads an indented line of a step.
     *
     * @param step the step, for messages
     * @param line {@code = Label: value} or {@code $ command}, with {@code restricted} or {@code anyone} before it
     */
    static Part parse(GuideLine step, String line) {
        When when = line.startsWith("restricted ") ? When.RESTRICTED : When.ALWAYS;
        when = line.startsWith("anyone ") ? When.ANYONE : when;
        String rest = (when == When.ALWAYS ? line : line.substring(line.indexOf(' '))).strip();
        if (rest.startsWith("$ ")) {
            return new Part(when, Optional.empty(), rest.substring(2).strip());
        }
        int colon = rest.lastIndexOf(": ");
        if (!rest.startsWith("= ") || colon < 0) {
            throw step.invalid("'" + line + "' is neither '= Label: value' nor '$ command'");
        }
        return new Part(
                when,
                Optional.of(rest.substring(2, colon).strip()),
                rest.substring(colon + 2).strip());
    }

    /**
     * Whether it is shown.
     *
     * @param restricted whether not anyone may connect
     * @return true where it is
     */
    public boolean shown(boolean restricted) {
        return switch (when) {
            case ALWAYS -> true;
            case ANYONE -> !restricted;
            case RESTRICTED -> restricted;
        };
    }
}
