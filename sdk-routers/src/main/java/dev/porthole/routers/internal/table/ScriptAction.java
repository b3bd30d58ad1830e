package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.script.ScriptLexer.Kind;
import dev.porthole.routers.internal.script.ScriptLexer.Token;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a button's or a link's script does, where it is of a known shape: fills in fields of a form, submits it, or goes
 * to another page. Read, never run. Functions of the page are followed a few calls deep.
 */
final class ScriptAction {
    private static final int MAX_CALLS = 4;
    private static final Set<String> BEYOND = Set.of(
            "XMLHttpRequest", "ajax", "fetch", "getJSON", "encrypt", "hex_md5", "md5", "sha256", "RSAKey", "CryptoJS");
    private static final Set<String> WORDS =
            Set.of("if", "for", "while", "switch", "function", "return", "alert", "confirm", "catch", "with", "new");

    private final Scripts scripts;
    private final Map<String, String> values = new LinkedHashMap<>();
    private Optional<String> url = Optional.empty();
    private Optional<String> action = Optional.empty();
    private Optional<String> form = Optional.empty();
    private final Set<String> computed = new LinkedHashSet<>();
    private boolean submits;
    private boolean unclear;

    private ScriptAction(Scripts scripts) {
        this.scripts = scripts;
    }

    /** Reads a line of script, such as an {@code onclick}. */
    static ScriptAction of(Scripts scripts, String line) {
        ScriptAction read = new ScriptAction(scripts);
        String code = line.strip().replaceFirst("(?i)^javascript:", "");
        read.walk(Scripts.line(code), Map.of(), 0);
        return read;
    }

    /** The page to which it goes. */
    Optional<String> url() {
        return url;
    }

    /** Field values that it sets, by the field's name. */
    Map<String, String> values() {
        return values;
    }

    /** Fields whose value it computes in a way that cannot be read. */
    Set<String> computed() {
        return computed;
    }

    /** Where it sends the form instead. */
    Optional<String> action() {
        return action;
    }

    /** The form that it submits, by name, id or number; empty where it does not say. */
    Optional<String> form() {
        return form;
    }

    boolean submits() {
        return submits;
    }

    /** Whether it does what cannot be read: sends by script, ciphers, or computes. */
    boolean unclear() {
        return unclear;
    }

    private void walk(List<Token> code, Map<String, String> known, int depth) {
        for (int i = 0; i < code.size(); i++) {
            Token token = code.get(i);
            if (token.kind() != Kind.NAME) {
                continue;
            }
            if (BEYOND.contains(token.text())) {
                unclear = true;
            } else if (token.text().equals("if")) {
                i = behindGuard(code, i);
            } else if (is(code, i + 1, "=") && !is(code, i + 2, "=") && !is(code, i - 1, "!")) {
                assign(code, i, known);
            } else if (is(code, i + 1, "(")) {
                call(code, i, known, depth);
            }
        }
    }

    /** Checks of what a person typed end in a message or in {@code return false}; they are passed over. */
    private static int behindGuard(List<Token> code, int at) {
        int open = at + 1;
        int condition = closing(code, open, "(", ")");
        int end =
                is(code, condition + 1, "{") ? closing(code, condition + 1, "{", "}") : until(code, condition + 1, ";");
        boolean guard = false;
        for (int i = condition; i < Math.min(end + 1, code.size()); i++) {
            boolean no = code.get(i).isName("return")
                    && i + 1 < code.size()
                    && (code.get(i + 1).is(";") || code.get(i + 1).isName("false"));
            guard |= no || code.get(i).isName("alert");
        }
        return guard ? end : Math.min(condition, code.size());
    }

    private static int closing(List<Token> code, int open, String up, String down) {
        int depth = 0;
        for (int i = open; i < code.size(); i++) {
            if (code.get(i).is(up)) {
                depth++;
            } else if (code.get(i).is(down) && --depth <= 0) {
                return i;
            }
        }
        return code.size();
    }

    private static int until(List<Token> code, int from, String punctuation) {
        int i = from;
        while (i < code.size() && !code.get(i).is(punctuation)) {
            i++;
        }
        return i;
    }

    private static boolean is(List<Token> code, int i, String punctuation) {
        return i >= 0 && i < code.size() && code.get(i).is(punctuation);
    }

