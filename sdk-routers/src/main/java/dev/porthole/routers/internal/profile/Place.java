package dev.porthole.routers.internal.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Where a value stands in JSON or XML: names and numbers with slashes between, for example {@code result/1/values}. A
 * step {@code [key=value]} takes the first item of a list whose key has the value. In XML the root's name comes first, and
 * prefixes are left out.
 */
final class Place {
    private final String text;
    private final List<String> steps;

    private Place(String text, List<String> steps) {
        this.text = text;
        this.steps = steps;
    }

    static Place parse(String text, Node node, Problems problems) {
        List<String> steps = List.of(text.split("/", -1));
        for (String step : text.isEmpty() ? List.<String>of() : steps) {
            if (step.isEmpty()
                    || step.startsWith("[") != step.endsWith("]")
                    || step.startsWith("[") && !step.contains("=")) {
                problems.at(
                        node,
                        Problems.quoted(text)
                                + " is no place; write names and numbers with slashes between, such as result/1/values or"
                                + " data/[name=wan]/ip");
                break;
            }
        }
        return new Place(text, text.isEmpty() ? List.of() : steps);
    }

    /** The same without a check, for names that a profile gives as they are. */
    static Place of(String text) {
        return new Place(text, text.isEmpty() ? List.of() : List.of(text.split("/", -1)));
    }

    /** What stands there in JSON; null where there is nothing. */
    @Nullable
    Object in(@Nullable Object json) {
        Object at = json;
        for (String step : steps) {
            at = next(at, step);
        }
        return at;
    }

    private static @Nullable Object next(@Nullable Object at, String step) {
        if (at instanceof Map<?, ?> map) {
            return step.startsWith("[") ? first(map.values(), step) : map.get(step);
        }
        if (at instanceof List<?> list) {
            if (step.startsWith("[")) {
                return first(list, step);
            }
            if (step.length() <= 6 && step.chars().allMatch(c -> c >= '0' && c <= '9')) {
                int index = Integer.parseInt(step);
                return index < list.size() ? list.get(index) : null;
            }
        }
        return null;
    }

    private static @Nullable Object first(Iterable<?> items, String step) {
        int equals = step.indexOf('=');
        String key = step.substring(1, equals);
        String value = step.substring(equals + 1, step.length() - 1);
        for (Object item : items) {
            if (item instanceof Map<?, ?> map && Objects.equals(String.valueOf(map.get(key)), value)) {
                return item;
            }
        }
        return null;
    }

    /** Every element that stands there, in order. */
    List<XmlNode> all(XmlNode root) {
        if (steps.isEmpty() || !root.name().equals(steps.get(0))) {
            return List.of();
        }
        return below(root, steps.subList(1, steps.size()));
    }

    /** Every element that stands there below an element. */
    List<XmlNode> below(XmlNode node) {
        return below(node, steps);
    }

    private static List<XmlNode> below(XmlNode start, List<String> steps) {
        List<XmlNode> at = List.of(start);
        for (String step : steps) {
            List<XmlNode> next = new ArrayList<>();
            for (XmlNode each : at) {
                each.children().stream()
                        .filter(child -> child.name().equals(step))
                        .forEach(next::add);
            }
            at = next;
        }
        return at;
    }

    Optional<String> textIn(XmlNode root) {
        return all(root).stream().findFirst().map(XmlNode::text);
    }

    /** A JSON value as text: a list's items with spaces between; empty for nothing, null and objects. */
    static Optional<String> text(@Nullable Object value) {
        if (value instanceof List<?> list) {
            List<String> items = new ArrayList<>();
            list.forEach(item -> text(item).ifPresent(items::add));
            return Optional.of(String.join(" ", items));
        }
        if (value instanceof java.math.BigDecimal number) {
            return Optional.of(number.toPlainString());
        }
        return value == null || value instanceof Map ? Optional.empty() : Optional.of(String.valueOf(value));
    }

    @Override
    public String toString() {
        return text;
    }
}
