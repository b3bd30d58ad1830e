package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.script.ScriptLexer.Kind;
import dev.porthole.routers.internal.script.ScriptLexer.Token;
import dev.porthole.routers.internal.table.Scripts.Constructed;
import dev.porthole.routers.internal.table.Scripts.Given;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the literals that scripts give to names: texts, lists and maps of them, and what is constructed of literals. */
final class Literals {
    /** Stands for what is not a literal. */
    static final Object OPAQUE = new Object();

    private static final Set<String> NO_CALLS =
            Set.of("if", "for", "while", "switch", "function", "catch", "return", "Array", "with");
    private static final Map<String, String> CONSTANTS =
            Map.of("true", "true", "false", "false", "null", "", "undefined", "");
    private static final int MAX_DEPTH = 20;

    /** A literal that ends nowhere is tried again from each of its beginnings; a page of 4 MB has fewer values. */
    private static final int MAX_TRIED = 1_000_000;

    private final List<Token> tokens;
    private final List<Given> given = new ArrayList<>();
    private int end;
    private int tried;

    private Literals(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** All that is given to names, in order. */
    static List<Given> in(List<Token> tokens) {
        Literals literals = new Literals(tokens);
        literals.readGiven();
        return literals.given;
    }

    private void readGiven() {
        for (int i = 0; i < tokens.size(); ) {
            Token token = tokens.get(i);
            Given found = null;
            end = i;
            if (token.kind() == Kind.NAME) {
                found = givenAt(i);
            } else if (token.is("[") || token.is("{")) {
                boolean statement = i == 0 || tokens.get(i - 1).is(";");
                Object value = statement ? value(i, 0) : null;
                found = value == null ? null : new Given("", false, value);
            }
            if (found != null) {
                given.add(found);
            }
            i = found != null ? Math.max(end, i + 1) : i + 1;
        }
    }

    private @Nullable Given givenAt(int i) {
        String name = tokens.get(i).text();
        if (is(i + 1, "(") && !NO_CALLS.contains(name)) {
            boolean definition = i > 0 && tokens.get(i - 1).isName("function");
            Object call = definition ? null : constructed(name, i + 1, 0);
            return call == null ? null : new Given(name, true, call);
        }
        if (is(i + 1, ".") && i + 3 < tokens.size() && tokens.get(i + 2).isName("push") && is(i + 3, "(")) {
            Object value = value(i + 4, 0);
            return value == null ? null : new Given(name, true, value);
        }
        int equals = i + 1;
        boolean element = false;
        if (is(equals, "[") && is(equals + 2, "]")) {
            element = true;
            equals += 3;
        }
        boolean assigns = is(equals, "=") && !is(equals + 1, "=") || is(equals, ":");
        Object value = assigns ? value(equals + 1, 0) : null;
        return value == null ? null : new Given(name, element, value);
    }

    private boolean is(int i, String punctuation) {
        return i < tokens.size() && tokens.get(i).is(punctuation);
    }

    /** The literal at a place, or null where there is none; sets {@link #end} behind it. */
    private @Nullable Object value(int i, int depth) {
        if (i >= tokens.size() || depth > MAX_DEPTH || ++tried > MAX_TRIED) {
            return null;
        }
        Token token = tokens.get(i);
        if (token.is("[")) {
            return list(i, "]", depth);
        }
        if (token.is("{")) {
            return object(i, depth);
        }
        if (token.isName("new") && i + 2 < tokens.size() && is(i + 2, "(")) {
            return tokens.get(i + 1).isName("Array")
                    ? list(i + 2, ")", depth)
                    : constructed(tokens.get(i + 1).text(), i + 2, depth);
        }
        if (token.is("-") && i + 1 < tokens.size() && tokens.get(i + 1).kind() == Kind.NUMBER) {
            end = i + 2;
            return "-" + tokens.get(i + 1).text();
        }
        if (token.kind() == Kind.STRING || token.kind() == Kind.NUMBER) {
            return scalar(i, token.text());
        }
        if (token.kind() == Kind.NAME && CONSTANTS.containsKey(token.text())) {
            return scalar(i, CONSTANTS.get(token.text()));
        }
        if (token.kind() == Kind.NAME && is(i + 1, "(") && depth > 0) {
            return constructed(token.text(), i + 1, depth);
        }
        return null;
    }

    /** A literal that is part of a longer expression is none. */
    private @Nullable Object scalar(int i, String text) {
        end = i + 1;
        boolean alone = end >= tokens.size()
                || tokens.get(end).kind() == Kind.PUNCTUATION
                        && "+.*/?%[(&|-".indexOf(tokens.get(end).text().charAt(0)) < 0
                || tokens.get(end).kind() == Kind.NAME;
        return alone ? text : null;
    }

    private @Nullable Object constructed(String name, int open, int depth) {
        Object arguments = list(open, ")", depth);
        if (!(arguments instanceof List<?> list) || list.isEmpty() || list.contains(OPAQUE)) {
            return null;
        }
        return new Constructed(name, List.copyOf(list));
    }

    private @Nullable Object list(int open, String close, int depth) {
        List<Object> values = new ArrayList<>();
        int i = open + 1;
        while (i < tokens.size() && !tokens.get(i).is(close)) {
            if (tokens.get(i).is(",")) {
                i++;
                continue;
            }
            Object value = value(i, depth + 1);
            int next = value == null ? skip(i) : end;
            // Another bracket than the one that closes the list is no value, and nothing is behind it.
            if (next <= i) {
                return null;
            }
            values.add(value == null ? OPAQUE : value);
            i = next;
        }
        if (i >= tokens.size()) {
            return null;
        }
        end = i + 1;
        return values;
    }

    /** Behind an expression that is no literal: at the comma or the bracket that ends it; negative where none does. */
    private int skip(int i) {
        int depth = 0;
        for (int at = i; at < tokens.size() && at < i + 200; at++) {
            Token token = tokens.get(at);
            if (token.is("(") || token.is("[") || token.is("{")) {
                depth++;
            } else if (token.is(")") || token.is("]") || token.is("}")) {
                if (--depth < 0) {
                    return at;
                }
            } else if (depth == 0 && token.is(",")) {
                return at;
            } else if (depth == 0 && token.is(";")) {
                return -1;
            }
        }
        return -1;
    }

    private @Nullable Object object(int open, int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        int i = open + 1;
        while (i + 1 < tokens.size() && !tokens.get(i).is("}")) {
            if (tokens.get(i).is(",")) {
                i++;
                continue;
            }
            Token key = tokens.get(i);
            if (key.kind() == Kind.PUNCTUATION || !is(i + 1, ":")) {
                return null;
            }
            Object value = value(i + 2, depth + 1);
            if (value == null) {
                i = skip(i + 2);
                if (i < 0) {
                    return null;
                }
                value = OPAQUE;
            } else {
                i = end;
            }
            fields.put(key.text(), value);
        }
        if (i >= tokens.size()) {
            return null;
        }
        end = i + 1;
        return fields;
    }
}
