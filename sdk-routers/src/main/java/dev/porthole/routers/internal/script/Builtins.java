package dev.porthole.routers.internal.script;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The functions and methods of the language itself that pages print their lists with. */
final class Builtins {
    private static final Pattern INTEGER = Pattern.compile("^\\s*[-+]?[0-9]{1,15}");
    private static final Pattern DECIMAL = Pattern.compile("^\\s*[-+]?[0-9]{1,15}(\\.[0-9]{1,9})?");

    private Builtins() {}

    /** Calls a function of the language; empty where it is none of them. */
    static Optional<Object> call(String name, List<Object> arguments, boolean constructs) {
        if (name.equals("Array")) {
            return Optional.of(array(arguments));
        }
        if (name.equals("Object") && constructs) {
            return Optional.of(new LinkedHashMap<String, Object>());
        }
        if (arguments.isEmpty() || arguments.get(0) instanceof Unknown) {
            return Optional.empty();
        }
        String text = Convert.text(arguments.get(0));
        return switch (name) {
            case "parseInt" -> Optional.of(parsed(text, INTEGER));
            case "parseFloat" -> Optional.of(parsed(text, DECIMAL));
            case "Number" -> Optional.of(Convert.number(arguments.get(0)));
            case "String" -> Optional.of(text);
            case "isNaN" -> Optional.of(Double.isNaN(Convert.number(arguments.get(0))));
            case "unescape", "decodeURIComponent", "decodeURI" -> Optional.of(decoded(text));
            default -> Optional.empty();
        };
    }

    private static List<Object> array(List<Object> arguments) {
        boolean length = arguments.size() == 1 && arguments.get(0) instanceof Double;
        return length ? new ArrayList<>() : new ArrayList<>(arguments);
    }

    private static Double parsed(String text, Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Double.parseDouble(matcher.group().strip()) : Double.NaN;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    static Object math(String method, List<Object> arguments) {
        if (arguments.isEmpty() || arguments.stream().anyMatch(Unknown.class::isInstance)) {
            return new Unknown(List.of("Math", method));
        }
        double one = Convert.number(arguments.get(0));
        double other = arguments.size() > 1 ? Convert.number(arguments.get(1)) : one;
        return switch (method) {
            case "floor" -> Math.floor(one);
            case "ceil" -> Math.ceil(one);
            case "round" -> (double) Math.round(one);
            case "abs" -> Math.abs(one);
            case "min" -> Math.min(one, other);
            case "max" -> Math.max(one, other);
            default -> new Unknown(List.of("Math", method));
        };
    }

    /** Calls a method of a text or a list; what is not known of it stays unknown. */
    static Object method(Object object, String method, List<Object> arguments) {
        if (object instanceof String text) {
            return ofText(text, method, arguments);
        }
        if (object instanceof List<?>) {
            return ofList(object, method, arguments);
        }
        if (method.equals("toString")) {
            return Convert.text(object);
        }
        return new Unknown(List.of(method));
    }

    private static Object ofText(String text, String method, List<Object> arguments) {
        String first = arguments.isEmpty() ? "" : Convert.text(arguments.get(0));
        int length = text.length();
        return switch (method) {
            case "split" -> split(text, first);
            case "toUpperCase" -> text.toUpperCase(Locale.ROOT);
            case "toLowerCase" -> text.toLowerCase(Locale.ROOT);
            case "trim" -> text.strip();
            case "toString" -> text;
            case "concat" -> text + first;
            case "indexOf" -> (double) text.indexOf(first);
            case "lastIndexOf" -> (double) text.lastIndexOf(first);
            case "charAt" -> {
                int at = place(arguments, 0, 0, length);
                yield at < length ? text.substring(at, at + 1) : "";
            }
            case "replace" ->
                arguments.size() == 2
                        ? text.replaceFirst(
                                Pattern.quote(first), Matcher.quoteReplacement(Convert.text(arguments.get(1))))
                        : text;
            case "substring", "slice" -> {
                int from = place(arguments, 0, 0, length);
                int to = place(arguments, 1, length, length);
                yield text.substring(Math.min(from, to), Math.max(from, to));
            }
            case "substr" -> {
                int from = place(arguments, 0, 0, length);
                int count = place(arguments, 1, length, length);
                yield text.substring(from, Math.min(length, from + count));
            }
            default -> new Unknown(List.of(method));
        };
    }

    private static int place(List<Object> arguments, int at, int otherwise, int length) {
        if (at >= arguments.size()) {
            return otherwise;
        }
        double number = Convert.number(arguments.get(at));
        double placed = number < 0 ? Math.max(0, length + number) : number;
        return (int) Math.min(length, Double.isNaN(placed) ? 0 : placed);
    }

    private static List<Object> split(String text, String separator) {
        List<Object> parts = new ArrayList<>();
        for (String part : text.split(Pattern.quote(separator), Meter.MAX_LIST + 1)) {
            if (parts.size() < Meter.MAX_LIST) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** Lists are the same only where they are one: to compare what they hold may never end. */
    private static int place(List<Object> list, Object wanted) {
        boolean plain = wanted instanceof String || wanted instanceof Double || wanted instanceof Boolean;
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) == wanted || plain && list.get(i).equals(wanted)) {
                return i;
            }
        }
        return -1;
    }

    @SuppressWarnings("unchecked")
    private static Object ofList(Object object, String method, List<Object> arguments) {
        List<Object> list = (List<Object>) object;
        switch (method) {
            case "push" -> {
                if (list.size() + arguments.size() > Meter.MAX_LIST) {
                    throw new GivenUpException("a list too long");
                }
                list.addAll(arguments);
                return (double) list.size();
            }
            case "join" -> {
                String between = arguments.isEmpty() ? "," : Convert.text(arguments.get(0));
                return list.stream().map(Convert::text).collect(Collectors.joining(between));
            }
            case "concat" -> {
                List<Object> longer = new ArrayList<>(list);
                for (Object one : arguments) {
                    longer.addAll(one instanceof List<?> more ? more : List.of(one));
                    if (longer.size() > Meter.MAX_LIST) {
                        throw new GivenUpException("a list too long");
                    }
                }
                return longer;
            }
            case "slice" -> {
                int from = place(arguments, 0, 0, list.size());
                int to = place(arguments, 1, list.size(), list.size());
                return new ArrayList<>(list.subList(Math.min(from, to), Math.max(from, to)));
            }
            case "pop" -> {
                return list.isEmpty() ? Nothing.NOTHING : list.remove(list.size() - 1);
            }
            case "shift" -> {
                return list.isEmpty() ? Nothing.NOTHING : list.remove(0);
            }
            case "reverse" -> {
                Collections.reverse(list);
                return list;
            }
            case "indexOf" -> {
                return (double) place(list, arguments.isEmpty() ? Nothing.NOTHING : arguments.get(0));
            }
            case "toString" -> {
                return Convert.text(list);
            }
            default -> {
                return new Unknown(List.of(method));
            }
        }
    }
}
