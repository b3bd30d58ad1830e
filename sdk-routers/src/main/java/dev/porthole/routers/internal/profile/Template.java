package dev.porthole.routers.internal.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Text with {@code ${name}} and {@code ${function(name)}} in it; {@code $${} is the text itself. Immutable. What is put in
 * is escaped for where it stands, the text around it is not.
 */
final class Template {
    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record Reference(String name) implements Part {}

    private record Call(String function, List<String> arguments) implements Part {}

    private final String source;
    private final List<Part> parts;

    private Template(String source, List<Part> parts) {
        this.source = source;
        this.parts = List.copyOf(parts);
    }

    static Template literal(String text) {
        return new Template(text, List.of(new Literal(text)));
    }

    /** The template as the profile has it. */
    String source() {
        return source;
    }

    /** Reads a template; what it refers to must be known. */
    static Template parse(Node node, Scope scope, Problems problems) {
        return parse(Section.text(node), node, scope, problems);
    }

    static Template parse(String text, Node node, Scope scope, Problems problems) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                literal.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    problems.at(node, "a '${' is never closed by '}'; write '$${' where the characters are meant");
                    return literal(text);
                }
                parts.add(new Literal(literal.toString()));
                literal.setLength(0);
                reference(text.substring(at + 2, end).strip(), node, scope, problems)
                        .ifPresent(parts::add);
                at = end + 1;
            } else {
                literal.append(text.charAt(at++));
            }
        }
        parts.add(new Literal(literal.toString()));
        parts.removeIf(part -> part instanceof Literal l && l.text().isEmpty());
        return new Template(text, parts);
    }

    private static Optional<Part> reference(String inside, Node node, Scope scope, Problems problems) {
        int open = inside.indexOf('(');
        if (open < 0) {
            return known(inside, node, scope, problems) ? Optional.of(new Reference(inside)) : Optional.empty();
        }
        String function = inside.substring(0, open).strip();
        if (!inside.endsWith(")")) {
            problems.at(node, "'${" + function + "(' is never closed by ')'");
            return Optional.empty();
        }
        int wanted = Functions.arguments(function);
        if (wanted < 0) {
            problems.at(
                    node,
                    "there is no function " + Problems.quoted(function) + "; "
                            + Problems.meant(function, Functions.names()));
            return Optional.empty();
        }
        List<String> arguments = new ArrayList<>();
        for (String argument : inside.substring(open + 1, inside.length() - 1).split(",", -1)) {
            String name = argument.strip();
            if (!known(name, node, scope, problems)) {
                return Optional.empty();
            }
            arguments.add(name);
        }
        if (arguments.size() != wanted) {
            problems.at(node, function + " takes " + wanted + " names, and " + arguments.size() + " are given");
            return Optional.empty();
        }
        return Optional.of(new Call(function, List.copyOf(arguments)));
    }

    private static boolean known(String name, Node node, Scope scope, Problems problems) {
        if (scope.forbids(name)) {
            problems.at(node, "${" + name + "} is known in auth only");
            return false;
        }
        if (!scope.knows(name)) {
            problems.at(
                    node,
                    "the variable " + Problems.quoted(name) + " is not known here; "
                            + Problems.meant(name, scope.names()));
            return false;
        }
        return true;
    }

    /** The text with its values, each changed by the escape. */
    String render(Values values, UnaryOperator<String> escape) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Literal literal) {
                text.append(literal.text());
            } else if (part instanceof Reference reference) {
                String value = values.text(reference.name());
                boolean written = values.get(reference.name()) instanceof XmlRows.Fragment;
                text.append(written ? value : escape.apply(value));
            } else if (part instanceof Call call) {
                List<String> arguments =
                        call.arguments().stream().map(values::text).toList();
                text.append(escape.apply(Functions.apply(call.function(), arguments)));
            }
        }
        return text.toString();
    }

    String render(Values values) {
        return render(values, UnaryOperator.identity());
    }

    /** The text with three dots for what is put in. */
    String masked() {
        return parts.stream()
                .map(part -> part instanceof Literal literal ? literal.text() : "...")
                .collect(Collectors.joining());
    }

    /** The name where the template is one reference and nothing else: its value keeps its type in JSON. */
    Optional<String> sole() {
        return parts.size() == 1 && parts.get(0) instanceof Reference reference
                ? Optional.of(reference.name())
                : Optional.empty();
    }

    boolean refersTo(String name) {
        return parts.stream()
                .anyMatch(part ->
                        part instanceof Reference reference && reference.name().equals(name)
                                || part instanceof Call call && call.arguments().contains(name));
    }

    /** Whether all that is put in has a value by now. */
    boolean isKnownIn(Values values) {
        return parts.stream()
                .allMatch(part -> part instanceof Literal
                        || part instanceof Reference reference && values.has(reference.name())
                        || part instanceof Call call
                                && call.arguments().stream().allMatch(values::has));
    }
}
