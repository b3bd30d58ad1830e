package dev.porthole.routers.internal.profile;

import dev.porthole.http.internal.HeaderFields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an answer must be like; all of it must hold. Immutable.
 *
 * @param statuses one of which it has; empty for any
 * @param contains what its text contains, without regard to case
 * @param notContains what its text does not contain
 * @param path what the path where it is from starts with, after redirects; empty for any
 * @param headers header fields, each with words that its value contains
 * @param json values at places, of each one; an empty list for nothing or null
 * @param xml the same in XML
 * @param script the same in what a script gives to variables: a place starts with the variable's name
 */
record Condition(
        Set<Integer> statuses,
        List<String> contains,
        List<String> notContains,
        String path,
        List<HeaderFields.Field> headers,
        Map<String, List<String>> json,
        Map<String, List<String>> xml,
        Map<String, List<String>> script) {
    /** A success, and nothing more. */
    static final Condition SUCCESS =
            new Condition(Set.of(), List.of(), List.of(), "", List.of(), Map.of(), Map.of(), Map.of());

    Condition {
        statuses = Set.copyOf(statuses);
        contains = List.copyOf(contains);
        notContains = List.copyOf(notContains);
        headers = List.copyOf(headers);
        json = Map.copyOf(json);
        xml = Map.copyOf(xml);
        script = Map.copyOf(script);
    }

    boolean holds(Seen seen) {
        return (statuses.isEmpty() || statuses.contains(seen.reply().status()))
                && seen.reply().url().path().startsWith(path)
                && headersHold(seen)
                && textHolds(seen)
                && json.entrySet().stream().allMatch(e -> jsonHolds(seen, e.getKey(), e.getValue()))
                && xml.entrySet().stream().allMatch(e -> xmlHolds(seen, e.getKey(), e.getValue()))
                && script.entrySet().stream().allMatch(e -> scriptHolds(seen, e.getKey(), e.getValue()));
    }

    private boolean headersHold(Seen seen) {
        return headers.stream()
                .allMatch(field -> seen.reply().headers().all(field.name()).stream()
                        .anyMatch(value -> lower(value).contains(lower(field.value()))));
    }

    private boolean textHolds(Seen seen) {
        if (contains.isEmpty() && notContains.isEmpty()) {
            return true;
        }
        String text = lower(seen.text());
        return contains.stream().allMatch(word -> text.contains(lower(word)))
                && notContains.stream().noneMatch(word -> text.contains(lower(word)));
    }

    private static boolean jsonHolds(Seen seen, String place, List<String> wanted) {
        Optional<Object> json = seen.json();
        if (json.isEmpty()) {
            return false;
        }
        return holds(Place.text(Place.of(place).in(json.get())), wanted);
    }

    private static boolean xmlHolds(Seen seen, String place, List<String> wanted) {
        return seen.xml().isPresent()
                && holds(Place.of(place).textIn(seen.xml().get()).map(String::strip), wanted);
    }

    private static boolean scriptHolds(Seen seen, String place, List<String> wanted) {
        return holds(ScriptValue.at(seen.text(), place), wanted);
    }

    private static boolean holds(Optional<String> value, List<String> wanted) {
        return wanted.isEmpty()
                ? value.isEmpty()
                : value.filter(wanted::contains).isPresent();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Whether an answer is as expected: a success too, where no status is named. */
    boolean expected(Seen seen) {
        return (!statuses.isEmpty() || seen.reply().success()) && holds(seen);
    }
}
