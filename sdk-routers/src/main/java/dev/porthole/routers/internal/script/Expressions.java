package dev.porthole.routers.internal.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Evaluates expressions. Not thread-safe. */
final class Expressions {
    /** Methods that keep what is not known apart from what is. */
    private static final Set<String> KEEPING = Set.of("push", "join", "concat");

    private static final int MAX_NAME = 100;

    private final Evaluator evaluator;
    private final ScriptPrinter.Window window;
    private final Meter meter;

    Expressions(Evaluator evaluator, ScriptPrinter.Window window, Meter meter) {
        this.evaluator = evaluator;
        this.window = window;
        this.meter = meter;
    }

    Object value(Node node, Scope scope) {
        return Growing.whole(growing(node, scope), meter);
    }

    /** A value as {@link #value} has it, or a text that grows, for what may append to it. */
    Object growing(Node node, Scope scope) {
        meter.step();
        if (node instanceof Node.Literal literal) {
            return literal.value();
        }
        if (node instanceof Node.Name name) {
            Object value = scope.get(name.name());
            return value != null ? value : new Unknown(List.of(name.name()));
        }
        if (node instanceof Node.Member member) {
            return member(value(member.object(), scope), value(member.property(), scope));
        }
        if (node instanceof Node.Call call) {
            return call(call, scope);
        }
        if (node instanceof Node.Assign assign) {
            return assign(assign, scope);
        }
        if (node instanceof Node.Binary binary) {
            return binary(binary, scope);
        }
        if (node instanceof Node.Unary unary) {
            return Operators.unary(unary.operator(), value(unary.operand(), scope), meter);
        }
        if (node instanceof Node.Update update) {
            return update(update, scope);
        }
        if (node instanceof Node.Conditional conditional) {
            return conditional(conditional, scope);
        }
        return composed(node, scope);
    }

