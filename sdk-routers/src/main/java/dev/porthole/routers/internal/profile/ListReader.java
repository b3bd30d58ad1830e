package dev.porthole.routers.internal.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads how a profile's rules are listed: the requests, the codec of the rows, and what their fields mean. */
final class ListReader {
    private static final Map<String, List<String>> CODECS = Map.of(
            "json-path", List.of("codec", "at", "keyed", "where", "changing"),
            "xml-path", List.of("codec", "at", "changing"),
            "delimited", List.of("codec", "text", "row", "field", "separator", "counts"),
            "js-array", List.of("codec", "variable", "width"),
            "indexed-inputs", List.of("codec", "free"));
    private static final Map<String, DelimitedRows.Style> STYLES = Map.of(
            "between", DelimitedRows.Style.BETWEEN,
            "before", DelimitedRows.Style.BEFORE,
            "after", DelimitedRows.Style.AFTER);
    private static final Map<String, RuleField.Type> TYPES =
            Map.of("text", RuleField.Type.TEXT, "number", RuleField.Type.NUMBER, "boolean", RuleField.Type.BOOLEAN);
    private static final Map<String, List<String>> PROTOCOLS =
            Map.of("TCP", List.of("TCP"), "UDP", List.of("UDP"), "BOTH", List.of("BOTH", "TCP/UDP", "ALL", "TCP+UDP"));
    private static final Map<String, List<String>> SWITCH =
            Map.of("true", List.of("1", "on", "true", "yes"), "false", List.of("0", "off", "false", "no", ""));
    private static final Map<String, List<String>> ANYONE =
            Map.of("anyone", List.of("", "0.0.0.0", "0.0.0.0/0", "any", "*"));

    private final Problems problems;
    private final StepReader steps;

    ListReader(Problems problems, StepReader steps) {
        this.problems = problems;
        this.steps = steps;
    }

    /** What {@code list} holds, still without the limits that are needed for a rule's form. */
    record Read(
            List<Step> requests,
            Optional<Profile.Paging> paging,
            RowCodec rows,
            Optional<Profile.Switch> master,
            Map<String, RuleField> fields,
            Map<String, String> keys) {}

    Read read(Node node, Scope scope) {
        Section section = Section.of(
                node, "list", problems, List.of("request", "requests", "paging", "rows", "switch", "fields", "keys"));
        if (section.has("request") == section.has("requests")) {
            problems.at(node, "list has one of 'request' and 'requests'");
        }
        Optional<Profile.Paging> paging = section.find("paging").map(this::paging);
        if (paging.isPresent()) {
            scope.add("page");
            if (section.has("switch")) {
                section.problem("switch", "a list in parts has no switch: which part would tell its state?");
            }
        }
        List<Step> requests = steps.steps(section.find("requests").or(() -> section.find("request")), "list", scope);
        String codec = section.require("rows")
                .map(rows -> Section.pairs(rows, problems).stream()
                        .filter(e -> Section.text(e.getKey()).equals("codec"))
                        .map(e -> Section.text(e.getValue()))
                        .findFirst()
                        .orElse(""))
                .orElse("");
        Map<String, RuleField> fields =
                section.require("fields").map(n -> fields(n, codec)).orElse(Map.of());
        RowCodec rows = section.find("rows")
                .map(n -> codec(n, codec, fields))
                .orElse(new ScriptRows("", OptionalInt.empty(), ""));
        return new Read(requests, paging, rows, section.find("switch").map(this::master), fields, keys(section, codec));
    }

    private Profile.Switch master(Node node) {
        Section section = Section.of(node, "switch", problems, List.of("state", "on"));
        return new Profile.Switch(
                section.require("state")
                        .map(n -> steps.answers().extraction(n, "'state'"))
                        .orElse(Extraction.nowhere()),
                section.requireText("on"));
    }

    private Profile.Paging paging(Node node) {
        Section section =
                Section.of(node, "paging", problems, List.of("first", "size", "count", "endWhen", "lastWhen"));
        boolean byRow =
                section.choice("count", Map.of("pages", false, "rows", true)).orElse(false);
        return new Profile.Paging(
                section.number("first", 0, 1).orElse(byRow ? 0 : 1),
                section.number("size", 1, 1000),
                byRow,
                steps.answers().conditions(section.find("endWhen"), "endWhen"),
                steps.answers().conditions(section.find("lastWhen"), "lastWhen"));
    }

