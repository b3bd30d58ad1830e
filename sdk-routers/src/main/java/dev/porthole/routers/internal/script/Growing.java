package dev.porthole.routers.internal.script;

import org.jspecify.annotations.Nullable;

/**
 * A text that a script puts together piece by piece, {@code h += '<tr>…'}: what is there is not copied for each piece.
 * Values share one buffer, and only the longest of them is appended to in place, so that a value never changes. Not
 * thread-safe.
 */
final class Growing {
    /** Shorter texts are as well copied. */
    private static final int SHORT = 128;

    private final StringBuilder buffer;
    private final int length;
    private @Nullable String text;

    private Growing(StringBuilder buffer) {
        this.buffer = buffer;
        this.length = buffer.length();
    }

    /** A text, or one that grows, with another behind it: a {@code String} or a {@code Growing}. */
    static Object joined(Object text, String more, Meter meter) {
        if (text instanceof Growing growing && growing.length == growing.buffer.length()) {
            if (growing.length + more.length() > Meter.MAX_TEXT) {
                throw new GivenUpException("a text too long");
            }
            meter.make(more.length());
            return new Growing(growing.buffer.append(more));
        }
        String before = text instanceof Growing growing ? growing.text(meter) : (String) text;
        int length = before.length() + more.length();
        meter.make(length);
        return length <= SHORT ? before + more : new Growing(new StringBuilder(before).append(more));
    }

    /** A value as it is, and the text itself instead of one that grows. */
    static Object whole(Object value, Meter meter) {
        return value instanceof Growing growing ? growing.text(meter) : value;
    }

    private String text(Meter meter) {
        if (text == null) {
            meter.make(length);
            text = buffer.substring(0, length);
        }
        return text;
    }
}
