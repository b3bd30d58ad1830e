package dev.porthole.routers.internal.script;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** JavaScript's conversions between texts, numbers and truth, as far as printing needs them. */
final class Convert {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,15}(\\.[0-9]{1,9})?");

    private Convert() {}

    /** A text, and the words of what is not known. */
    static String text(Object value) {
        if (value instanceof Double number) {
            boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
            return whole ? String.valueOf(number.longValue()) : String.valueOf(number);
        }
        if (value instanceof Unknown unknown) {
            return unknown.words();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Convert::text).collect(Collectors.joining(","));
        }
        if (value instanceof Map<?, ?> || value instanceof Function) {
            return "[object Object]";
        }
        return value == Nothing.NOTHING ? "" : String.valueOf(value);
    }

    /** A number; not a number where the value is none. */
    static double number(Object value) {
        if (value instanceof Double number) {
            return number;
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof String text) {
            String stripped = text.strip();
            if (stripped.isEmpty()) {
                return 0;
            }
            return NUMBER.matcher(stripped).matches() ? Double.parseDouble(stripped) : Double.NaN;
        }
        return Double.NaN;
    }

    /** Whether a condition holds; empty where that is not known. */
    static Optional<Boolean> truth(Object value) {
        if (value instanceof Unknown) {
            return Optional.empty();
        }
        if (value instanceof Boolean truth) {
            return Optional.of(truth);
        }
        if (value instanceof String text) {
            return Optional.of(!text.isEmpty());
        }
        if (value instanceof Double number) {
            return Optional.of(number != 0 && !number.isNaN());
        }
        return Optional.of(value != Nothing.NOTHING);
    }

    /** Whether two values are equal by {@code ==}. */
    static boolean equal(Object one, Object other) {
        if (one instanceof String && other instanceof String || one == Nothing.NOTHING || other == Nothing.NOTHING) {
            return one.equals(other);
        }
        if (one instanceof List<?>
                || one instanceof Map<?, ?>
                || other instanceof List<?>
                || other instanceof Map<?, ?>) {
            return one == other;
        }
        return number(one) == number(other);
    }
}
