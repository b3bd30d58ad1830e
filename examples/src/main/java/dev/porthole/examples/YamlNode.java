package dev.porthole.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A node of a YAML document that knows its line. No objects are constructed from the document, whatever its tags say. */
final class YamlNode {
    /** The file format needs five; a hundred thousand brackets would overflow the parser's stack. */
    private static final int DEEPEST = 20;

    private final String file;
    private final Node node;

    private YamlNode(String file, Node node) {
        this.file = file;
        this.node = node;
    }

    /** Reads a text that holds one document. */
    static YamlNode parse(String file, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        try {
            checkDepth(file, new Parse(settings).parseString(text));
            return new YamlNode(
                    file,
                    new Compose(settings)
                            .composeString(text)
                            .orElseThrow(() -> new InvalidInput(file, "the file is empty; it needs a list 'cameras'")));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new InvalidInput(at(file, line), "this is not YAML: " + Words.plain(String.valueOf(e.getProblem())));
        } catch (YamlEngineException e) {
            throw new InvalidInput(file, "this is not YAML: " + Words.plain(String.valueOf(e.getMessage())));
        }
    }

    private static void checkDepth(String file, Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                throw new InvalidInput(at(file, line(event.getStartMark())), "this is nested too deeply");
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    private static int line(java.util.Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    private static String at(String file, int line) {
        return file + " line " + line;
    }

    int line() {
        return line(node.getStartMark());
    }

    /** For complaints: the file and the line. */
    String where() {
        return at(file, line());
    }

    /** For complaints: the file, the line and the key. */
    String where(String key) {
        return where() + ", " + key;
    }

    InvalidInput invalid(String problem) {
        return new InvalidInput(where(), problem);
    }

    /** The fields of a mapping, in order; every key must be one of those given, and none twice. */
    Map<String, YamlNode> fields(List<String> keys) {
        if (!(node instanceof MappingNode mapping)) {
            throw invalid("here must be a mapping with keys out of " + String.join(", ", keys));
        }
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlNode key = new YamlNode(file, tuple.getKeyNode());
            String name = key.text();
            if (!keys.contains(name)) {
                throw key.invalid(
                        "the key " + Words.quoted(name) + " is not known; known are " + String.join(", ", keys));
            }
            if (fields.put(name, new YamlNode(file, tuple.getValueNode())) != null) {
                throw key.invalid("the key " + Words.quoted(name) + " is there twice");
            }
        }
        return fields;
    }

    /** A field that must be there. */
    YamlNode field(String name, List<String> keys) {
        YamlNode field = fields(keys).get(name);
        if (field == null) {
            throw invalid("the key '" + name + "' is missing");
        }
        return field;
    }

    List<YamlNode> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw invalid("here must be a list, each item starting with a hyphen");
        }
        List<YamlNode> items = new ArrayList<>();
        sequence.getValue().forEach(item -> items.add(new YamlNode(file, item)));
        return items;
    }

    /** A scalar as it is written. */
    String text() {
        if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
            throw invalid("here must be a value");
        }
        return scalar.getValue();
    }

    boolean isBool() {
        return node instanceof ScalarNode && node.getTag().equals(Tag.BOOL);
    }

    boolean bool() {
        if (!isBool()) {
            throw invalid("here must be true or false");
        }
        return Boolean.parseBoolean(text());
    }
}
