package dev.porthole.routers.internal.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions. Not thread-safe. */
final class Expressions {
    /** Methods that keep what is not known apart from what is. */
    private static final Set<String> KEEPING = Set.of("push", "join", "concat");

    private static final int MAX_LIST = 20_000;
    private static final int MAX_NESTED = 20;
    private static final int MAX_TEXT = 1 << 20;

    private final Evaluator evaluator;
    private final ScriptPrinter.Window window;

    Expressions(Evaluator evaluator, ScriptPrinter.Window window) {
        this.evaluator = evaluator;
        this.window = window;
    }

    Object value(Node node, Scope scope) {
        evaluator.step();
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
            return unary(unary, scope);
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
                last = value(one, scope);
            }
            return last;
        }
        throw new GivenUpException("a statement where a value stands");
    }

    private Object member(Object object, Object property) {
        chargeText(property);
        if (object instanceof Unknown unknown) {
            if (unknown.path().equals(List.of("window")) && property instanceof String name) {
                return new Unknown(List.of(name));
            }
            String name = text(property);
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
            Object found = map.get(text(property));
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
        return new Unknown(List.of(text(property)));
    }

    private static int index(Object property) {
        double number = Convert.number(property);
        return number >= 0 && number < MAX_LIST && number == Math.rint(number) ? (int) number : -1;
    }

    private Object call(Node.Call call, Scope scope) {
        List<Object> arguments = new ArrayList<>();
        if (call.callee() instanceof Node.Member member) {
            Object object = value(member.object(), scope);
            String method = text(value(member.property(), scope));
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
        if (!name.equals("Array") && !name.equals("Object")) {
            arguments.forEach(this::charge);
        }
        return Builtins.call(name, arguments, call.constructs())
                .orElseGet(
                        () -> called(callee instanceof Unknown unknown ? unknown : new Unknown(List.of()), arguments));
    }

    /** Something that is called and not known is known by what it was called with. */
    private Object called(Unknown callee, List<Object> arguments) {
        String with = arguments.isEmpty() ? "" : "(" + text(arguments.get(0)) + ")";
        return with.isEmpty() || with.length() > 100 ? callee.member("()") : callee.member(with);
    }

    private Object method(Object object, String method, List<Object> arguments) {
        if (object instanceof Unknown unknown) {
            boolean document = unknown.path().equals(List.of("document"));
            if (document && (method.equals("write") || method.equals("writeln"))) {
                arguments.forEach(argument -> evaluator.print(text(argument)));
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
        chargeMethod(object, method, arguments);
        return charged(Builtins.method(object, method, arguments));
    }

    /** What a method goes through costs steps before it does. */
    private void chargeMethod(Object object, String method, List<Object> arguments) {
        if (object instanceof List<?> list) {
            switch (method) {
                case "join", "toString" -> {
                    charge(list);
                    arguments.forEach(this::charge);
                }
                case "reverse", "shift", "indexOf" -> evaluator.charge(list.size() / 16);
                default -> evaluator.step();
            }
            return;
        }
        charge(object);
        arguments.forEach(this::charge);
        if (object instanceof String text && !arguments.isEmpty()) {
            // To look for a text in another takes the product of their lengths at worst.
            evaluator.charge(
                    (long) text.length() * Convert.text(arguments.get(0)).length() / 4096);
        }
    }

    private String text(Object value) {
        charge(value);
        return Convert.text(value);
    }

    /** What it takes to read a value through, or to make a text of it, costs steps before it is done. */
    private void charge(Object value) {
        chargeText(value);
        if (value instanceof List<?> list) {
            chargeItems(list, 0, 0);
        } else if (value instanceof Unknown unknown) {
            unknown.path().forEach(this::charge);
        }
    }

    private void chargeText(Object value) {
        if (value instanceof String text && text.length() >= 64) {
            evaluator.charge(text.length() / 64);
        }
    }

    /** Charges for the items of a list and of those within; returns their length so far as a text. */
    private int chargeItems(List<?> list, int depth, int length) {
        if (depth > MAX_NESTED) {
            throw new GivenUpException("lists nested too deeply");
        }
        int sum = length;
        for (Object item : list) {
            evaluator.step();
            if (item instanceof List<?> inner) {
                sum = chargeItems(inner, depth + 1, sum);
            } else {
                charge(item);
                sum += item instanceof String text ? text.length() : 0;
            }
            if (sum > MAX_TEXT) {
                throw new GivenUpException("a text too long");
            }
        }
        return sum;
    }

    /** What is made large costs as many steps. */
    private Object charged(Object made) {
        if (made instanceof String text && text.length() > MAX_TEXT) {
            throw new GivenUpException("a text too long");
        }
        int size = made instanceof List<?> list ? list.size() : made instanceof String text ? text.length() / 64 : 0;
        evaluator.charge(size);
        return made;
    }

    private Object assign(Node.Assign assign, Scope scope) {
        Object value = value(assign.value(), scope);
        if (!assign.operator().isEmpty()) {
            value = combine(assign.operator(), value(assign.target(), scope), value);
        }
        store(assign.target(), value, scope);
        return value;
    }

    private void store(Node target, Object value, Scope scope) {
        if (target instanceof Node.Name name) {
            scope.set(name.name(), value);
            return;
        }
        if (!(target instanceof Node.Member member)) {
            throw new GivenUpException("nothing that could be set");
        }
        Object object = value(member.object(), scope);
        Object property = value(member.property(), scope);
        chargeText(property);
        if (object instanceof Unknown unknown) {
            String shown = value instanceof Unknown ? "" : text(value);
            boolean known = !(value instanceof Unknown);
            if (known) {
                window.assign(unknown.path(), text(property), shown);
            } else if (property instanceof String text && text.matches("innerHTML|value|checked|selectedIndex")) {
                throw new GivenUpException("shows what is not known");
            }
        } else if (object instanceof Map<?, ?>) {
            put(object, text(property), value);
        } else if (object instanceof List<?>) {
            set(object, property, value);
        }
    }

    @SuppressWarnings("unchecked")
    private void put(Object object, String key, Object value) {
        Map<String, Object> map = (Map<String, Object>) object;
        if (map.size() > MAX_LIST) {
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
            evaluator.step();
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
        chargeText(before);
        double number = Convert.number(before);
        Object after = number + (update.operator().equals("++") ? 1 : -1);
        store(update.target(), after, scope);
        return update.before() ? after : (Object) number;
    }

    private Object unary(Node.Unary unary, Scope scope) {
        Object operand = value(unary.operand(), scope);
        if (unary.operator().equals("typeof")) {
            return operand instanceof Unknown ? operand : Builtins.typeOf(operand);
        }
        if (operand instanceof Unknown) {
            return operand;
        }
        chargeText(operand);
        return switch (unary.operator()) {
            case "!" -> !Convert.truth(operand).orElse(false);
            case "-" -> -Convert.number(operand);
            case "+" -> Convert.number(operand);
            default -> Nothing.NOTHING;
        };
    }

    private Object binary(Node.Binary binary, Scope scope) {
        Object left = value(binary.left(), scope);
        if (binary.operator().equals("&&") || binary.operator().equals("||")) {
            return either(binary, left, scope);
        }
        return combine(binary.operator(), left, value(binary.right(), scope));
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

    private Object combine(String operator, Object left, Object right) {
        if (operator.equals("+")) {
            return plus(left, right);
        }
        if (left instanceof Unknown || right instanceof Unknown) {
            return new Unknown(List.of("result"));
        }
        chargeText(left);
        chargeText(right);
        Boolean truth = compared(operator, left, right);
        return truth != null
                ? (Object) truth
                : (Object) Builtins.arithmetic(operator, Convert.number(left), Convert.number(right));
    }

    private Object plus(Object left, Object right) {
        boolean texts = left instanceof String || right instanceof String;
        if (!texts && (left instanceof Unknown || right instanceof Unknown)) {
            return left instanceof Unknown ? left : right;
        }
        if (left instanceof Double one && right instanceof Double other) {
            return one + other;
        }
        String one = left instanceof String text ? text : text(left);
        String other = right instanceof String text ? text : text(right);
        return charged(one + other);
    }

    private static @Nullable Boolean compared(String operator, Object left, Object right) {
        boolean texts = left instanceof String && right instanceof String;
        int order = texts ? ((String) left).compareTo((String) right) : 0;
        double one = texts ? order : Convert.number(left);
        double other = texts ? 0 : Convert.number(right);
        return switch (operator) {
            case "==", "===" -> Convert.equal(left, right);
            case "!=", "!==" -> !Convert.equal(left, right);
            case "<" -> one < other;
            case ">" -> one > other;
            case "<=" -> one <= other;
            case ">=" -> one >= other;
            default -> null;
        };
    }
}
