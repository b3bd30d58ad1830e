package dev.porthole.routers.internal.script;

import dev.porthole.routers.internal.script.ScriptLexer.Kind;
import dev.porthole.routers.internal.script.ScriptLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Parses expressions by their operators' precedence. */
final class ExpressionParser {
    private static final Map<String, Integer> PRECEDENCE = Map.ofEntries(
            Map.entry("||", 1),
            Map.entry("&&", 2),
            Map.entry("|", 3),
            Map.entry("^", 4),
            Map.entry("&", 5),
            Map.entry("==", 6),
            Map.entry("!=", 6),
            Map.entry("===", 6),
            Map.entry("!==", 6),
            Map.entry("<", 7),
            Map.entry(">", 7),
            Map.entry("<=", 7),
            Map.entry(">=", 7),
            Map.entry("<<", 8),
            Map.entry(">>", 8),
            Map.entry(">>>", 8),
            Map.entry("+", 9),
            Map.entry("-", 9),
            Map.entry("*", 10),
            Map.entry("/", 10),
            Map.entry("%", 10));

    private static final Set<String> ASSIGNING = Set.of("=", "-=", "+=", "*=", "/=", "%=", "|=", "&=", "^=");
    private static final Set<String> OPERATORS = Set.of("typeof", "void", "delete");

    private final Cursor cursor;
    private final Supplier<Node.Block> functionBody;

    ExpressionParser(Cursor cursor, Supplier<Node.Block> functionBody) {
        this.cursor = cursor;
        this.functionBody = functionBody;
    }

    Node sequence() {
        Node first = assignment();
        if (!cursor.is(",")) {
            return first;
        }
        List<Node> nodes = new ArrayList<>(List.of(first));
        while (cursor.take(",")) {
            nodes.add(assignment());
        }
        return new Node.Sequence(nodes);
    }

    Node assignment() {
        cursor.deeper();
        try {
            Node target = conditional();
            String sign = cursor.sign();
            boolean assigns = ASSIGNING.contains(sign);
            if (!assigns) {
                return target;
            }
            cursor.takeSign(sign);
            return new Node.Assign(sign.substring(0, sign.length() - 1), target, assignment());
        } finally {
            cursor.shallower();
        }
    }

    private Node conditional() {
        Node test = binary(1);
        if (!cursor.take("?")) {
            return test;
        }
        Node then = assignment();
        cursor.expect(":");
        return new Node.Conditional(test, then, assignment());
    }

    private Node binary(int least) {
        Node left = unary();
        while (true) {
            String sign = cursor.peek().isName("in") || cursor.peek().isName("instanceof") ? "" : cursor.sign();
            int precedence = PRECEDENCE.getOrDefault(sign, 0);
            if (precedence < least) {
                return left;
            }
            cursor.takeSign(sign);
            left = new Node.Binary(sign, left, binary(precedence + 1));
        }
    }

    private Node unary() {
        cursor.deeper();
        try {
            String sign = cursor.sign();
            if (sign.equals("++") || sign.equals("--")) {
                cursor.takeSign(sign);
                return new Node.Update(sign, unary(), true);
            }
            if (sign.equals("!") || sign.equals("-") || sign.equals("+") || sign.equals("~")) {
                cursor.takeSign(sign);
                return new Node.Unary(sign, unary());
            }
            String word = cursor.peek().kind() == Kind.NAME ? cursor.peek().text() : "";
            if (OPERATORS.contains(word)) {
                cursor.next();
                return new Node.Unary(word, unary());
            }
            Node operand = postfix(primary());
            String behind = cursor.sign();
            if (behind.equals("++") || behind.equals("--")) {
                cursor.takeSign(behind);
                return new Node.Update(behind, operand, false);
            }
            return operand;
        } finally {
            cursor.shallower();
        }
    }

    private Node postfix(Node start) {
        Node node = start;
        while (true) {
            if (cursor.take(".")) {
                node = new Node.Member(node, new Node.Literal(cursor.name()));
            } else if (cursor.take("[")) {
                node = new Node.Member(node, sequence());
                cursor.expect("]");
            } else if (cursor.is("(")) {
                node = new Node.Call(node, arguments(), false);
            } else {
                return node;
            }
        }
    }

    private List<Node> arguments() {
        cursor.expect("(");
        List<Node> arguments = new ArrayList<>();
        while (!cursor.take(")")) {
            arguments.add(assignment());
            if (!cursor.is(")")) {
                cursor.expect(",");
            }
        }
        return arguments;
    }

    private Node primary() {
        Token token = cursor.peek();
        switch (token.kind()) {
            case STRING -> {
                cursor.next();
                return new Node.Literal(token.text());
            }
            case NUMBER -> {
                cursor.next();
                return new Node.Literal(number(token.text()));
            }
            case REGEX -> {
                cursor.next();
                return new Node.Literal(new Unknown(List.of("pattern")));
            }
            case NAME -> {
                return named(token);
            }
            default -> {
                return bracketed();
            }
        }
    }

    private Node named(Token token) {
        switch (token.text()) {
            case "function" -> {
                return function();
            }
            case "new" -> {
                cursor.next();
                Node callee = primary();
                while (cursor.take(".")) {
                    callee = new Node.Member(callee, new Node.Literal(cursor.name()));
                }
                return new Node.Call(callee, cursor.is("(") ? arguments() : List.of(), true);
            }
            case "true", "false" -> {
                cursor.next();
                return new Node.Literal(Boolean.valueOf(token.text()));
            }
            case "null", "undefined" -> {
                cursor.next();
                return new Node.Literal(Nothing.NOTHING);
            }
            default -> {
                cursor.next();
                return new Node.Name(token.text());
            }
        }
    }

    private Node bracketed() {
        if (cursor.take("(")) {
            Node inner = sequence();
            cursor.expect(")");
            return inner;
        }
        if (cursor.take("[")) {
            List<Node> items = new ArrayList<>();
            while (!cursor.take("]")) {
                if (cursor.take(",")) {
                    continue;
                }
                items.add(assignment());
            }
            return new Node.ArrayOf(items);
        }
        if (cursor.take("{")) {
            return object();
        }
        throw new GivenUpException("'" + cursor.peek().text() + "' is no value");
    }

    private Node object() {
        List<String> keys = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        while (!cursor.take("}")) {
            keys.add(cursor.next().text());
            cursor.expect(":");
            values.add(assignment());
            if (!cursor.is("}")) {
                cursor.expect(",");
            }
        }
        return new Node.ObjectOf(keys, values);
    }

    /** A function with or without a name. */
    Node function() {
        cursor.next();
        String name = cursor.is("(") ? "" : cursor.name();
        cursor.expect("(");
        List<String> parameters = new ArrayList<>();
        while (!cursor.take(")")) {
            parameters.add(cursor.name());
            cursor.take(",");
        }
        return new Node.FunctionOf(name, parameters, functionBody.get());
    }

    private static Double number(String text) {
        try {
            return text.startsWith("0x") || text.startsWith("0X")
                    ? (double) Long.parseLong(text.substring(2), 16)
                    : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new GivenUpException("'" + text + "' is no number");
        }
    }
}
