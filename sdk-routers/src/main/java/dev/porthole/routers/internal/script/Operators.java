package dev.porthole.routers.internal.script;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operators of the language on values; what is done to something unknown is not known. */
final class Operators {
    private Operators() {}

    static Object unary(String operator, Object operand, Meter meter) {
        if (operand instanceof Unknown) {
            return operand;
        }
        if (operator.equals("typeof")) {
            return typeOf(operand);
        }
        meter.read(operand);
        return switch (operator) {
            case "!" -> !Convert.truth(operand).orElse(false);
            case "-" -> -Convert.number(operand);
            case "+" -> Convert.number(operand);
            default -> Nothing.NOTHING;
        };
    }

    /**
     * Two values by an operator other than {@code &&} and {@code ||}.
     *
     * @param first may be a text that grows; so may be what {@code +} gives
     */
    static Object binary(String operator, Object first, Object right, Meter meter) {
        if (operator.equals("+")) {
            return plus(first, right, meter);
        }
        Object left = Growing.whole(first, meter);
        if (left instanceof Unknown || right instanceof Unknown) {
            return new Unknown(List.of("result"));
        }
        meter.read(left);
        meter.read(right);
        Boolean truth = compared(operator, left, right);
        return truth != null
                ? (Object) truth
                : (Object) arithmetic(operator, Convert.number(left), Convert.number(right));
    }

    private static Object plus(Object left, Object right, Meter meter) {
        boolean text = left instanceof String || left instanceof Growing;
        boolean texts = text || right instanceof String;
        if (!texts && (left instanceof Unknown || right instanceof Unknown)) {
            return left instanceof Unknown ? left : right;
        }
        if (left instanceof Double one && right instanceof Double other) {
            return one + other;
        }
        String more = right instanceof String behind ? behind : meter.text(right);
        return Growing.joined(text ? left : meter.text(left), more, meter);
    }

    private static @Nullable Boolean compared(String operator, Object left, Object right) {
        boolean texts = left instanceof String && right instanceof String;
        int order = texts ? ((String) left).compareTo((String) right) : 0;
        double one = texts ? order : Convert.number(left);
        double other = texts ? 0 : Convert.number(right);
        return switch (operator) {
            case "==", "===" -> Convert.equal(left, right);
            case "!=", "!==" -> !Convert.equal(left, right);
            case "<" -> one < other;
            case ">" -> one > other;
            case "<=" -> one <= other;
            case ">=" -> one >= other;
            default -> null;
        };
    }

    private static double arithmetic(String operator, double one, double other) {
        return switch (operator) {
            case "-" -> one - other;
            case "*" -> one * other;
            case "/" -> one / other;
            case "%" -> one % other;
            case "&" -> (double) ((long) one & (long) other);
            case "|" -> (double) ((long) one | (long) other);
            case "^" -> (double) ((long) one ^ (long) other);
            case "<<" -> (double) ((int) one << (int) other);
            case ">>", ">>>" -> (double) ((int) one >> (int) other);
            default -> Double.NaN;
        };
    }

    private static String typeOf(Object value) {
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Double) {
            return "number";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        return value instanceof Function ? "function" : value == Nothing.NOTHING ? "undefined" : "object";
    }
}
