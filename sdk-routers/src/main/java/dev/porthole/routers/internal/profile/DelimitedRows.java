package dev.porthole.routers.internal.profile;

import dev.porthole.mapping.Refusal;
import dev.porthole.routers.internal.RuleRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows in one text, with one separator between or around rows and another between fields; fields are numbered from 0. Rows
 * that stay are written back as the same characters.
 *
 * @param text where the text is found
 * @param row what separates rows
 * @param field what separates fields
 * @param style where the separator of rows stands
 * @param counts how many fields a row may have; empty for any number
 */
record DelimitedRows(Extraction text, String row, String field, Style style, Set<Integer> counts) implements RowCodec {
    /** Where the separator of rows stands. */
    enum Style {
        /** Between two rows. */
        BETWEEN,
        /** Before each row (ASUSWRT). */
        BEFORE,
        /** After each row (Tomato). */
        AFTER
    }

    DelimitedRows {
        counts = Set.copyOf(counts);
    }

    private record TextRow(String text, List<String> fields) implements RawRow {
        @Override
        public Optional<String> get(String place) {
            int index = Integer.parseInt(place);
            return index < fields.size() ? Optional.of(fields.get(index)) : Optional.empty();
        }

        @Override
        public String content() {
            return text;
        }

        @Override
        public boolean isRule() {
            return !text.isBlank();
        }
    }

    @Override
    public Optional<List<RawRow>> read(Seen seen) {
        return text.in(seen).map(this::split).filter(rows -> rows.stream().allMatch(this::isKnown));
    }

    /** A row of another number of fields is another firmware's: its ports would be read from the wrong places. */
    private boolean isKnown(RawRow raw) {
        return counts.isEmpty()
                || !raw.isRule()
                || counts.contains(((TextRow) raw).fields().size());
    }

    private List<RawRow> split(String whole) {
        List<RawRow> rows = new ArrayList<>();
        if (whole.isEmpty()) {
            return rows;
        }
        List<String> parts = split(whole, row);
        if (style == Style.BEFORE && parts.get(0).isEmpty()) {
            parts.remove(0);
        } else if (style == Style.AFTER && parts.get(parts.size() - 1).isEmpty()) {
            parts.remove(parts.size() - 1);
        }
        parts.forEach(part -> rows.add(new TextRow(part, List.copyOf(split(part, field)))));
        return rows;
    }

    private static List<String> split(String text, String separator) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, at)) {
            parts.add(text.substring(at, end));
            at = end + separator.length();
        }
        parts.add(text.substring(at));
        return parts;
    }

    @Override
    public Object joined(List<RawRow> kept, Optional<Object> added) {
        List<String> rows = new ArrayList<>();
        kept.forEach(each -> rows.add(each.content()));
        added.ifPresent(fields -> rows.add(((List<?>) fields)
                .stream().map(value -> checked(String.valueOf(value))).collect(Collectors.joining(field))));
        return switch (style) {
            case BETWEEN -> String.join(row, rows);
            case BEFORE -> rows.stream().map(each -> row + each).collect(Collectors.joining());
            case AFTER -> rows.stream().map(each -> each + row).collect(Collectors.joining());
        };
    }

    private String checked(String value) {
        if (value.contains(row) || value.contains(field)) {
            throw new RuleRefusedException(
                    Refusal.OTHER,
                    "its list cannot hold '" + value + "': '" + (value.contains(row) ? row : field)
                            + "' separates its parts.");
        }
        return value;
    }
}
