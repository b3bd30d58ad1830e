package dev.porthole.routers.internal.profile;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One field of a rule: where it stands in a row, and how its values are written. Immutable.
 *
 * @param places where it may stand; the first that is there counts
 * @param values for each meaning how the router writes it, the first way when writing; empty where there is no map
 * @param otherwise what is read where none of the places is there
 * @param type how it goes into JSON
 */
record RuleField(List<String> places, Map<String, List<String>> values, Optional<String> otherwise, Type type) {
    /** A value's type in JSON. */
    enum Type {
        TEXT,
        NUMBER,
        BOOLEAN
    }

    RuleField {
        places = List.copyOf(places);
        values = Map.copyOf(values);
    }

    /** What a row holds. */
    Optional<String> in(RawRow row) {
        return places.stream()
                .flatMap(place -> row.get(place).stream())
                .findFirst()
                .map(String::strip)
                .or(this::otherwise);
    }

    /** Which of the mapped meanings a row holds. */
    Optional<String> meaning(RawRow row) {
        String text = in(row).orElse("").toLowerCase(Locale.ROOT);
        return values.entrySet().stream()
                .filter(e -> e.getValue().stream()
                        .anyMatch(way -> way.toLowerCase(Locale.ROOT).equals(text)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** How a meaning is written. */
    Object written(String meaning) {
        String text = values.containsKey(meaning) ? values.get(meaning).get(0) : meaning;
        return switch (type) {
            case TEXT -> text;
            case NUMBER -> text.matches("[0-9]{1,9}") ? (Object) Integer.parseInt(text) : text;
            case BOOLEAN -> Boolean.parseBoolean(text);
        };
    }
}
