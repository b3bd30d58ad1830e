package dev.porthole.routers.internal.script;

import dev.porthole.Deadline;
import java.util.List;

/**
 * What the scripts of one page may take in all: steps, the text that they make, the text that they show, and time. Each
 * method gives the script up where it asks for more. Not thread-safe.
 */
final class Meter {
    /** A list of 1,000 rules is printed in less than half of them. */
    static final int MAX_STEPS = 400_000;

    /** Characters of one text, and of what becomes part of the page; a list of 1,000 rules takes a third. */
    static final int MAX_TEXT = 1 << 20;

    /** Characters of all texts that are made on the way, dropped ones included: 8 Mi. */
    static final int MAX_MADE = 8 << 20;

    static final int MAX_LIST = 20_000;
    private static final int MAX_NESTED = 20;

    /** The clock is read once in so many steps, whether they are taken one by one or at once. */
    private static final int BETWEEN_LOOKS = 1024;

    /** To go through so many characters is a step. */
    private static final int CHARACTERS = 64;

    private final Deadline deadline;
    private int steps;
    private int made;
    private int shown;

    Meter(Deadline deadline) {
        this.deadline = deadline;
    }

    int steps() {
        return steps;
    }

    void step() {
        charge(1);
    }

    /** Counts what is gone through as steps, before it is. */
    void charge(long size) {
        int before = steps;
        steps = (int) Math.min(steps + size, MAX_STEPS + 1L);
        boolean look = steps / BETWEEN_LOOKS != before / BETWEEN_LOOKS;
        if (steps > MAX_STEPS || look && deadline.expired()) {
            throw new GivenUpException("takes too long");
        }
    }

    /** Counts a text that is made, before it is. */
    void make(long length) {
        if (length > MAX_TEXT || made + length > MAX_MADE) {
            throw new GivenUpException("makes too much text");
        }
        made += (int) length;
        charge(length / CHARACTERS);
    }

    /** Counts a text that becomes part of the page. */
    void show(int length) {
        if (shown + (long) length > MAX_TEXT) {
            throw new GivenUpException("shows too much");
        }
        shown += length;
    }

    /** Counts a list that is made, or gone through. */
    void list(long size) {
        if (size > MAX_LIST) {
            throw new GivenUpException("a list too long");
        }
        charge(size);
    }

    /** Counts a value that is read through, as converting or comparing it does. */
    void read(Object value) {
        if (value instanceof String text) {
            charge(text.length() / CHARACTERS);
        } else if (value instanceof List<?> list) {
            length(list, 1, 0);
        } else if (value instanceof Unknown unknown) {
            unknown.path().forEach(this::read);
        }
    }

    /** A value as a text. */
    String text(Object value) {
        if (value instanceof String text) {
            read(text);
            return text;
        }
        make(value instanceof List<?> list ? length(list, 1, 0) : length(value));
        return Convert.text(value);
    }

    /** How long a list is as one text; each item is a step. */
    long length(List<?> list, int between, int depth) {
        if (depth > MAX_NESTED) {
            throw new GivenUpException("lists nested too deeply");
        }
        long sum = Math.max(0, list.size() - 1L) * between;
        for (Object item : list) {
            step();
            sum += item instanceof List<?> inner ? length(inner, 1, depth + 1) : length(item);
            if (sum > MAX_TEXT) {
                throw new GivenUpException("a text too long");
            }
        }
        return sum;
    }

    private int length(Object value) {
        read(value);
        return value instanceof String text
                ? text.length()
                : Convert.text(value).length();
    }
}
