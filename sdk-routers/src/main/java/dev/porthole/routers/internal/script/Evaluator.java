package dev.porthole.routers.internal.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Evaluates statements. What is not known stays unknown; a decision that hangs on it is given up. Not thread-safe. */
final class Evaluator {
    private static final int MAX_CALLS = 40;

    /** How a statement ends. */
    private sealed interface End {
        record Normal() implements End {}

        record Broken(boolean breaks) implements End {}

        record Returned(Object value) implements End {}
    }

    private static final End NORMAL = new End.Normal();

    private final Scope global = new Scope(null);
    private final Expressions expressions;
    private final Meter meter;
    private final StringBuilder printed = new StringBuilder();
    private int calls;
    private boolean gaveUp;

    Evaluator(ScriptPrinter.Window window, Meter meter) {
        this.meter = meter;
        this.expressions = new Expressions(this, window, meter);
    }

    /** Runs a script; returns what it printed. */
    String run(List<Node> nodes) {
        int start = printed.length();
        calls = 0;
        try {
            hoist(nodes, global);
            for (Node node : nodes) {
                execute(node, global);
            }
            return printed.substring(start);
        } catch (GivenUpException | StackOverflowError e) {
            gaveUp = true;
            printed.setLength(start);
            throw e;
        }
    }

    boolean gaveUp() {
        return gaveUp;
    }

    boolean knows(String name) {
        return global.get(name) != null;
    }

    /** A variable of the page, by its name. */
    Object named(String name) {
        Object value = global.get(name);
        return value == null ? new Unknown(List.of(name)) : Growing.whole(value, meter);
    }

    Object value(Node node) {
        return expressions.value(node, global);
    }

    void print(String text) {
        meter.show(text.length());
        printed.append(text);
    }

    /** Calls a function of the page. */
    Object call(Function function, List<Object> arguments, Object self) {
        if (++calls > MAX_CALLS) {
            throw new GivenUpException("calls itself too deeply");
        }
        Scope scope = new Scope(function.scope());
        List<String> parameters = function.node().parameters();
        for (int i = 0; i < parameters.size(); i++) {
            scope.declare(parameters.get(i), i < arguments.size() ? arguments.get(i) : Nothing.NOTHING);
        }
        scope.declare("this", self);
        scope.declare("arguments", new ArrayList<>(arguments));
        List<Node> body = function.node().body().nodes();
        meter.charge((body.size() + parameters.size()) / 16);
        hoist(body, scope);
        for (Node node : body) {
            End end = execute(node, scope);
            if (end instanceof End.Returned returned) {
                calls--;
                return returned.value();
            }
        }
        calls--;
        return Nothing.NOTHING;
    }

    private static void hoist(List<Node> nodes, Scope scope) {
        for (Node node : nodes) {
            if (node instanceof Node.FunctionOf function && !function.name().isEmpty()) {
                scope.declare(function.name(), new Function(function, scope));
            }
        }
    }

    private End execute(Node node, Scope scope) {
        meter.step();
        if (node instanceof Node.Block block) {
            return all(block.nodes(), scope);
        }
        if (node instanceof Node.Declare declare) {
            Optional<Node> given = declare.value();
            Object value = given.isPresent() ? expressions.growing(given.get(), scope) : Nothing.NOTHING;
            if (given.isPresent() || !scope.declares(declare.name())) {
                scope.declare(declare.name(), value);
            }
            return NORMAL;
        }
        if (node instanceof Node.If branch) {
            return branch(branch, scope);
        }
        if (node instanceof Node.Loop loop) {
            return loop(loop, scope);
        }
        if (node instanceof Node.ForIn each) {
            return each(each, scope);
        }
        if (node instanceof Node.Switch choice) {
            return choice(choice, scope);
        }
        if (node instanceof Node.Return back) {
            return new End.Returned(
                    back.value().isPresent() ? expressions.value(back.value().get(), scope) : Nothing.NOTHING);
        }
        if (node instanceof Node.Jump jump) {
            return new End.Broken(jump.breaks());
        }
        if (node instanceof Node.Unfollowed unfollowed) {
            throw new GivenUpException(unfollowed.what());
        }
        if (!(node instanceof Node.FunctionOf)) {
            expressions.growing(node, scope);
        }
        return NORMAL;
    }

    private End all(List<Node> nodes, Scope scope) {
        for (Node node : nodes) {
            End end = execute(node, scope);
            if (end != NORMAL) {
                return end;
            }
        }
        return NORMAL;
    }

    private End branch(Node.If branch, Scope scope) {
        Optional<Boolean> holds = Convert.truth(expressions.value(branch.test(), scope));
        if (holds.isEmpty()) {
            Effects.passOver(branch.then(), scope, meter);
            branch.otherwise().ifPresent(otherwise -> Effects.passOver(otherwise, scope, meter));
            return NORMAL;
        }
        if (holds.get()) {
            return execute(branch.then(), scope);
        }
        return branch.otherwise().isPresent() ? execute(branch.otherwise().get(), scope) : NORMAL;
    }

    private boolean decided(@Nullable Node test, Scope scope) {
        return test == null
                || Convert.truth(expressions.value(test, scope))
                        .orElseThrow(() -> new GivenUpException("a loop whose end is not known"));
    }

    private End loop(Node.Loop loop, Scope scope) {
        loop.first().ifPresent(first -> execute(first, scope));
        boolean again = loop.bodyFirst() || decided(loop.test().orElse(null), scope);
        while (again) {
            meter.step();
            End end = execute(loop.body(), scope);
            if (end instanceof End.Returned) {
                return end;
            }
            if (end instanceof End.Broken broken && broken.breaks()) {
                break;
            }
            loop.step().ifPresent(next -> execute(next, scope));
            again = decided(loop.test().orElse(null), scope);
        }
        return NORMAL;
    }

    private End each(Node.ForIn each, Scope scope) {
        Object object = expressions.value(each.object(), scope);
        List<Object> keys = new ArrayList<>();
        if (object instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                keys.add(each.values() ? list.get(i) : String.valueOf(i));
            }
        } else if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> keys.add(each.values() ? value : key));
        } else {
            throw new GivenUpException("a loop over what is not known");
        }
        meter.list(keys.size());
        for (Object key : keys) {
            scope.declare(each.name(), key);
            End end = execute(each.body(), scope);
            if (end instanceof End.Returned) {
                return end;
            }
            if (end instanceof End.Broken broken && broken.breaks()) {
                break;
            }
        }
        return NORMAL;
    }

    private End choice(Node.Switch choice, Scope scope) {
        Object value = expressions.value(choice.value(), scope);
        if (value instanceof Unknown) {
            for (Node.Case one : choice.cases()) {
                one.body().stream()
                        .filter(node -> !(node instanceof Node.Jump))
                        .forEach(node -> Effects.passOver(node, scope, meter));
            }
            return NORMAL;
        }
        int start = -1;
        for (int i = 0; i < choice.cases().size() && start < 0; i++) {
            Optional<Node> test = choice.cases().get(i).test();
            start = test.isPresent() && Convert.equal(value, expressions.value(test.get(), scope)) ? i : start;
        }
        for (int i = 0; i < choice.cases().size() && start < 0; i++) {
            start = choice.cases().get(i).test().isEmpty() ? i : start;
        }
        for (int i = Math.max(start, 0); start >= 0 && i < choice.cases().size(); i++) {
            End end = all(choice.cases().get(i).body(), scope);
            if (end instanceof End.Broken broken && broken.breaks()) {
                return NORMAL;
            }
            if (end != NORMAL) {
                return end;
            }
        }
        return NORMAL;
    }
}
