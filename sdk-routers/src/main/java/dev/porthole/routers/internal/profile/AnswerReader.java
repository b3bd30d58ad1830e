package dev.porthole.routers.internal.profile;

import dev.porthole.http.internal.HeaderFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the parts of a profile that speak of answers: conditions, and how values are found. */
final class AnswerReader {
    private static final List<String> CONDITION =
            List.of("status", "contains", "notContains", "path", "headers", "json", "xml", "script");
    private static final List<String> EXTRACTION = List.of(
            "json",
            "xml",
            "field",
            "label",
            "header",
            "cookie",
            "variable",
            "after",
            "before",
            "decode",
            "map",
            "default");

    private final Problems problems;

    AnswerReader(Problems problems) {
        this.problems = problems;
    }

    /** Conditions of which one must hold: one, or a list. */
    List<Condition> conditions(Optional<Node> node, String what) {
        List<Condition> conditions = new ArrayList<>();
        node.ifPresent(n -> Section.items(n).forEach(item -> conditions.add(condition(item, what))));
        return conditions;
    }

    Condition condition(Node node, String what) {
        return condition(Section.of(node, what, problems, CONDITION), what);
    }

    private Condition condition(Section section, String what) {
        Condition condition = new Condition(
                statuses(section),
                section.texts("contains"),
                section.texts("notContains"),
                section.text("path").orElse(""),
                headers(section),
                places(section, "json"),
                places(section, "xml"),
                places(section, "script"));
        if (condition.equals(Condition.SUCCESS) && section.node() instanceof MappingNode) {
            problems.at(section.node(), what + " says nothing; give a status, words or values");
        }
        return condition;
    }

    Set<Integer> statuses(Section section) {
        Set<Integer> statuses = new LinkedHashSet<>();
        section.find("status").ifPresent(node -> {
            for (Node item : Section.items(node)) {
                String digits = Section.text(item);
                if (digits.matches("[1-5][0-9]{2}")) {
                    statuses.add(Integer.parseInt(digits));
                } else {
                    problems.at(item, "'status' must be a status of HTTP such as 200, or a list of them");
                }
            }
        });
        return statuses;
    }

    List<HeaderFields.Field> headers(Section section) {
        return headers(section, "headers");
    }

    List<HeaderFields.Field> headers(Section section, String key) {
        List<HeaderFields.Field> headers = new ArrayList<>();
        section.find(key).ifPresent(node -> {
            if (!(node instanceof MappingNode)) {
                problems.at(node, "'" + key + "' must be a mapping of names and the words that they contain");
            }
            Section.pairs(node, problems)
                    .forEach(e ->
                            headers.add(new HeaderFields.Field(Section.text(e.getKey()), Section.text(e.getValue()))));
        });
        return headers;
    }

    private Map<String, List<String>> places(Section section, String key) {
        return section.find(key).map(node -> places(node, key)).orElse(Map.of());
    }

    /** Places with the values that may stand there; null, or ~, for nothing. */
    Map<String, List<String>> places(Node node, String what) {
        Map<String, List<String>> places = new LinkedHashMap<>();
        if (!(node instanceof MappingNode)) {
            problems.at(node, "'" + what + "' must be a mapping of places and values");
        }
        for (Map.Entry<Node, Node> entry : Section.pairs(node, problems)) {
            Place.parse(Section.text(entry.getKey()), entry.getKey(), problems);
            List<String> values = Section.isNull(entry.getValue())
                    ? List.of()
                    : Section.items(entry.getValue()).stream()
                            .map(Section::text)
                            .toList();
            places.put(Section.text(entry.getKey()), values);
        }
        return places;
    }

    /** Variables and how they are found. */
    Map<String, Extraction> extractions(Optional<Node> node, Scope scope) {
        Map<String, Extraction> extractions = new LinkedHashMap<>();
        if (node.isEmpty()) {
            return extractions;
        }
        if (!(node.get() instanceof MappingNode)) {
            problems.at(node.get(), "'extract' must be a mapping of variables and where they are found");
        }
        for (Map.Entry<Node, Node> entry : Section.pairs(node.get(), problems)) {
            String name = Section.text(entry.getKey());
            if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,39}")
                    || Scope.SECRETS.contains(name)
                    || RESERVED.contains(name)) {
                problems.at(
                        entry.getKey(),
                        Problems.quoted(name) + " is no name for a variable; letters, digits, - and _, and none that is"
                                + " known already");
            }
            extractions.put(name, extraction(entry.getValue(), "'" + name + "'"));
            scope.add(name);
        }
        return extractions;
    }

    private static final Set<String> RESERVED = Set.of("base", "host", "rows", "page");

    Extraction extraction(Node node, String what) {
        Section section = Section.of(node, what, problems, EXTRACTION);
        List<String> given = List.of("json", "xml", "field", "label", "header", "cookie", "variable").stream()
                .filter(section::has)
                .toList();
        if (given.size() > 1) {
            section.problem(
                    given.get(1),
                    what + " is found in one part of an answer; take one of " + String.join(" and ", given));
        }
        if (given.isEmpty() && !section.has("after") && node instanceof MappingNode) {
            problems.at(
                    node,
                    what + " needs where it is found: json, xml, field, header, cookie, variable, or after and before");
        }
        Extraction.From from = given.isEmpty()
                ? Extraction.From.BODY
                : Extraction.From.valueOf(given.get(0).toUpperCase(java.util.Locale.ROOT));
        String name = given.isEmpty() ? "" : section.text(given.get(0)).orElse("");
        if (from == Extraction.From.JSON || from == Extraction.From.XML) {
            Place.parse(name, section.find(given.get(0)).orElse(node), problems);
        }
        return new Extraction(
                from,
                name,
                section.text("after").orElse(""),
                section.text("before").orElse(""),
                decoders(section),
                meanings(section),
                section.text("default"));
    }

    private Map<String, String> meanings(Section section) {
        Map<String, String> meanings = new LinkedHashMap<>();
        section.find("map").ifPresent(node -> {
            if (!(node instanceof MappingNode)) {
                problems.at(node, "'map' must be a mapping of values that are found and what they stand for");
            }
            Section.pairs(node, problems)
                    .forEach(e -> meanings.put(Section.text(e.getKey()), Section.text(e.getValue())));
        });
        return meanings;
    }

    private List<String> decoders(Section section) {
        List<String> decoders = section.texts("decode");
        for (String decoder : decoders) {
            if (!Functions.decoders().contains(decoder)) {
                section.problem(
                        "decode",
                        "there is no decoding " + Problems.quoted(decoder) + "; "
                                + Problems.meant(decoder, Functions.decoders()));
            }
        }
        return decoders;
    }
}
