package dev.porthole.routers.internal.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Rows and columns as one part of a page may hold them, before anything is known of their meaning. */
final class Sheet {
    /** Where the rows stand, which decides how they can be changed. */
    enum Source {
        /** A table, or blocks that look like one. */
        TABLE,
        /** Fields of one form that belong together by an index in their names or by repeating. */
        FIELDS,
        /** A literal in a script. */
        SCRIPT,
        /** Delimited text in one field for the whole list. */
        LIST_FIELD,
        /** Delimited text in one field for each row. */
        ROW_FIELDS
    }

    /** What is known of a column: the header over it, words beside its fields, the names of its fields. */
    record Column(String header, List<String> labels, List<String> identifiers) {
        Column {
            labels = List.copyOf(labels);
            identifiers = List.copyOf(identifiers);
        }

        /** What to call it in messages. */
        String title() {
            if (!header.isBlank()) {
                return header;
            }
            return labels.isEmpty() ? String.join(", ", identifiers) : labels.get(0);
        }
    }

    /** One cell: its text, and the fields in it. More than one field only where an address is entered in parts. */
    static final class Cell {
        static final Cell EMPTY = new Cell("", List.of());

        private final String text;
        private final List<Field> fields;
        private final String shown;
        private final String raw;

        Cell(String text, List<Field> fields) {
            this.text = text;
            this.fields = List.copyOf(fields);
            this.shown = readShown();
            this.raw = fields.size() == 1 ? fields.get(0).value().strip() : shown;
        }

        String text() {
            return text;
        }

        List<Field> fields() {
            return fields;
        }

        Optional<Field> field() {
            return fields.isEmpty() ? Optional.empty() : Optional.of(fields.get(0));
        }

        /** What a person reads in it. */
        String shown() {
            return shown;
        }

        private String readShown() {
            if (fields.isEmpty()) {
                return text.strip();
            }
            if (fields.size() > 1) {
                // The part for the network may be filled in already.
                boolean whole = fields.stream().noneMatch(field -> field.value().isBlank());
                return whole
                        ? String.join(".", fields.stream().map(Field::value).toList())
                        : "";
            }
            return fields.get(0).shown().strip();
        }

        /** What is submitted from it, or the text. */
        String raw() {
            return raw;
        }
    }

    /** One row, and the element that holds it where there is one. */
    record Row(List<Cell> cells, @Nullable Element element) {
        Row {
            cells = List.copyOf(cells);
        }

        Cell cell(int column) {
            return column >= 0 && column < cells.size() ? cells.get(column) : Cell.EMPTY;
        }
    }

    private final Source source;
    private final String place;
    private final List<Column> columns;
    private final List<Row> rows;
    private final @Nullable Element container;
    private final Optional<DelimitedText> format;

    Sheet(Source source, String place, List<Column> columns, List<Row> rows, @Nullable Element container) {
        this(source, place, columns, rows, container, Optional.empty());
    }

    Sheet(
            Source source,
            String place,
            List<Column> columns,
            List<Row> rows,
            @Nullable Element container,
            Optional<DelimitedText> format) {
        this.source = source;
        this.place = place;
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
        this.container = container;
        this.format = format;
    }

    Source source() {
        return source;
    }

    String place() {
        return place;
    }

    List<Column> columns() {
        return columns;
    }

    List<Row> rows() {
        return rows;
    }

    Optional<Element> container() {
        return Optional.ofNullable(container);
    }

    /** How the rows are packed into text, where they are. */
    Optional<DelimitedText> format() {
        return format;
    }

    List<Cell> cells(int column) {
        return rows.stream().map(row -> row.cell(column)).toList();
    }

    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        rows.forEach(row -> row.cells().forEach(cell -> fields.addAll(cell.fields())));
        return fields;
    }
}