    private void assign(List<Token> code, int i, Map<String, String> known) {
        String name = code.get(i).text();
        Optional<String> value = expression(code, i + 2, known);
        switch (name) {
            case "value" ->
                target(code, i - 1).ifPresent(field -> {
                    if (value.isPresent()) {
                        values.put(field, value.get());
                    } else {
                        computed.add(field);
                    }
                });
            case "action" -> {
                action = value;
                unclear |= value.isEmpty();
            }
            case "href", "location" -> {
                boolean link =
                        name.equals("location") || i >= 2 && code.get(i - 2).isName("location");
                if (link) {
                    url = value;
                    unclear |= value.isEmpty();
                }
            }
            default -> {}
        }
    }

    /** The name of the field before {@code .value}, or of the form before {@code .submit}. */
    static Optional<String> target(List<Token> code, int dot) {
        if (!is(code, dot, ".") || dot < 1) {
            return Optional.empty();
        }
        Token before = code.get(dot - 1);
        if (before.kind() == Kind.NAME) {
            return Optional.of(before.text());
        }
        boolean bracket = before.is("]") || before.is(")");
        if (bracket && dot >= 2 && code.get(dot - 2).kind() != Kind.PUNCTUATION) {
            return Optional.of(code.get(dot - 2).text());
        }
        return Optional.empty();
    }

    private void call(List<Token> code, int i, Map<String, String> known, int depth) {
        String name = code.get(i).text();
        if (name.equals("submit")) {
            submits = true;
            form = target(code, i - 1);
            return;
        }
        if ((name.equals("replace") || name.equals("assign"))
                && i >= 2
                && code.get(i - 2).isName("location")) {
            url = expression(code, i + 2, known);
            unclear |= url.isEmpty();
            return;
        }
        if (WORDS.contains(name) || is(code, i - 1, ".")) {
            return;
        }
        Optional<Scripts.Function> function = scripts.function(name);
        if (function.isPresent() && depth < MAX_CALLS) {
            walk(function.get().body(), arguments(code, i + 1, function.get().parameters(), known), depth + 1);
        }
    }

    private Map<String, String> arguments(
            List<Token> code, int open, List<String> parameters, Map<String, String> known) {
        Map<String, String> bound = new HashMap<>();
        int parameter = 0;
        int depth = 0;
        int start = open + 1;
        for (int i = open; i < code.size(); i++) {
            Token token = code.get(i);
            if (token.is("(") || token.is("[")) {
                depth++;
            } else if (token.is(")") || token.is("]")) {
                depth--;
            }
            boolean end = depth == 0;
            if ((end || depth == 1 && token.is(",")) && parameter < parameters.size()) {
                String name = parameters.get(parameter++);
                expression(code, start, known).ifPresent(value -> bound.put(name, value));
                start = i + 1;
            }
            if (end) {
                break;
            }
        }
        return bound;
    }

    /** Texts, numbers, parameters and variables with a known text, joined by plus; empty where there is anything else. */
    private Optional<String> expression(List<Token> code, int from, Map<String, String> known) {
        StringBuilder text = new StringBuilder();
        int i = from;
        while (i < code.size()) {
            Token token = code.get(i);
            Optional<String> term;
            if (token.kind() == Kind.STRING || token.kind() == Kind.NUMBER) {
                term = Optional.of(token.text());
            } else if (token.kind() == Kind.NAME && is(code, i + 1, "[") && is(code, i + 3, "]")) {
                term = element(token.text(), code.get(i + 2).text());
                i += 3;
            } else if (token.kind() == Kind.NAME && !is(code, i + 1, "(") && !is(code, i + 1, ".")) {
                term = Optional.ofNullable(known.get(token.text())).or(() -> scripts.text(token.text()));
            } else {
                return Optional.empty();
            }
            if (term.isEmpty()) {
                return Optional.empty();
            }
            text.append(term.get());
            if (!is(code, i + 1, "+")) {
                boolean ends = i + 1 >= code.size() || !code.get(i + 1).text().matches("[-*/?.(]");
                return ends ? Optional.of(text.toString()) : Optional.empty();
            }
            i += 2;
        }
        return Optional.empty();
    }

    private Optional<String> element(String list, String index) {
        if (!index.matches("[0-9]{1,4}")) {
            return Optional.empty();
        }
        return scripts.given().stream()
                .filter(given -> given.name().equals(list) && given.value() instanceof List<?>)
                .map(given -> (List<?>) given.value())
                .filter(values -> values.size() > Integer.parseInt(index))
                .map(values -> values.get(Integer.parseInt(index)))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
    }
}
