package dev.porthole.routers.internal.profile;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads YAML to nodes that know their place. Nothing is constructed, whatever tags say: tags, anchors and aliases are refused. */
final class Yaml {
    /** The longest profile shipped has a tenth of it. */
    static final int MAX_SIZE = 64 << 10;

    /** The format itself needs eight, the rest is for bodies of JSON. */
    private static final int DEEPEST = 20;

    private Yaml() {}

    static Optional<Node> parse(String text, Problems problems) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_SIZE) {
            problems.at(Optional.empty(), "the file is larger than 64 KiB; a profile is not");
            return Optional.empty();
        }
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(MAX_SIZE).build();
        try {
            check(events(settings, text), problems);
            if (problems.any()) {
                return Optional.empty();
            }
            Optional<Node> root = new Composer(settings, events(settings, text)).getSingleNode();
            if (root.isEmpty()) {
                problems.at(Optional.empty(), "the file is empty; a profile starts with its id");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            problems.at(e.getProblemMark(), "this is not YAML: " + plain(e.getProblem()));
        } catch (YamlEngineException | IndexOutOfBoundsException e) {
            // The scanner runs over the end of some broken escapes.
            problems.at(Optional.empty(), "this is not YAML: " + plain(e.getMessage()));
        }
        return Optional.empty();
    }

    private static ParserImpl events(LoadSettings settings, String text) {
        return new ParserImpl(settings, new StreamReader(settings, text));
    }

    private static String plain(@org.jspecify.annotations.Nullable String message) {
        String text = String.valueOf(message).replaceAll("[^\\x20-\\x7E]+", " ");
        return text.length() <= 160 ? text : text.substring(0, 160) + "...";
    }

    private static void check(Iterator<Event> events, Problems problems) {
        int depth = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof AliasEvent
                    || event instanceof NodeEvent node && node.getAnchor().isPresent()) {
                problems.at(
                        event.getStartMark(),
                        "anchors and aliases (& and *) are not allowed; write it out, or quote it");
                return;
            }
            if (event instanceof ScalarEvent scalar && scalar.getTag().isPresent()
                    || event instanceof CollectionStartEvent start
                            && start.getTag().isPresent()) {
                problems.at(event.getStartMark(), "tags (!) are not allowed; put the value in quotes if it is text");
                return;
            }
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                problems.at(event.getStartMark(), "this is nested more than " + DEEPEST + " deep");
                return;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }
}
