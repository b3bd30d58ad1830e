package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.script.ScriptLexer;
import dev.porthole.routers.internal.script.ScriptLexer.Kind;
import dev.porthole.routers.internal.script.ScriptLexer.Token;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The scripts that stand in a page: their literals and their functions as text. Nothing is executed. */
final class Scripts {
    /** A function of a page. */
    record Function(List<String> parameters, List<Token> body) {}

    /** A value that a script constructs, {@code new X(…)} or {@code x(…)}, from literals. */
    record Constructed(String type, List<Object> arguments) {}

    /** Something given to a name: {@code x = …}, {@code x[3] = …}, {@code x.push(…)}, {@code x(…)}. */
    record Given(String name, boolean element, Object value) {}

    /** Stands for what is not a literal. */
    static final Object OPAQUE = new Object();

    private static final Set<String> NO_CALLS =
            Set.of("if", "for", "while", "switch", "function", "catch", "return", "Array", "with");
    private static final Map<String, String> CONSTANTS =
            Map.of("true", "true", "false", "false", "null", "", "undefined", "");
    private static final Set<String> FILLING = Set.of("value", "checked", "selectedIndex");

    private static final int MAX_DEPTH = 20;
    private static final int MAX_SCRIPT = 2 << 20;
    private static final int MAX_RUNNING = 200_000;

    /** A literal that ends nowhere is tried again from each of its beginnings; a page of 4 MB has fewer values. */
    private static final int MAX_TRIED = 1_000_000;

    private final List<Token> tokens;
    private final Map<String, Function> functions = new LinkedHashMap<>();
    private final List<Given> given = new ArrayList<>();
    private final boolean external;
    private int end;
    private int tried;

    private Scripts(String text, boolean external) {
        this.tokens = ScriptLexer.tokens(text);
        this.external = external;
        readFunctions();
        readGiven();
    }

    static Scripts of(Document document, URI uri, Libraries libraries) {
        StringBuilder text = new StringBuilder();
        boolean external = false;
        for (Element script : document.getElementsByTag("script")) {
            external |= script.hasAttr("src");
            libraries
                    .text(uri, script.attr("src"))
                    .filter(own -> text.length() < MAX_SCRIPT)
                    .ifPresent(text::append);
            text.append("\n;\n");
            if (text.length() < MAX_SCRIPT) {
                text.append(script.data(), 0, Math.min(script.data().length(), MAX_SCRIPT))
                        .append("\n;\n");
            }
        }
        return new Scripts(text.toString(), external);
    }

    /** Reads one line of script, such as an {@code onclick}. */
    static List<Token> line(String text) {
        return ScriptLexer.tokens(text.length() <= 4096 ? text : "");
    }

    /** Whether there are scripts at all, here or in files of their own. */
    boolean present() {
        return external || !tokens.isEmpty();
    }

    Optional<Function> function(String name) {
        return Optional.ofNullable(functions.get(name));
    }

    List<Token> tokens() {
        return tokens;
    }

    List<Given> given() {
        return given;
    }

    /** The text last given to a variable by a literal. */
    Optional<String> text(String name) {
        return given.stream()
                .filter(one -> one.name().equals(name) && one.value() instanceof String)
                .map(one -> (String) one.value())
                .reduce((first, last) -> last);
    }

    /** Whether they hold what rows of tables are made of. */
    boolean writesRows() {
        return mentions("insertRow", "insertCell")
                || tokens.stream()
                        .anyMatch(token -> token.kind() == Kind.STRING
                                && token.text().toLowerCase(Locale.ROOT).contains("<t"));
    }

    boolean mentions(String... names) {
        List<String> wanted = List.of(names);
        return tokens.stream().anyMatch(token -> token.kind() == Kind.NAME && wanted.contains(token.text()));
    }

    /**
     * Whether what runs when the page is shown may put values into its fields: then the fields as they came may not be
     * what a person sees.
     */
    boolean fillsAtLoad(Document document, Collection<Field> fields) {
        Set<Token> inFunctions = Collections.newSetFromMap(new IdentityHashMap<>());
        functions.values().forEach(function -> inFunctions.addAll(function.body()));
        List<Token> running = new ArrayList<>();
        tokens.stream().filter(token -> !inFunctions.contains(token)).forEach(running::add);
        running.addAll(line(document.select("body").attr("onload")));
        Set<String> called = new LinkedHashSet<>();
        for (int i = 0; i < running.size() && i < MAX_RUNNING; i++) {
            Token token = running.get(i);
            Function function = token.kind() == Kind.NAME ? functions.get(token.text()) : null;
            boolean definition = i > 0 && running.get(i - 1).isName("function");
            if (function != null && !definition && called.add(token.text())) {
                running.addAll(function.body());
            }
            if (puts(running, i, fields)) {
                return true;
            }
        }
        return false;
    }

    /** A value is put into a field of these, or into one whose name the script computes. */
    private static boolean puts(List<Token> running, int i, Collection<Field> fields) {
        Token token = running.get(i);
        boolean assigns = i > 0
                && i + 1 < running.size()
                && running.get(i - 1).is(".")
                && running.get(i + 1).is("=")
                && FILLING.contains(token.text());
        if (!assigns) {
            return token.isName("insertRow") || token.isName("insertCell");
        }
        Optional<String> target = ScriptAction.target(running, i - 1);
        return target.isEmpty()
                || fields.stream()
                        .anyMatch(field -> field.name().startsWith(target.get())
                                || field.element().id().startsWith(target.get()));
    }

    private void readFunctions() {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (!tokens.get(i).isName("function")) {
                continue;
            }
            boolean named = tokens.get(i + 1).kind() == Kind.NAME;
            int open = named ? i + 2 : i + 1;
            String name = named
                    ? tokens.get(i + 1).text()
                    : i >= 2 && tokens.get(i - 1).is("=") && tokens.get(i - 2).kind() == Kind.NAME
                            ? tokens.get(i - 2).text()
                            : "";
            if (name.isEmpty() || !tokens.get(open).is("(")) {
                continue;
            }
            List<String> parameters = new ArrayList<>();
            int at = open + 1;
            while (at < tokens.size() && !tokens.get(at).is(")")) {
                if (tokens.get(at).kind() == Kind.NAME) {
                    parameters.add(tokens.get(at).text());
                }
                at++;
            }
            if (at + 1 < tokens.size() && tokens.get(at + 1).is("{")) {
                functions.put(name, new Function(parameters, tokens.subList(at + 2, closing(at + 1))));
            }
        }
    }

    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            if (tokens.get(i).is("{")) {
                depth++;
            } else if (tokens.get(i).is("}") && --depth == 0) {
                return i;
            }
        }
        return tokens.size();
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
