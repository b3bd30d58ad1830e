package dev.porthole.routers.internal.profile;

import dev.porthole.http.internal.xml.SafeXml;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads the requests of a profile. */
final class StepReader {
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
    private static final List<String> BODIES = List.of("form", "json", "xml");
    private static final List<String> STEP = List.of(
            "get",
            "post",
            "put",
            "patch",
            "delete",
            "query",
            "form",
            "withRows",
            "urlEncoded",
            "json",
            "xml",
            "headers",
            "expect",
            "extract",
            "follow");

    private final Problems problems;
    private final AnswerReader answers;

    StepReader(Problems problems) {
        this.problems = problems;
        this.answers = new AnswerReader(problems);
    }

    AnswerReader answers() {
        return answers;
    }

    /** The requests of a list, or one; what one extracts is known to the next, and left in the scope. */
    List<Step> steps(Optional<Node> node, String what, Scope scope) {
        List<Step> steps = new ArrayList<>();
        node.ifPresent(n -> Section.items(n).forEach(item -> steps.add(step(item, what, scope))));
        return steps;
    }

    Step step(Node node, String what, Scope scope) {
        Section section = Section.of(node, "a request of " + what, problems, STEP);
        List<String> methods = METHODS.stream().filter(section::has).toList();
        if (methods.size() != 1 && node instanceof MappingNode) {
            problems.at(
                    node,
                    "a request has one of " + String.join(", ", METHODS) + " with its path, and this has "
                            + (methods.isEmpty() ? "none" : String.join(" and ", methods)));
        }
        String method = methods.isEmpty() ? "get" : methods.get(0);
        Template path = section.find(method).map(value -> path(value, scope)).orElse(Template.literal("/"));
        Body body = body(section, method, scope);
        List<Body.Field> query = section.find("query")
                .map(value -> fields(value, "query", scope))
                .orElse(List.of());
        List<Step.Header> headers = headers(section.find("headers"), scope);
        Condition expect = section.find("expect")
                .map(value -> answers.condition(value, "expect"))
                .orElse(Condition.SUCCESS);
        return new Step(
                method.toUpperCase(Locale.ROOT),
                path,
                query,
                body,
                headers,
                expect,
                answers.extractions(section.find("extract"), scope),
                section.bool("follow", true));
    }

    private Template path(Node value, Scope scope) {
        String text = Section.text(value);
        if (!text.startsWith("/") || text.startsWith("//") || text.chars().anyMatch(c -> c <= ' ' || c == '#')) {
            problems.at(value, "a path starts with one slash and has no spaces, such as /apply.cgi");
        }
        return Template.parse(value, scope, problems);
    }

    List<Step.Header> headers(Optional<Node> node, Scope scope) {
        List<Step.Header> headers = new ArrayList<>();
        node.ifPresent(n -> {
            if (!(n instanceof MappingNode)) {
                problems.at(n, "here must be a mapping of names and values");
            }
            for (Map.Entry<Node, Node> entry : Section.pairs(n, problems)) {
                String name = Section.text(entry.getKey());
                if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,60}")) {
                    problems.at(entry.getKey(), Problems.quoted(name) + " is no name for a header field or a cookie");
                }
                headers.add(new Step.Header(name, Template.parse(entry.getValue(), scope, problems)));
            }
        });
        return headers;
    }

    private Body body(Section section, String method, Scope scope) {
        List<String> given = BODIES.stream().filter(section::has).toList();
        if (given.size() > 1) {
            section.problem(given.get(1), "a request has one body; take one of " + String.join(" and ", given));
        }
        if (!given.isEmpty() && method.equals("get")) {
            section.problem(given.get(0), "a get has no body; use query, or post");
        }
        if (section.has("urlEncoded") && !section.has("json")) {
            section.problem("urlEncoded", "'urlEncoded' is never used without json");
        }
        boolean withRows = section.bool("withRows", false);
        if (withRows && !scope.knows("rows")) {
            section.problem("withRows", "the rows of the list are known in write.replace and write.apply only");
        }
        if (section.has("form") || withRows) {
            List<Body.Field> fields =
                    section.find("form").map(n -> fields(n, "form", scope)).orElse(List.of());
            return new Body.Form(fields, withRows);
        }
        if (section.has("json")) {
            return new Body.Json(tree(section.find("json").orElseThrow(), scope), section.bool("urlEncoded", false));
        }
        return section.find("xml").<Body>map(n -> xml(n, scope)).orElseGet(Body.None::new);
    }

    private List<Body.Field> fields(Node node, String what, Scope scope) {
        List<Body.Field> fields = new ArrayList<>();
        if (!(node instanceof MappingNode)) {
            problems.at(node, "'" + what + "' must be a mapping of names and values");
        }
        for (Map.Entry<Node, Node> entry : Section.pairs(node, problems)) {
            String name = Section.text(entry.getKey());
            boolean optional = name.endsWith("?");
            Template key = Template.parse(
                    optional ? name.substring(0, name.length() - 1) : name, entry.getKey(), scope, problems);
            for (Node value : Section.items(entry.getValue())) {
                if (!(value instanceof ScalarNode)) {
                    problems.at(value, "the value of a field is text, or a list of texts");
                }
                fields.add(new Body.Field(key, Template.parse(value, scope, problems), optional));
            }
        }
        return fields;
    }

    private Body xml(Node node, Scope scope) {
        if (!(node instanceof ScalarNode)) {
            problems.at(node, "'xml' must be text; write it after a |");
            return new Body.None();
        }
        Template template = Template.parse(node, scope, problems);
        Values sample = Values.empty();
        scope.names().forEach(name -> sample.put(name, name.equals("rows") ? "" : "1"));
        if (!problems.any()) {
            byte[] written = template.render(sample).getBytes(StandardCharsets.UTF_8);
            if (XmlNode.parse(new SafeXml(), written).isEmpty()) {
                problems.at(node, "this is not well-formed XML");
            }
        }
        return new Body.Xml(template);
    }

    private Body.Tree number(Node node, String text) {
        if (text.matches("-?[0-9]{1,18}")) {
            return new Body.Constant(Long.parseLong(text));
        }
        if (text.matches("-?[0-9]{1,18}\\.[0-9]{1,18}")) {
            return new Body.Constant(new BigDecimal(text));
        }
        problems.at(node, "this is no number that JSON has; put it in quotes where it is text");
        return new Body.Constant(null);
    }

    /** A value of JSON. Plain scalars keep their type, quoted ones are text, and all text is a template. */
    Body.Tree tree(Node node, Scope scope) {
        if (node instanceof SequenceNode sequence) {
            return new Body.Items(
                    sequence.getValue().stream().map(item -> tree(item, scope)).toList());
        }
        if (node instanceof MappingNode) {
            Map<String, Body.Tree> fields = new LinkedHashMap<>();
            Section.pairs(node, problems).forEach(e -> fields.put(Section.text(e.getKey()), tree(e.getValue(), scope)));
            return new Body.Fields(fields);
        }
        String text = Section.text(node);
        if (Section.isNull(node)) {
            return new Body.Constant(null);
        }
        if (node.getTag().equals(Tag.BOOL)) {
            return new Body.Constant(Boolean.parseBoolean(text));
        }

        if (node.getTag().equals(Tag.FLOAT) || node.getTag().equals(Tag.INT)) {
            return number(node, text);
        }
        return new Body.Text(Template.parse(node, scope, problems));
    }
}
