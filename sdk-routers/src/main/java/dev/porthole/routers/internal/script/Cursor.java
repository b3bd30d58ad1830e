package dev.porthole.routers.internal.script;

import dev.porthole.routers.internal.script.ScriptLexer.Kind;
import dev.porthole.routers.internal.script.ScriptLexer.Token;
import java.util.List;

/** A place in a list of tokens. Signs of several characters are told by their standing together. Not thread-safe. */
final class Cursor {
    private static final List<String> SIGNS = List.of(
            "===", "!==", ">>>", "==", "!=", "<=", ">=", "&&", "||", "++", "--", "+=", "-=", "*=", "/=", "%=", "|=",
            "&=", "^=", "<<", ">>", "=>");
    private static final Token END = new Token(Kind.PUNCTUATION, "", 0, 0);

    /** Deeper nesting is made to harm. */
    private static final int MAX_DEPTH = 60;

    private final List<Token> tokens;
    private int at;
    private int depth;

    Cursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    int mark() {
        return at;
    }

    void back(int mark) {
        at = mark;
    }

    void deeper() {
        if (++depth > MAX_DEPTH) {
            throw new GivenUpException("nested too deeply");
        }
    }

    void shallower() {
        depth--;
    }

    Token peek() {
        return atEnd() ? END : tokens.get(at);
    }

    Token next() {
        Token token = peek();
        if (atEnd()) {
            throw new GivenUpException("the script ends early");
        }
        at++;
        return token;
    }

    /** The longest sign that stands here; empty where there is none. */
    String sign() {
        Token here = peek();
        if (here.kind() != Kind.PUNCTUATION) {
            return "";
        }
        if (!continued()) {
            return here.text();
        }
        for (String sign : SIGNS) {
            if (stands(sign)) {
                return sign;
            }
        }
        return here.text();
    }

    /** Most signs stand alone. */
    private boolean continued() {
        return at + 1 < tokens.size()
                && tokens.get(at + 1).kind() == Kind.PUNCTUATION
                && tokens.get(at).end() == tokens.get(at + 1).at();
    }

    private boolean stands(String sign) {
        if (at + sign.length() > tokens.size()) {
            return false;
        }
        for (int i = 0; i < sign.length(); i++) {
            Token token = tokens.get(at + i);
            boolean together = i == 0 || tokens.get(at + i - 1).end() == token.at();
            if (!together || token.kind() != Kind.PUNCTUATION || token.text().charAt(0) != sign.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean takeSign(String sign) {
        if (sign.equals(sign())) {
            at += sign.length();
            return true;
        }
        return false;
    }

    boolean is(String character) {
        return peek().is(character) && !atEnd();
    }

    boolean nextIs(String character) {
        return at + 1 < tokens.size() && tokens.get(at + 1).is(character);
    }

    boolean take(String character) {
        boolean there = is(character);
        at += there ? 1 : 0;
        return there;
    }

    boolean takeName(String name) {
        boolean there = !atEnd() && peek().isName(name);
        at += there ? 1 : 0;
        return there;
    }

    void expect(String character) {
        if (!take(character)) {
            throw new GivenUpException("'" + peek().text() + "' instead of '" + character + "'");
        }
    }

    String name() {
        Token token = next();
        if (token.kind() != Kind.NAME) {
            throw new GivenUpException("'" + token.text() + "' is no name");
        }
        return token.text();
    }
}
