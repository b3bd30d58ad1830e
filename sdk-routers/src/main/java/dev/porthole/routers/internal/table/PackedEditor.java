package dev.porthole.routers.internal.table;

import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.table.Sheet.Cell;
import dev.porthole.routers.internal.table.Sheet.Row;
import dev.porthole.routers.internal.table.Sheet.Source;
import dev.porthole.routers.internal.table.TableRow.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** Changes rules that are packed into text, one field for all or one for each. What is kept is kept byte by byte. */
final class PackedEditor {
    private final UnderstoodTable table;
    private final DelimitedText format;

    PackedEditor(UnderstoodTable table) throws NotUnderstoodException {
        this.table = table;
        this.format = table.sheet()
                .format()
                .orElseThrow(() -> NotUnderstoodException.ambiguous("the list's format is not known"));
    }

    Optional<RouterRequest> add(Wanted wanted) throws NotUnderstoodException {
        String packed = packed(wanted);
        if (table.sheet().source() == Source.LIST_FIELD) {
            List<String> rows = rows();
            rows.add(packed);
            return Optional.of(send(field(), format.joined(rows)));
        }
        Optional<TableRow> free = table.in(State.FREE).stream().findFirst();
        return free.isEmpty() ? Optional.empty() : Optional.of(send(slot(free.get()), packed));
    }

    RouterRequest remove(TableRow row) throws NotUnderstoodException {
        if (table.sheet().source() == Source.LIST_FIELD) {
            List<String> rows = rows();
            rows.remove(row.index());
            return send(field(), format.joined(rows));
        }
        return send(slot(row), "");
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (Row row : table.sheet().rows()) {
            rows.add(format.packed(row.cells().stream().map(Cell::text).toList()));
        }
        return rows;
    }

    private Field field() throws NotUnderstoodException {
        Field field = format.field();
        if (field == null) {
            throw NotUnderstoodException.needsScript("the list is sent by a script");
        }
        return field;
    }

    private Field slot(TableRow row) throws NotUnderstoodException {
        Element element = table.sheet().rows().get(row.index()).element();
        if (element == null) {
            throw NotUnderstoodException.needsScript("the list is sent by a script");
        }
        return Field.of(List.of(element)).get(0);
    }

    private RouterRequest send(Field field, String value) throws NotUnderstoodException {
        FormElement form = Press.formOf(table.page(), field.element())
                .orElseThrow(() -> NotUnderstoodException.needsScript("the list stands in no form"));
        Submission submission = new Submission(table.page(), form).set(field, value);
        return Press.stored(table.page(), submission, Buttons.storing(table.page(), form));
    }

    /** A new row in the words of the others. A field whose meaning is not known gets what all others hold. */
    private String packed(Wanted wanted) throws NotUnderstoodException {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < table.sheet().columns().size(); i++) {
            String value = switch (table.columns().meaning(i)) {
                case NAME -> Names.fitted(wanted.name(), Integer.MAX_VALUE);
                case EXTERNAL_START, EXTERNAL_END -> String.valueOf(wanted.external());
                case INTERNAL_START, INTERNAL_END -> String.valueOf(wanted.internal());
                case HOST -> wanted.host();
                case PROTOCOL -> protocol(i, wanted.protocol());
                case ENABLED -> enabled(i);
                case SOURCE -> wanted.source();
                case TCP, UDP ->
                    table.columns().meaning(i).name().equals(wanted.protocol().name()) ? "1" : "0";
                case DISABLED, OTHER -> common(i);
            };
            if (!format.holds(value)) {
                throw NotUnderstoodException.ambiguous("'" + value + "' holds the sign that separates fields");
            }
            values.add(value);
        }
        return format.packed(values);
    }

    private String protocol(int column, TransportProtocol protocol) throws NotUnderstoodException {
        List<String> used = shown(column);
        for (String value : used) {
            if (Values.protocols(value).equals(Set.of(protocol))) {
                return value;
            }
        }
        boolean numbers = used.stream().anyMatch(value -> value.matches("[0-9]+"));
        if (numbers) {
            // Tomato's codes; other lists with numbers are refused.
            if (DelimitedText.headersOf(field().name()).isEmpty()) {
                throw NotUnderstoodException.ambiguous(
                        "the list holds numbers for protocols, and no row shows " + protocol + "'s");
            }
            return protocol == TransportProtocol.TCP ? "1" : "2";
        }
        boolean lower = used.stream().anyMatch(value -> value.equals(value.toLowerCase(Locale.ROOT)));
        return lower && !used.isEmpty() ? protocol.name().toLowerCase(Locale.ROOT) : protocol.name();
    }

    private String enabled(int column) {
        return shown(column).stream()
                .filter(value -> Values.bool(value).orElse(false))
                .findFirst()
                .orElse("1");
    }

    private String common(int column) throws NotUnderstoodException {
        List<String> used = shown(column).stream().distinct().toList();
        if (used.size() != 1) {
            throw NotUnderstoodException.ambiguous("field " + (column + 1) + " of the list "
                    + table.sheet().place() + " has a meaning that is not known");
        }
        return used.get(0);
    }

    private List<String> shown(int column) {
        return table.sheet().rows().stream()
                .filter(row -> !row.cells().isEmpty())
                .map(row -> row.cell(column).text())
                .toList();
    }
}