    private Object composed(Node node, Scope scope) {
        if (node instanceof Node.ArrayOf array) {
            List<Object> items = new ArrayList<>();
            array.items().forEach(item -> items.add(value(item, scope)));
            return items;
        }
        if (node instanceof Node.ObjectOf object) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < object.keys().size(); i++) {
                map.put(object.keys().get(i), value(object.values().get(i), scope));
            }
            return map;
        }
        if (node instanceof Node.FunctionOf function) {
            return new Function(function, scope);
        }
        if (node instanceof Node.Sequence sequence) {
            Object last = Nothing.NOTHING;
            for (Node one : sequence.nodes()) {
                last = growing(one, scope);
            }
            return last;
        }
        throw new GivenUpException("a statement where a value stands");
    }

    private Object member(Object object, Object property) {
        meter.read(property);
        if (object instanceof Unknown unknown) {
            if (unknown.path().equals(List.of("window")) && property instanceof String name) {
                return evaluator.named(name);
            }
            String name = meter.text(property);
            Optional<String> read = window.read(unknown.path(), name);
            return read.isPresent() ? read.get() : unknown.member(name);
        }
        if (object instanceof List<?> list) {
            if (property.equals("length")) {
                return (double) list.size();
            }
            int index = index(property);
            return index >= 0 && index < list.size() ? list.get(index) : Nothing.NOTHING;
        }
        if (object instanceof Map<?, ?> map) {
            Object found = map.get(meter.text(property));
            return found == null ? Nothing.NOTHING : found;
        }
        if (object instanceof String text) {
            if (property.equals("length")) {
                return (double) text.length();
            }
            int index = index(property);
            return index >= 0 && index < text.length() ? text.substring(index, index + 1) : Nothing.NOTHING;
        }
        if (object == Nothing.NOTHING) {
            throw new GivenUpException("a property of nothing");
        }
        return new Unknown(List.of(meter.text(property)));
    }

    private static int index(Object property) {
        double number = Convert.number(property);
        return number >= 0 && number < Meter.MAX_LIST && number == Math.rint(number) ? (int) number : -1;
    }

    private Object call(Node.Call call, Scope scope) {
        List<Object> arguments = new ArrayList<>();
        if (call.callee() instanceof Node.Member member) {
            Object object = value(member.object(), scope);
            String method = meter.text(value(member.property(), scope));
            call.arguments().forEach(argument -> arguments.add(value(argument, scope)));
            return method(object, method, arguments);
        }
        Object callee = value(call.callee(), scope);
        call.arguments().forEach(argument -> arguments.add(value(argument, scope)));
        if (callee instanceof Function function) {
            if (!call.constructs()) {
                return evaluator.call(function, arguments, new Unknown(List.of("this")));
            }
            Map<String, Object> self = new LinkedHashMap<>();
            evaluator.call(function, arguments, self);
            return self;
        }
        String name = call.callee() instanceof Node.Name named ? named.name() : "";
        if (name.equals("eval") && arguments.size() == 1 && arguments.get(0) instanceof String variable) {
            // Netgear's rows are variables with numbers in their names.
            Object found = variable.length() <= MAX_NAME ? scope.get(variable) : null;
            return found == null ? new Unknown(List.of(name)) : Growing.whole(found, meter);
        }
        if (!name.equals("Array") && !name.equals("Object")) {
            arguments.forEach(meter::read);
        }
        return Builtins.call(name, arguments, call.constructs())
                .orElseGet(
                        () -> called(callee instanceof Unknown unknown ? unknown : new Unknown(List.of()), arguments));
    }

    /** Something that is called and not known is known by what it was called with. */
    private Object called(Unknown callee, List<Object> arguments) {
        String with = arguments.isEmpty() ? "" : "(" + meter.text(arguments.get(0)) + ")";
        return with.isEmpty() || with.length() > 100 ? callee.member("()") : callee.member(with);
    }

    private Object method(Object object, String method, List<Object> arguments) {
        if (object instanceof Unknown unknown) {
            boolean document = unknown.path().equals(List.of("document"));
            if (document && (method.equals("write") || method.equals("writeln"))) {
                arguments.forEach(argument -> evaluator.print(meter.text(argument)));
                return Nothing.NOTHING;
            }
            if (unknown.path().equals(List.of("Math"))) {
                return Builtins.math(method, arguments);
            }
            return called(unknown.member(method), arguments);
        }
        if (object instanceof Map<?, ?> map && map.get(method) instanceof Function function) {
            return evaluator.call(function, arguments, object);
        }
        if (arguments.stream().anyMatch(Unknown.class::isInstance) && !KEEPING.contains(method)) {
            return new Unknown(List.of(method));
        }
        count(object, method, arguments);
        return made(Builtins.method(object, method, arguments));
    }

    /** Counts what a method goes through, before it does. */
    private void count(Object object, String method, List<Object> arguments) {
        if (object instanceof List<?> list) {
            switch (method) {
                case "join", "toString" -> {
                    String between = arguments.isEmpty() ? "," : meter.text(arguments.get(0));
                    meter.length(list, between.length(), 0);
                }
                case "reverse", "shift", "indexOf" -> meter.charge(list.size() / 16);
                default -> meter.step();
            }
            return;
        }
        meter.read(object);
        arguments.forEach(meter::read);
        if (object instanceof String text) {
            // The parts of a text that is split are together as long as it is.
            meter.make(method.equals("split") ? text.length() : 0);
            // To look for a text in another takes the product of their lengths at worst.
            String first = arguments.isEmpty() ? "" : Convert.text(arguments.get(0));
            meter.charge((long) text.length() * first.length() / 4096);
        }
    }

    /** Counts what a method made. */
    private Object made(Object made) {
        if (made instanceof String text) {
            meter.make(text.length());
        } else if (made instanceof List<?> list) {
            meter.list(list.size());
        }
        return made;
    }

    private Object assign(Node.Assign assign, Scope scope) {
        Object value;
        if (assign.operator().isEmpty()) {
            value = growing(assign.value(), scope);
        } else {
            Object before = growing(assign.target(), scope);
            value = Operators.binary(assign.operator(), before, value(assign.value(), scope), meter);
        }
        store(assign.target(), value, scope);
        return value;
    }

    private void store(Node target, Object given, Scope scope) {
        if (target instanceof Node.Name name) {
            scope.set(name.name(), given);
            return;
        }
        Object value = Growing.whole(given, meter);
        if (!(target instanceof Node.Member member)) {
            throw new GivenUpException("nothing that could be set");
        }
        Object object = value(member.object(), scope);
        Object property = value(member.property(), scope);
        meter.read(property);
        if (object instanceof Unknown unknown) {
            String shown = value instanceof Unknown ? "" : meter.text(value);
            boolean known = !(value instanceof Unknown);
            if (known) {
                meter.show(shown.length());
                window.assign(unknown.path(), meter.text(property), shown);
            } else if (property instanceof String text && text.matches("innerHTML|value|checked|selectedIndex")) {
                throw new GivenUpException("shows what is not known");
            }
        } else if (object instanceof Map<?, ?>) {
            put(object, meter.text(property), value);
        } else if (object instanceof List<?>) {
            set(object, property, value);
        }
    }

    @SuppressWarnings("unchecked")
    private void put(Object object, String key, Object value) {
        Map<String, Object> map = (Map<String, Object>) object;
        if (map.size() > Meter.MAX_LIST) {
            throw new GivenUpException("an object too large");
        }
        map.put(key, value);
    }

    @SuppressWarnings("unchecked")
    private void set(Object object, Object property, Object value) {
        List<Object> list = (List<Object>) object;
        int index = property.equals("length") ? -1 : index(property);
        if (index < 0) {
            return;
        }
        while (list.size() <= index) {
            meter.step();
            list.add(Nothing.NOTHING);
        }
        list.set(index, value);
    }

    private Object conditional(Node.Conditional conditional, Scope scope) {
        Optional<Boolean> holds = Convert.truth(value(conditional.test(), scope));
        if (holds.isEmpty()) {
            return new Unknown(List.of("choice"));
        }
        return value(holds.get() ? conditional.then() : conditional.otherwise(), scope);
    }

    private Object update(Node.Update update, Scope scope) {
        Object before = value(update.target(), scope);
        if (before instanceof Unknown) {
            return before;
        }
        meter.read(before);
        double number = Convert.number(before);
        Object after = number + (update.operator().equals("++") ? 1 : -1);
        store(update.target(), after, scope);
        return update.before() ? after : (Object) number;
    }

    private Object binary(Node.Binary binary, Scope scope) {
        if (binary.operator().equals("&&") || binary.operator().equals("||")) {
            return either(binary, value(binary.left(), scope), scope);
        }
        Object left = growing(binary.left(), scope);
        return Operators.binary(binary.operator(), left, value(binary.right(), scope), meter);
    }

    private Object either(Node.Binary binary, Object left, Scope scope) {
        boolean and = binary.operator().equals("&&");
        Optional<Boolean> holds = Convert.truth(left);
        if (holds.isEmpty()) {
            // The other side may settle it: unknown and false is false.
            Object right = value(binary.right(), scope);
            Optional<Boolean> other = Convert.truth(right);
            return other.isPresent() && other.get() != and && right instanceof Boolean ? right : left;
        }
        return holds.get() == and ? value(binary.right(), scope) : left;
    }
}