    private RowCodec codec(Node node, String codec, Map<String, RuleField> fields) {
        List<String> keys = CODECS.get(codec);
        if (keys == null) {
            problems.at(
                    node,
                    "rows need a 'codec'"
                            + (codec.isEmpty() ? "" : ", and " + Problems.quoted(codec) + " is none") + "; "
                            + Problems.meant(codec, CODECS.keySet()));
            return new ScriptRows("", OptionalInt.empty(), "");
        }
        Section section = Section.of(node, "rows of codec " + codec, problems, keys);
        Set<String> changing = new LinkedHashSet<>(section.texts("changing"));
        return switch (codec) {
            case "json-path" ->
                new JsonRows(
                        place(section),
                        section.bool("keyed", false),
                        section.find("where")
                                .map(n -> steps.answers().places(n, "where"))
                                .orElse(Map.of()),
                        changing);
            case "xml-path" -> xml(section, changing);
            case "delimited" -> delimited(section);
            case "js-array" -> script(section);
            default -> inputs(section, fields);
        };
    }

    private String place(Section section) {
        String place = section.requireText("at");
        Place.parse(place, section.place("at"), problems);
        return place;
    }

    private RowCodec xml(Section section, Set<String> changing) {
        String place = place(section);
        if (!place.contains("/") || place.contains("[")) {
            section.problem(
                    "at", "rows of XML stand below the root: its name, a slash, and the names down to the row's");
        }
        return new XmlRows(place, changing);
    }

    private RowCodec script(Section section) {
        String variable = section.requireText("variable");
        String width = section.text("width").orElse("");
        boolean told = width.contains("/");
        return new ScriptRows(
                variable, told ? OptionalInt.empty() : section.number("width", 2, 100), told ? width : "");
    }

    private RowCodec delimited(Section section) {
        Extraction text = section.require("text")
                .map(n -> steps.answers().extraction(n, "'text'"))
                .orElse(Extraction.nowhere());
        String row = section.requireText("row");
        String field = section.requireText("field");
        if (!row.isEmpty() && (row.contains(field) || field.contains(row))) {
            section.problem("field", "rows and fields are separated by the same characters");
        }
        return new DelimitedRows(
                text,
                row.isEmpty() ? "\n" : row,
                field.isEmpty() ? "\t" : field,
                section.choice("separator", STYLES).orElse(DelimitedRows.Style.BETWEEN),
                counts(section));
    }

    private Set<Integer> counts(Section section) {
        Set<Integer> counts = new LinkedHashSet<>();
        for (String text : section.texts("counts")) {
            if (text.matches("[1-9][0-9]?")) {
                counts.add(Integer.parseInt(text));
            } else {
                section.problem("counts", "'counts' are how many fields a row may have, such as 7 or [5, 6]");
            }
        }
        return counts;
    }

    private RowCodec inputs(Section section, Map<String, RuleField> fields) {
        RuleField leading = fields.get(RuleForm.EXTERNAL);
        String name = leading == null ? "#" : leading.places().get(0);
        Map<String, List<String>> free = new LinkedHashMap<>();
        section.find("free").ifPresent(n -> {
            if (!(n instanceof MappingNode)) {
                problems.at(n, "'free' must be a mapping of controls and what they hold in a free row");
            }
            for (Map.Entry<Node, Node> entry : Section.pairs(n, problems)) {
                checkNumbered(Section.text(entry.getKey()), entry.getKey());
                free.put(
                        Section.text(entry.getKey()),
                        Section.items(entry.getValue()).stream()
                                .map(Section::text)
                                .toList());
            }
        });
        return new InputRows(name.contains("#") ? name : "#", free);
    }

    private void checkNumbered(String name, Node node) {
        if (name.indexOf('#') < 0 || name.indexOf('#') != name.lastIndexOf('#')) {
            problems.at(node, Problems.quoted(name) + " needs one # where the row's number stands, such as from#");
        }
    }

