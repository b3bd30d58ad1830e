package dev.porthole.routers.internal.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a request carries. */
sealed interface Body {
    /** Whether a variable is put in somewhere. */
    default boolean refersTo(String name) {
        return false;
    }

    /** Nothing. */
    record None() implements Body {}

    /**
     * A field of a form or of a query.
     *
     * @param optional whether it is left out where its value is empty
     */
    record Field(Template name, Template value, boolean optional) {}

    /**
     * A form.
     *
     * @param withRows whether the fields of the listed page's form go along, with what was changed in its rows
     */
    record Form(List<Field> fields, boolean withRows) implements Body {
        /** Copies the list. */
        public Form {
            fields = List.copyOf(fields);
        }

        @Override
        public boolean refersTo(String name) {
            return fields.stream()
                    .anyMatch(field ->
                            field.name().refersTo(name) || field.value().refersTo(name));
        }
    }

    /**
     * JSON.
     *
     * @param urlEncoded whether it is written as a part of a URL would be (ASUSWRT)
     */
    record Json(Tree tree, boolean urlEncoded) implements Body {
        @Override
        public boolean refersTo(String name) {
            return tree.refersTo(name);
        }
    }

    /** XML; what is put in is escaped, rows are put in as they are. */
    record Xml(Template text) implements Body {
        @Override
        public boolean refersTo(String name) {
            return text.refersTo(name);
        }
    }

    /** A value of JSON. */
    sealed interface Tree {
        Object render(Values values);

        /** Whether a variable is put in somewhere. */
        default boolean refersTo(String name) {
            return false;
        }
    }

    /** A number, a truth value or null. */
    record Constant(@org.jspecify.annotations.Nullable Object value) implements Tree {
        @Override
        @SuppressWarnings("NullAway") // A null of JSON is a value here.
        public Object render(Values values) {
            return value;
        }
    }

    /** Text; a reference alone keeps its type. */
    record Text(Template template) implements Tree {
        @Override
        public Object render(Values values) {
            return template.sole().map(values::get).orElseGet(() -> template.render(values));
        }

        @Override
        public boolean refersTo(String name) {
            return template.refersTo(name);
        }
    }

    /** A list. */
    record Items(List<Tree> items) implements Tree {
        @Override
        public Object render(Values values) {
            List<Object> list = new java.util.ArrayList<>();
            items.forEach(item -> list.add(item.render(values)));
            return list;
        }

        @Override
        public boolean refersTo(String name) {
            return items.stream().anyMatch(item -> item.refersTo(name));
        }
    }

    /** An object. A name that ends in a question mark is left out where its value is empty. */
    record Fields(Map<String, Tree> fields) implements Tree {
        @Override
        public Object render(Values values) {
            Map<String, Object> map = new LinkedHashMap<>();
            fields.forEach((name, tree) -> {
                Object value = tree.render(values);
                boolean optional = name.endsWith("?");
                if (!optional || !"".equals(value)) {
                    map.put(optional ? name.substring(0, name.length() - 1) : name, value);
                }
            });
            return map;
        }

        @Override
        public boolean refersTo(String name) {
            return fields.values().stream().anyMatch(tree -> tree.refersTo(name));
        }
    }
}
