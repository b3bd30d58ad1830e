package dev.porthole.routers.internal.profile;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows as objects of JSON: a list, an object that holds them by key, or an object that is the only one.
 *
 * @param place where the list stands
 * @param keyed whether it is an object of rows; the key is at {@code @key}
 * @param where what a row must have to be a rule
 * @param changing names that may change though the rule does not
 */
record JsonRows(String place, boolean keyed, Map<String, List<String>> where, Set<String> changing)
        implements RowCodec {
    private static final JSON WITH_NULLS = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private record JsonRow(
            JsonRows codec, String key, @Nullable Object value) implements RawRow {
        @Override
        public Optional<String> get(String place) {
            return place.equals("@key")
                    ? Optional.of(key)
                    : Place.text(Place.of(place).in(value));
        }

        @Override
        public String content() {
            if (!(value instanceof Map<?, ?> map)) {
                return String.valueOf(value);
            }
            Map<String, Object> rest = new LinkedHashMap<>();
            map.forEach((name, each) -> {
                if (!codec.changing.contains(String.valueOf(name))) {
                    rest.put(String.valueOf(name), each);
                }
            });
            return text(rest);
        }

        @Override
        public boolean isRule() {
            return value instanceof Map
                    && codec.where.entrySet().stream()
                            .allMatch(e -> get(e.getKey())
                                    .filter(e.getValue()::contains)
                                    .isPresent());
        }
    }

    @Override
    public Optional<List<RawRow>> read(Seen seen) {
        Object found = seen.json().map(json -> Place.of(place).in(json)).orElse(null);
        List<RawRow> rows = new ArrayList<>();
        if (found instanceof Map<?, ?> map && keyed) {
            map.forEach((key, value) -> rows.add(new JsonRow(this, String.valueOf(key), value)));
        } else if (found instanceof Map<?, ?> map) {
            rows.add(new JsonRow(this, "", map));
        } else if (found instanceof List<?> list) {
            list.forEach(value -> rows.add(new JsonRow(this, "", value)));
        } else {
            return Optional.empty();
        }
        return Optional.of(rows);
    }

    @Override
    public Object joined(List<RawRow> kept, Optional<Object> added) {
        List<@Nullable Object> list = new ArrayList<>();
        kept.forEach(row -> list.add(((JsonRow) row).value()));
        added.ifPresent(list::add);
        return list;
    }

    /** A value as JSON, with its nulls. */
    static String text(Object value) {
        try {
            return WITH_NULLS.asString(value);
        } catch (IOException e) {
            throw new IllegalStateException("maps, lists and text can be written", e);
        }
    }
}
