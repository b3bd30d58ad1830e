package dev.porthole.routers.internal.profile;

import java.util.LinkedHashMap;
import java.util.Map;

/** What variables stand for: text, numbers, truth values, and rows to be written back. Used by one thread at a time. */
final class Values {
    private final Map<String, Object> values;

    private Values(Map<String, Object> values) {
        this.values = values;
    }

    static Values empty() {
        return new Values(new LinkedHashMap<>());
    }

    Values copy() {
        return new Values(new LinkedHashMap<>(values));
    }

    void put(String name, Object value) {
        values.put(name, value);
    }

    void putAll(Map<String, ?> more) {
        values.putAll(more);
    }

    /** Forgets what only a login may use. */
    void forgetAccount() {
        values.keySet().removeAll(Scope.SECRETS);
    }

    void forget(String name) {
        values.remove(name);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Object get(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the profile's variable " + name + " has no value yet");
        }
        return value;
    }

    String text(String name) {
        Object value = get(name);
        boolean structure = value instanceof java.util.List || value instanceof Map;
        return structure ? JsonRows.text(value) : String.valueOf(value);
    }

    /** The names; the values may hold secrets. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
