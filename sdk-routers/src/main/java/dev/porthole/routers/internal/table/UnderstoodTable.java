package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.table.TableRow.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table of port mappings as far as it was understood. Immutable.
 *
 * @param page the page that it stands on
 * @param sheet its rows and columns
 * @param columns what each column means
 * @param rows what each row says
 * @param prefix what stands before the last octet where rows hold only that
 */
record UnderstoodTable(Page page, Sheet sheet, Columns columns, List<TableRow> rows, Optional<String> prefix) {
    UnderstoodTable {
        rows = List.copyOf(rows);
    }

    List<TableRow> in(State state) {
        return rows.stream().filter(row -> row.state() == state).toList();
    }

    /** Whether a person could type into the rows: then a rule is added by filling a free one. */
    boolean editable() {
        return sheet.source() != Sheet.Source.SCRIPT
                && sheet.rows().stream()
                        .anyMatch(row -> row.cell(columns.place(Meaning.HOST)).fields().stream()
                                .anyMatch(Field::writable));
    }

    /** Whether internal and external port can differ. */
    boolean translates() {
        return columns.has(Meaning.INTERNAL_START);
    }

    /** How each column was read, for a person who wonders. */
    List<String> explanation() {
        List<String> lines = new ArrayList<>();
        lines.add("Read from " + sheet.place() + ":");
        for (int i = 0; i < sheet.columns().size(); i++) {
            String title = sheet.columns().get(i).title();
            Meaning meaning = columns.meaning(i);
            lines.add("  column " + (i + 1) + (title.isBlank() ? "" : " '" + title + "'") + ": " + meaning.words()
                    + (meaning == Meaning.OTHER ? "" : ", " + columns.reason(i)));
        }
        prefix.ifPresent(start -> lines.add("  addresses hold their last part only, behind " + start + "."));
        lines.add(
                "  rows: " + in(State.RULE).size() + " rules, " + in(State.FREE).size() + " free, "
                        + in(State.PRESET).size() + " preset without an address, "
                        + in(State.OPAQUE).size() + " not understood and left alone");
        if (!translates()) {
            lines.add("  no internal port: the camera's port must equal the external one");
        }
        return lines;
    }
}
