package dev.porthole.routers.internal.script;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that a function sees. Not thread-safe. */
final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, Object> values = new HashMap<>();

    Scope(@Nullable Scope outer) {
        this.outer = outer;
    }

    void declare(String name, Object value) {
        values.put(name, value);
    }

    boolean declares(String name) {
        return values.containsKey(name);
    }

    /** The value of a name, or null where nothing on the page gave it one. */
    @Nullable
    Object get(String name) {
        Scope scope = holder(name);
        return scope == null ? null : scope.values.get(name);
    }

    void set(String name, Object value) {
        Scope scope = holder(name);
        (scope == null ? outermost() : scope).values.put(name, value);
    }

    private @Nullable Scope holder(String name) {
        Scope scope = this;
        while (scope != null && !scope.values.containsKey(name)) {
            scope = scope.outer;
        }
        return scope;
    }

    private Scope outermost() {
        Scope scope = this;
        Scope next = outer;
        while (next != null) {
            scope = next;
            next = scope.outer;
        }
        return scope;
    }
}
