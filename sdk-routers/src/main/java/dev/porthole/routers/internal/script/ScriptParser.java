package dev.porthole.routers.internal.script;

import dev.porthole.routers.internal.script.ScriptLexer.Kind;
import dev.porthole.routers.internal.script.ScriptLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses the statements of a script; expressions are {@link ExpressionParser}'s. */
final class ScriptParser {
    private final Cursor cursor;
    private final ExpressionParser expressions;

    private ScriptParser(List<Token> tokens) {
        this.cursor = new Cursor(tokens);
        this.expressions = new ExpressionParser(cursor, this::functionBody);
    }

    /**
     * Parses a script.
     *
     * @throws GivenUpException where it is not of the part of the language that is understood
     */
    static List<Node> parse(String script) {
        ScriptParser parser = new ScriptParser(ScriptLexer.tokens(script));
        List<Node> nodes = new ArrayList<>();
        while (!parser.cursor.atEnd()) {
            nodes.add(parser.statement());
        }
        return nodes;
    }

    private Node.Block functionBody() {
        cursor.expect("{");
        List<Node> nodes = new ArrayList<>();
        while (!cursor.take("}")) {
            nodes.add(statement());
        }
        return new Node.Block(nodes);
    }

    private Node statement() {
        cursor.deeper();
        try {
            return oneStatement();
        } finally {
            cursor.shallower();
        }
    }

    private Node oneStatement() {
        if (cursor.is("{")) {
            return functionBody();
        }
        if (cursor.take(";")) {
            return new Node.Block(List.of());
        }
        Token token = cursor.peek();
        if (token.kind() == Kind.NAME && !cursor.nextIs(":")) {
            Optional<Node> keyword = keyword(token.text());
            if (keyword.isPresent()) {
                return keyword.get();
            }
        }
        Node expression = expressions.sequence();
        cursor.take(";");
        return expression;
    }

    private Optional<Node> keyword(String word) {
        return switch (word) {
            case "var", "let", "const" -> {
                Node declared = declarations();
                cursor.take(";");
                yield Optional.of(declared);
            }
            case "if" -> Optional.of(ifStatement());
            case "for" -> Optional.of(forStatement());
            case "while" -> Optional.of(whileStatement());
            case "do" -> Optional.of(doStatement());
            case "switch" -> Optional.of(switchStatement());
            case "return" -> Optional.of(returnStatement());
            case "break", "continue" -> {
                cursor.next();
                cursor.take(";");
                yield Optional.of(new Node.Jump(word.equals("break")));
            }
            case "function" -> Optional.of(expressions.function());
            case "try" -> Optional.of(tryStatement());
            case "with" -> {
                cursor.next();
                condition();
                yield Optional.of(statement());
            }
            case "throw" -> {
                cursor.next();
                expressions.sequence();
                cursor.take(";");
                yield Optional.of(new Node.Unfollowed("throw"));
            }
            default -> Optional.empty();
        };
    }

    private Node declarations() {
        cursor.next();
        List<Node> declared = new ArrayList<>();
        do {
            String name = cursor.name();
            Optional<Node> value = cursor.takeSign("=") ? Optional.of(expressions.assignment()) : Optional.empty();
            declared.add(new Node.Declare(name, value));
        } while (cursor.take(","));
        return new Node.Block(declared);
    }

    private Node condition() {
        cursor.expect("(");
        Node test = expressions.sequence();
        cursor.expect(")");
        return test;
    }

    private Node ifStatement() {
        cursor.next();
        Node test = condition();
        Node then = statement();
        Optional<Node> otherwise = cursor.takeName("else") ? Optional.of(statement()) : Optional.empty();
        return new Node.If(test, then, otherwise);
    }

    private Node forStatement() {
        cursor.next();
        cursor.expect("(");
        boolean declares = cursor.peek().text().matches("var|let|const");
        int at = cursor.mark();
        if (declares) {
            cursor.next();
        }
        if (cursor.peek().kind() == Kind.NAME) {
            String name = cursor.name();
            boolean values = cursor.peek().isName("of");
            if (values || cursor.peek().isName("in")) {
                cursor.next();
                Node object = expressions.sequence();
                cursor.expect(")");
                return new Node.ForIn(name, object, statement(), values);
            }
        }
        cursor.back(at);
        Optional<Node> first =
                cursor.is(";") ? Optional.empty() : Optional.of(declares ? declarations() : expressions.sequence());
        cursor.expect(";");
        Optional<Node> test = cursor.is(";") ? Optional.empty() : Optional.of(expressions.sequence());
        cursor.expect(";");
        Optional<Node> step = cursor.is(")") ? Optional.empty() : Optional.of(expressions.sequence());
        cursor.expect(")");
        return new Node.Loop(first, test, step, statement(), false);
    }

    private Node whileStatement() {
        cursor.next();
        Node test = condition();
        return new Node.Loop(Optional.empty(), Optional.of(test), Optional.empty(), statement(), false);
    }

    private Node doStatement() {
        cursor.next();
        Node body = statement();
        if (!cursor.takeName("while")) {
            throw new GivenUpException("do without while");
        }
        Node test = condition();
        cursor.take(";");
        return new Node.Loop(Optional.empty(), Optional.of(test), Optional.empty(), body, true);
    }

    private Node switchStatement() {
        cursor.next();
        Node value = condition();
        cursor.expect("{");
        List<Node.Case> cases = new ArrayList<>();
        while (!cursor.take("}")) {
            Optional<Node> test = Optional.empty();
            if (cursor.takeName("case")) {
                test = Optional.of(expressions.sequence());
            } else if (!cursor.takeName("default")) {
                throw new GivenUpException("a switch without cases");
            }
            cursor.expect(":");
            List<Node> body = new ArrayList<>();
            while (!cursor.is("}")
                    && !cursor.peek().isName("case")
                    && !cursor.peek().isName("default")) {
                body.add(statement());
            }
            cases.add(new Node.Case(test, body));
        }
        return new Node.Switch(value, cases);
    }

    private Node returnStatement() {
        cursor.next();
        boolean bare = cursor.atEnd() || cursor.is(";") || cursor.is("}");
        Optional<Node> value = bare ? Optional.empty() : Optional.of(expressions.sequence());
        cursor.take(";");
        return new Node.Return(value);
    }

    private Node tryStatement() {
        cursor.next();
        Node body = statement();
        if (cursor.takeName("catch")) {
            if (cursor.is("(")) {
                condition();
            }
            statement();
        }
        return cursor.takeName("finally") ? new Node.Block(List.of(body, statement())) : body;
    }
}
