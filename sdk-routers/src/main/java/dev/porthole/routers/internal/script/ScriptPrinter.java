package dev.porthole.routers.internal.script;

import dev.porthole.Deadline;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates the scripts of one page in the order in which a browser runs them, and tells what they print. Variables and
 * functions of one script are seen by the next. Bounded in time, in steps (400,000), and in characters of text: 1 Mi of what is
 * shown and of any one text, 8 Mi of all that are made. Not thread-safe.
 */
public final class ScriptPrinter {
    /** What scripts reach of the page itself. */
    public interface Window {
        /**
         * Reads a property of something on the page, such as the value of a field.
         *
         * @param path how the script comes to it
         */
        Optional<String> read(List<String> path, String property);

        /** Sets a property of something on the page: a field's value, or what an element holds. */
        void assign(List<String> path, String property, String value);
    }

    private final Meter meter;
    private final Evaluator evaluator;

    /** A printer for one page, whose scripts are given up when the deadline passes. */
    public ScriptPrinter(Window window, Deadline deadline) {
        this.meter = new Meter(deadline);
        this.evaluator = new Evaluator(window, meter);
    }

    /**
     * Runs a script.
     *
     * @return what it printed into the page; empty where it could not be followed: then nothing of it is known
     */
    public Optional<String> run(String script) {
        try {
            List<Node> nodes = ScriptParser.parse(script);
            Optional<String> label = label(nodes);
            String printed = evaluator.run(nodes);
            return Optional.of(label.isPresent() && printed.isEmpty() ? label.get() : printed);
        } catch (GivenUpException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** The steps that the scripts took so far. */
    int steps() {
        return meter.steps();
    }

    /** Whether scripts before could not all be followed, so that what they set is not known. */
    public boolean gaveUp() {
        return evaluator.gaveUp();
    }

    /**
     * A script of one call such as {@code show(txtProtocol)}, whose function and text stand in other files, prints that
     * text; its name is in other words what the text says.
     */
    private Optional<String> label(List<Node> nodes) {
        if (nodes.size() != 1
                || !(nodes.get(0) instanceof Node.Call call)
                || !(call.callee() instanceof Node.Name function)
                || call.arguments().size() != 1
                || evaluator.knows(function.name())) {
            return Optional.empty();
        }
        Node argument = call.arguments().get(0);
        if (argument instanceof Node.Literal literal && literal.value() instanceof String text) {
            return text.matches("[A-Za-z_]\\w{2,40}")
                    ? Optional.of(new Unknown(List.of(text)).words())
                    : Optional.empty();
        }
        boolean name = argument instanceof Node.Name || argument instanceof Node.Member;
        return name && evaluator.value(argument) instanceof Unknown unknown
                ? Optional.of(unknown.words())
                : name && evaluator.value(argument) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
