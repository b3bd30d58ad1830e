package dev.porthole.http.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The header fields of a message in their order, found by name without regard to case. Immutable.
 *
 * @param fields names and values as sent
 */
public record HeaderFields(List<Field> fields) {
    /**
     * One header field.
     *
     * @param name the name in the case sent
     * @param value the value without surrounding white space
     */
    public record Field(String name, String value) {}

    /** No fields. */
    public static final HeaderFields NONE = new HeaderFields(List.of());

    /** Copies the list. */
    public HeaderFields {
        fields = List.copyOf(fields);
    }

    /**
     * The first value of a name.
     *
     * @param name the name in any case
     * @return the value, or empty where the field is absent
     */
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /**
     * Every value of a name.
     *
     * @param name the name in any case
     * @return an unmodifiable list in the order sent
     */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                values.add(field.value());
            }
        }
        return List.copyOf(values);
    }
}
