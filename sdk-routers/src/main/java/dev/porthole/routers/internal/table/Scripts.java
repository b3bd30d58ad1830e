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

/** The scripts that stand in a page: their literals and their functions as text. Nothing is executed. */
final class Scripts {
    /** A function of a page. */
    record Function(List<String> parameters, List<Token> body) {}

    /** A value that a script constructs, {@code new X(…)} or {@code x(…)}, from literals. */
    record Constructed(String type, List<Object> arguments) {}

    /** Something given to a name: {@code x = …}, {@code x[3] = …}, {@code x.push(…)}, {@code x(…)}. */
    record Given(String name, boolean element, Object value) {}

    private static final Set<String> FILLING = Set.of("value", "checked", "selectedIndex");

    private static final int MAX_SCRIPT = 2 << 20;
    private static final int MAX_RUNNING = 200_000;

    private final List<Token> tokens;
    private final Map<String, Function> functions = new LinkedHashMap<>();
    private final List<Given> given;
    private final boolean external;

    private Scripts(String text, boolean external) {
        this.tokens = ScriptLexer.tokens(text);
        this.external = external;
        this.given = Literals.in(tokens);
        readFunctions();
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
}
