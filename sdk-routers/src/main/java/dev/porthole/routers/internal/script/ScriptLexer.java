package dev.porthole.routers.internal.script;

import java.util.ArrayList;
import java.util.List;

/** Cuts JavaScript into tokens, leniently and in one pass. */
public final class ScriptLexer {
    /** What a token is. */
    public enum Kind {
        NAME,
        STRING,
        NUMBER,
        PUNCTUATION,
        REGEX
    }

    /** One token; {@code at} and {@code end} are its place in the text. */
    public record Token(Kind kind, String text, int at, int end) {
        /** Whether it is this sign. */
        public boolean is(String punctuation) {
            return kind == Kind.PUNCTUATION && text.equals(punctuation);
        }

        /** Whether it is this name. */
        public boolean isName(String name) {
            return kind == Kind.NAME && text.equals(name);
        }
    }

    /** A page of 4 MB has fewer, unless it was made to have more. */
    private static final int MAX_TOKENS = 500_000;

    private final String script;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private ScriptLexer(String script) {
        this.script = script;
    }

    /** The tokens of a script. */
    public static List<Token> tokens(String script) {
        ScriptLexer lexer = new ScriptLexer(script);
        while (lexer.at < script.length() && lexer.tokens.size() < MAX_TOKENS) {
            lexer.next();
        }
        return lexer.tokens;
    }

    private void next() {
        char c = script.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (script.startsWith("//", at) || script.startsWith("<!--", at)) {
            int end = script.indexOf('\n', at);
            at = end < 0 ? script.length() : end;
        } else if (script.startsWith("/*", at)) {
            int end = script.indexOf("*/", at + 2);
            at = end < 0 ? script.length() : end + 2;
        } else if (c == '/' && regexMayStand() && regex()) {
            // Taken whole: quotes in it would look like strings.
            return;
        } else if (c == '"' || c == '\'' || c == '`') {
            string(c);
        } else if (Character.isDigit(c)) {
            run(Kind.NUMBER);
        } else if (Character.isJavaIdentifierStart(c)) {
            run(Kind.NAME);
        } else {
            tokens.add(new Token(Kind.PUNCTUATION, String.valueOf(c), at, at + 1));
            at++;
        }
    }

    /** Behind a value a slash divides. */
    private boolean regexMayStand() {
        if (tokens.isEmpty()) {
            return true;
        }
        Token last = tokens.get(tokens.size() - 1);
        return last.kind() == Kind.PUNCTUATION && !last.is(")") && !last.is("]") && !last.is("}")
                || last.isName("return");
    }

    private boolean regex() {
        boolean set = false;
        for (int i = at + 1; i < script.length() && script.charAt(i) != '\n'; i++) {
            char c = script.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '[') {
                set = true;
            } else if (c == ']') {
                set = false;
            } else if (c == '/' && !set) {
                int end = i + 1;
                while (end < script.length() && Character.isLetter(script.charAt(end))) {
                    end++;
                }
                tokens.add(new Token(Kind.REGEX, script.substring(at, end), at, end));
                at = end;
                return true;
            }
        }
        return false;
    }

    private void run(Kind kind) {
        int start = at;
        while (at < script.length()
                && (Character.isJavaIdentifierPart(script.charAt(at))
                        || (kind == Kind.NUMBER && script.charAt(at) == '.'))) {
            at++;
        }
        tokens.add(new Token(kind, script.substring(start, at), start, at));
    }

    private void string(char quote) {
        int start = at++;
        StringBuilder text = new StringBuilder();
        while (at < script.length() && script.charAt(at) != quote) {
            char c = script.charAt(at);
            if (c == '\n' && quote != '`') {
                // Not a string after all: an apostrophe in a comment or a pattern.
                at = start + 1;
                return;
            }
            if (c == '\\' && at + 1 < script.length()) {
                escape(text);
            } else {
                text.append(c);
                at++;
            }
        }
        at++;
        tokens.add(new Token(Kind.STRING, text.toString(), start, Math.min(at, script.length())));
    }

    private void escape(StringBuilder text) {
        char c = script.charAt(at + 1);
        int digits = c == 'x' ? 2 : c == 'u' ? 4 : 0;
        if (digits > 0 && at + 2 + digits <= script.length()) {
            String hex = script.substring(at + 2, at + 2 + digits);
            if (hex.matches("[0-9A-Fa-f]+")) {
                text.append((char) Integer.parseInt(hex, 16));
                at += 2 + digits;
                return;
            }
        }
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case '\n' -> {}
            default -> text.append(c);
        }
        at += 2;
    }
}
