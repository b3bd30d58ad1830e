package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.table.Sheet.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Gives the columns of a literal list the headers of the table that the page shows it in. Done only where ports and
 * addresses come in the same order in both; everything else stays unnamed.
 */
final class Alignment {
    private Alignment() {}

    static Sheet named(Sheet script, List<Sheet> tables) {
        boolean words = script.columns().stream()
                .anyMatch(column ->
                        !column.header().isBlank() || !column.identifiers().isEmpty());
        if (words) {
            return script;
        }
        for (Sheet table : tables) {
            List<Column> columns = aligned(script, table);
            if (!columns.isEmpty()) {
                return new Sheet(
                        script.source(),
                        script.place(),
                        columns,
                        script.rows(),
                        script.container().orElse(null),
                        script.format());
            }
        }
        return script;
    }

    private static List<Column> aligned(Sheet script, Sheet table) {
        List<ColumnFacts> values = facts(script);
        List<ColumnFacts> headers = facts(table).stream()
                .filter(fact -> !fact.title().isBlank() && fact.named() && !fact.boxes() && !fact.radios())
                .toList();
        List<ColumnFacts> from = headers.stream()
                .filter(fact -> port(fact) || fact.is(Trait.HOST))
                .toList();
        List<ColumnFacts> to =
                values.stream().filter(fact -> wide(fact) || fact.addresses()).toList();
        if (from.size() < 2 || from.size() != to.size()) {
            return List.of();
        }
        for (int i = 0; i < from.size(); i++) {
            if (port(from.get(i)) == to.get(i).addresses()) {
                return List.of();
            }
        }
        List<Column> columns = new ArrayList<>(script.columns());
        for (int i = 0; i < from.size(); i++) {
            columns.set(to.get(i).index(), new Column(from.get(i).title(), List.of(), List.of()));
        }
        boolean protocol = rest(columns, headers, values, fact -> fact.is(Trait.PROTOCOL), ColumnFacts::protocols);
        small(columns, headers, values, to, protocol);
        rest(columns, headers, values, fact -> fact.is(Trait.NAME), fact -> !to.contains(fact) && words(fact));
        return columns;
    }

    private static boolean rest(
            List<Column> columns,
            List<ColumnFacts> headers,
            List<ColumnFacts> values,
            Predicate<ColumnFacts> header,
            Predicate<ColumnFacts> value) {
        List<ColumnFacts> one = headers.stream().filter(header).toList();
        List<ColumnFacts> other = values.stream().filter(value).toList();
        boolean found = one.size() == 1 && other.size() == 1;
        if (found) {
            columns.set(other.get(0).index(), new Column(one.get(0).title(), List.of(), List.of()));
        }
        return found;
    }

    /** Protocol, unless it is found by its words, and state as small numbers, in the order of the headers. */
    private static void small(
            List<Column> columns,
            List<ColumnFacts> headers,
            List<ColumnFacts> values,
            List<ColumnFacts> taken,
            boolean protocol) {
        List<ColumnFacts> one = headers.stream()
                .filter(fact -> fact.is(Trait.ENABLED) || fact.is(Trait.PROTOCOL) && !protocol)
                .toList();
        List<ColumnFacts> other = values.stream()
                .filter(fact -> !taken.contains(fact)
                        && !fact.blank()
                        && fact.cells().stream().allMatch(Alignment::digit))
                .toList();
        if (one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                columns.set(other.get(i).index(), new Column(one.get(i).title(), List.of(), List.of()));
            }
        }
    }

    private static boolean digit(Sheet.Cell cell) {
        return cell.shown().length() == 1 && Values.onlyDigits(cell.shown());
    }

    private static boolean words(ColumnFacts fact) {
        return !fact.blank()
                && !fact.protocols()
                && fact.cells().stream().anyMatch(cell -> !cell.shown().matches("[0-9.]*"))
                && fact.cells().stream()
                        .noneMatch(cell -> Values.bool(cell.shown()).isPresent());
    }

    private static boolean port(ColumnFacts fact) {
        return fact.any(Trait.PORT, Trait.RANGE);
    }

    /** Ports, not states or numbers of rows: at least one value has two digits. */
    private static boolean wide(ColumnFacts fact) {
        return fact.ports()
                && fact.cells().stream().anyMatch(cell -> cell.shown().length() > 1);
    }

    private static List<ColumnFacts> facts(Sheet sheet) {
        List<ColumnFacts> facts = new ArrayList<>();
        for (int i = 0; i < sheet.columns().size(); i++) {
            facts.add(new ColumnFacts(i, sheet.columns().get(i), sheet.cells(i)));
        }
        return facts;
    }
}
