package dev.porthole.routers.internal.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The literal that a script gives to a variable: text, a number, a list ({@code [..]} or {@code new Array(..)}) or an
 * object, as text, lists and maps. Nothing is run; what is no literal is nothing.
 */
final class ScriptValue {
    private static final int DEEPEST = 20;
    private static final int MOST = 100_000;
    /** A variable is given a value a few times; a page with more was made to be slow. */
    private static final int MOST_TRIES = 20;

    private final String script;
    private int at;
    private int count;

    private ScriptValue(String script, int at) {
        this.script = script;
        this.at = at;
    }

    /** Says that there is no literal here. */
    private static final class NoLiteral extends Exception {
        private static final long serialVersionUID = 1L;

        NoLiteral() {
            super("no literal", null, false, false);
        }
    }

    /** What is given to a variable, or to a member such as {@code nvram.portforward}, the first time. */
    static Optional<Object> of(String script, String variable) {
        int tries = 0;
        for (int at = script.indexOf(variable);
                at >= 0 && tries < MOST_TRIES;
                at = script.indexOf(variable, at + variable.length())) {
            boolean whole = at == 0 || !Character.isJavaIdentifierPart(script.charAt(at - 1));
            ScriptValue value = new ScriptValue(script, at + variable.length());
            if (whole && value.assigned()) {
                tries++;

                try {
                    return Optional.of(value.literal(0));
                } catch (NoLiteral e) {
                    // It may be given a literal further on.
                }
            }
        }
        return Optional.empty();
    }

    /** What stands at a place that starts with a variable's name, as text. */
    static Optional<String> at(String script, String place) {
        int slash = place.indexOf('/');
        String variable = slash < 0 ? place : place.substring(0, slash);
        Place within = Place.of(slash < 0 ? "" : place.substring(slash + 1));
        return of(script, variable).flatMap(value -> Place.text(within.in(value)));
    }

    /** Whether an equals sign, or the colon of an object's field, comes next; goes past it. */
    private boolean assigned() {
        if (at < script.length() && (script.charAt(at) == '\'' || script.charAt(at) == '"')) {
            at++;
        }
        space();
        boolean given = at < script.length()
                && (script.charAt(at) == '=' && !script.startsWith("==", at) || script.charAt(at) == ':');
        at++;
        return given;
    }

    private void space() {
        while (at < script.length()) {
            if (Character.isWhitespace(script.charAt(at))) {
                at++;
            } else if (script.startsWith("//", at)) {
                int end = script.indexOf('\n', at);
                at = end < 0 ? script.length() : end;
            } else if (script.startsWith("/*", at)) {
                int end = script.indexOf("*/", at);
                at = end < 0 ? script.length() : end + 2;
            } else {
                return;
            }
        }
    }

    private char peek() throws NoLiteral {
        space();
        if (at >= script.length()) {
            throw new NoLiteral();
        }
        return script.charAt(at);
    }

    private Object literal(int depth) throws NoLiteral {
        if (depth > DEEPEST || ++count > MOST) {
            throw new NoLiteral();
        }
        char c = peek();
        if (c == '"' || c == '\'') {
            return string(c);
        }
        if (c == '[') {
            at++;
            return list(']', depth);
        }
        if (c == '{') {
            at++;
            return object(depth);
        }
        String word = word();
        if (!word.equals("new")) {
            return word;
        }
        space();
        if (!word().equals("Array") || peek() != '(') {
            throw new NoLiteral();
        }
        at++;
        return list(')', depth);
    }

    private String word() throws NoLiteral {
        int start = at;
        while (at < script.length()
                && (Character.isJavaIdentifierPart(script.charAt(at)) || "+-.".indexOf(script.charAt(at)) >= 0)) {
            at++;
        }
        if (at == start) {
            throw new NoLiteral();
        }
        return script.substring(start, at);
    }

    private String string(char quote) throws NoLiteral {
        int start = ++at;
        while (at < script.length() && script.charAt(at) != quote) {
            at += script.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= script.length()) {
            throw new NoLiteral();
        }
        return unescaped(script.substring(start, at++));
    }

    private List<Object> list(char end, int depth) throws NoLiteral {
        List<Object> items = new ArrayList<>();
        while (peek() != end) {
            items.add(literal(depth + 1));
            if (peek() == ',') {
                at++;
            } else if (peek() != end) {
                throw new NoLiteral();
            }
        }
        at++;
        return items;
    }

    private Map<String, Object> object(int depth) throws NoLiteral {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (peek() != '}') {
            char c = peek();
            String name = c == '"' || c == '\'' ? string(c) : word();
            if (peek() != ':') {
                throw new NoLiteral();
            }
            at++;
            fields.put(name, literal(depth + 1));
            if (peek() == ',') {
                at++;
            } else if (peek() != '}') {
                throw new NoLiteral();
            }
        }
        at++;
        return fields;
    }

    /** The text of a script's string. */
    static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            char next = text.charAt(++i);
            int digits = next == 'u' ? 4 : next == 'x' ? 2 : 0;
            if (digits > 0 && hexadecimal(text, i + 1, digits)) {
                plain.append((char) Integer.parseInt(text.substring(i + 1, i + 1 + digits), 16));
                i += digits;
            } else {
                plain.append(
                        switch (next) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            case 'b' -> '\b';
                            case 'f' -> '\f';
                            default -> next;
                        });
            }
        }
        return plain.toString();
    }

    private static boolean hexadecimal(String text, int from, int count) {
        if (from + count > text.length()) {
            return false;
        }
        for (int i = from; i < from + count; i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
                return false;
            }
        }
        return true;
    }
}
