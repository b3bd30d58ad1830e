package dev.porthole.routers.internal.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Rows in a script's array: lists or objects, or one flat list of so many values for each row. Only read.
 *
 * @param variable the array's name
 * @param width how many values a row has in a flat list; empty where rows are lists or objects
 * @param widthAt where the page tells how many; empty where it does not
 */
record ScriptRows(String variable, OptionalInt width, String widthAt) implements RowCodec {
    /** No row has more; what a page tells is not believed beyond. */
    private static final int MOST_VALUES = 100;

    private record ScriptRow(Object value) implements RawRow {
        @Override
        public Optional<String> get(String place) {
            @Nullable
            Object found = value instanceof List<?> list && place.startsWith("-")
                    ? fromEnd(list, place)
                    : Place.of(place).in(value);
            return Place.text(found);
        }

        private static @Nullable Object fromEnd(List<?> list, String place) {
            int index = list.size() + Integer.parseInt(place);
            return index < 0 ? null : list.get(index);
        }

        @Override
        public String content() {
            return value.toString();
        }

        @Override
        public boolean isRule() {
            return value instanceof List || value instanceof Map;
        }
    }

    @Override
    public Optional<List<RawRow>> read(Seen seen) {
        OptionalInt told = widthAt.isEmpty() ? width : told(seen);
        if (told.isEmpty() && !widthAt.isEmpty()) {
            return Optional.empty();
        }
        return ScriptValue.of(seen.text(), variable)
                .filter(List.class::isInstance)
                .map(list -> rows((List<?>) list, told));
    }

    private OptionalInt told(Seen seen) {
        return ScriptValue.at(seen.text(), widthAt)
                .filter(text -> text.matches("[0-9]{1,3}"))
                .map(Integer::parseInt)
                .filter(count -> count > 1 && count <= MOST_VALUES)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    private static List<RawRow> rows(List<?> list, OptionalInt width) {
        List<RawRow> rows = new ArrayList<>();
        if (width.isEmpty()) {
            list.forEach(each -> rows.add(new ScriptRow(each)));
            return rows;
        }
        int step = width.getAsInt();
        // What is left over at the end ends the list (TP-Link's 0,0).
        for (int at = 0; at + step <= list.size(); at += step) {
            rows.add(new ScriptRow(List.copyOf(list.subList(at, at + step))));
        }
        return rows;
    }

    @Override
    public Object joined(List<RawRow> kept, Optional<Object> added) {
        throw new IllegalStateException("a script's array is only read");
    }
}