    private Map<String, RuleField> fields(Node node, String codec) {
        Section section = Section.of(node, "fields", problems, RuleForm.FIELDS);
        section.require(RuleForm.EXTERNAL);
        section.require(RuleForm.INTERNAL_IP);
        Map<String, RuleField> fields = new LinkedHashMap<>();
        for (String name : RuleForm.FIELDS) {
            section.find(name).ifPresent(value -> fields.put(name, field(name, value, codec)));
        }
        return fields;
    }

    private RuleField field(String name, Node node, String codec) {
        if (!(node instanceof MappingNode)) {
            List<String> places = places(node, codec);
            return new RuleField(places, preset(name), Optional.empty(), RuleField.Type.TEXT);
        }
        Section section = Section.of(node, "the field " + name, problems, List.of("from", "map", "default", "type"));
        List<String> places = section.require("from").map(n -> places(n, codec)).orElse(List.of("0"));
        Map<String, List<String>> values =
                section.find("map").map(n -> map(name, n)).orElse(preset(name));
        return new RuleField(
                places.isEmpty() ? List.of("0") : places,
                values,
                section.text("default"),
                section.choice("type", TYPES).orElse(RuleField.Type.TEXT));
    }

    private static Map<String, List<String>> preset(String name) {
        return switch (name) {
            case RuleForm.PROTOCOL -> PROTOCOLS;
            case RuleForm.ENABLED -> SWITCH;
            case RuleForm.SOURCE -> ANYONE;
            default -> Map.of();
        };
    }

    private Map<String, List<String>> map(String name, Node node) {
        Set<String> known = preset(name).keySet();
        if (known.isEmpty()) {
            problems.at(node, "only protocol, enabled and source have a map; " + name + " is written as it is");
            return Map.of();
        }
        Map<String, List<String>> map = new LinkedHashMap<>();
        Section section = Section.of(
                node, "the map of " + name, problems, known.stream().sorted().toList());
        for (String meaning : known) {
            section.find(meaning).ifPresent(n -> {
                List<String> ways = Section.items(n).stream().map(Section::text).toList();
                if (ways.isEmpty()) {
                    problems.at(n, "name at least one value");
                } else {
                    map.put(meaning, ways);
                }
            });
        }
        if (map.isEmpty()) {
            problems.at(node, "the map of " + name + " is empty; its keys are " + String.join(", ", known));
        }
        if (name.equals(RuleForm.ENABLED)) {
            section.require("true");
        }
        return map;
    }

    private List<String> places(Node node, String codec) {
        List<String> places = new ArrayList<>();
        for (Node item : Section.items(node)) {
            String place = Section.text(item);
            if (place.isEmpty()) {
                problems.at(item, "here must be where the field stands in a row");
            } else if (codec.equals("indexed-inputs")) {
                checkNumbered(place, item);
            } else if (codec.equals("js-array") && place.matches("-[1-9][0-9]?")) {
                // Counted from a row's end.
            } else if (codec.equals("delimited") && !place.matches("[0-9]{1,2}")) {
                problems.at(item, "fields of a delimited row are numbered from 0");
            } else {
                Place.parse(place, item, problems);
            }
            places.add(place.matches("[0-9]{1,2}") || !codec.equals("delimited") ? place : "0");
        }
        return places;
    }

    private Map<String, String> keys(Section list, String codec) {
        Map<String, String> keys = new LinkedHashMap<>();
        list.find("keys").ifPresent(node -> {
            if (!(node instanceof MappingNode)) {
                problems.at(node, "'keys' must be a mapping of variables and where they stand in a row");
            }
            for (Map.Entry<Node, Node> entry : Section.pairs(node, problems)) {
                String name = Section.text(entry.getKey());
                if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,39}")
                        || RuleForm.FIELDS.contains(name)
                        || Set.of("index", "number", "page").contains(name)) {
                    problems.at(entry.getKey(), Problems.quoted(name) + " is no name for a variable of a row");
                }
                List<String> places = places(entry.getValue(), codec);
                keys.put(name, places.isEmpty() ? "0" : places.get(0));
            }
        });
        return keys;
    }
}
