package dev.porthole.routers.internal.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping of a profile whose keys are known. Whatever is wrong becomes a problem, and the value that of nothing. */
final class Section {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6}) ?(ms|s|m|h)");

    private final Node node;
    private final String what;
    private final Problems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private boolean broken;

    private Section(Node node, String what, Problems problems) {
        this.node = node;
        this.what = what;
        this.problems = problems;
    }

    /**
     * Reads a mapping.
     *
     * @param what the section's name, for messages
     * @param known every key that it may have
     */
    static Section of(Node node, String what, Problems problems, List<String> known) {
        Section section = new Section(node, what, problems);
        section.broken = !(node instanceof MappingNode);
        if (section.broken) {
            problems.at(node, "here must be a mapping with keys out of " + String.join(", ", known));
        }
        for (Map.Entry<Node, Node> entry : pairs(node, problems)) {
            String name = text(entry.getKey());
            if (known.contains(name)) {
                section.keys.put(name, entry.getKey());
                section.values.put(name, entry.getValue());
            } else {
                problems.at(
                        entry.getKey(),
                        what + " has no key " + Problems.quoted(name) + "; " + Problems.meant(name, known));
            }
        }
        return section;
    }

    /** The entries of a mapping whose keys are text and none twice; empty where it is none. */
    static List<Map.Entry<Node, Node>> pairs(Node node, Problems problems) {
        List<Map.Entry<Node, Node>> pairs = new ArrayList<>();
        if (!(node instanceof MappingNode mapping)) {
            return pairs;
        }
        List<String> seen = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode)) {
                problems.at(key, "a key must be a plain word");
            } else if (seen.contains(text(key))) {
                problems.at(key, "the key " + Problems.quoted(text(key)) + " is there twice");
            } else {
                seen.add(text(key));
                pairs.add(Map.entry(key, tuple.getValueNode()));
            }
        }
        return pairs;
    }

    /** A scalar's text, empty for anything else. */
    static String text(Node node) {
        return node instanceof ScalarNode scalar && !isNull(node) ? scalar.getValue() : "";
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    /** The items of a list; a value that is no list counts as a list of one. */
    static List<Node> items(Node node) {
        return node instanceof SequenceNode sequence ? List.copyOf(sequence.getValue()) : List.of(node);
    }

    Node node() {
        return node;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Where a problem with a key is told. */
    Node place(String key) {
        return keys.getOrDefault(key, node);
    }

    Optional<Node> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    Optional<Node> require(String key) {
        if (!has(key) && !broken) {
            problems.at(node, what + " lacks the key '" + key + "'");
        }
        return find(key);
    }

    Optional<String> text(String key) {
        return find(key).flatMap(value -> scalar(value, key));
    }

    String requireText(String key) {
        return require(key).flatMap(value -> scalar(value, key)).orElse("");
    }

    private Optional<String> scalar(Node value, String key) {
        if (!(value instanceof ScalarNode) || isNull(value)) {
            problems.at(value, "'" + key + "' must be text");
            return Optional.empty();
        }
        return Optional.of(text(value));
    }

    /** A text or a list of texts. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        find(key)
                .ifPresent(
                        value -> items(value).forEach(item -> scalar(item, key).ifPresent(texts::add)));
        return texts;
    }

    boolean bool(String key, boolean otherwise) {
        Optional<Node> value = find(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (!value.get().getTag().equals(Tag.BOOL)) {
            problems.at(value.get(), "'" + key + "' must be true or false");
            return otherwise;
        }
        return Boolean.parseBoolean(text(value.get()));
    }

    OptionalInt number(String key, int least, int most) {
        Optional<Node> value = find(key);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        String digits = text(value.get());
        if (digits.matches("[0-9]{1,9}") && Integer.parseInt(digits) >= least && Integer.parseInt(digits) <= most) {
            return OptionalInt.of(Integer.parseInt(digits));
        }
        problems.at(value.get(), "'" + key + "' must be a number from " + least + " to " + most);
        return OptionalInt.empty();
    }

    Optional<Duration> duration(String key, Duration most) {
        Optional<Node> value = find(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = DURATION.matcher(text(value.get()));
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            Duration time = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
            };
            if (time.compareTo(most) <= 0) {
                return Optional.of(time);
            }
        }
        problems.at(
                value.get(),
                "'" + key + "' must be a time such as 500ms, 10s or 5m, of " + most.toSeconds() + "s at most");
        return Optional.empty();
    }

    <T> Optional<T> choice(String key, Map<String, T> choices) {
        Optional<String> text = text(key);
        if (text.isPresent() && !choices.containsKey(text.get())) {
            problems.at(
                    find(key).orElse(node),
                    "'" + key + "' cannot be " + Problems.quoted(text.get()) + "; "
                            + Problems.meant(text.get(), choices.keySet()));
        }
        return text.map(choices::get);
    }

    void problem(String key, String problem) {
        problems.at(place(key), problem);
    }
}
