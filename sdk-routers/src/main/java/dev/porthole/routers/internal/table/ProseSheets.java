package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.table.Sheet.Cell;
import dev.porthole.routers.internal.table.Sheet.Column;
import dev.porthole.routers.internal.table.Sheet.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Makes sheets of rules that are told in sentences: in the cells of a table, as LuCI's, or in a list box, as Cisco's. */
final class ProseSheets {
    private static final int MAX_ROWS = 1000;
    private static final List<Column> COLUMNS = List.of(
                    "Name", "Protocol", "External port", "Internal IP address", "Internal port", "Enabled", "Source IP")
            .stream()
            .map(header -> new Column(header, List.of(), List.of()))
            .toList();

    private ProseSheets() {}

    static List<Sheet> of(Page page, TableSheets tables) throws NotUnderstoodException {
        List<Sheet> sheets = new ArrayList<>();
        for (Sheet table : tables.sheets()) {
            page.checkTime();
            List<Row> rows = new ArrayList<>();
            table.rows().forEach(row -> row(table, row).ifPresent(rows::add));
            add(sheets, rows, "sentences in " + table.place(), table.container().orElse(null));
        }
        for (Element list : page.document().select("select[multiple], select[size]")) {
            List<Row> rows = new ArrayList<>();
            for (Element option : list.select("option")) {
                option(option).ifPresent(rows::add);
            }
            add(sheets, rows, "the list '" + list.attr("name") + "' of " + page.name(), list);
        }
        return sheets;
    }

    private static void add(List<Sheet> sheets, List<Row> rows, String place, @Nullable Element container) {
        if (!rows.isEmpty() && rows.size() <= MAX_ROWS) {
            sheets.add(new Sheet(Sheet.Source.TABLE, place, COLUMNS, rows, container));
        }
    }

    /** A row whose sentence, or the header over it, says that it leads to an address. */
    private static Optional<Row> row(Sheet table, Row row) {
        String text = row.cells().stream().map(Cell::shown).collect(Collectors.joining(" | "));
        Optional<ProseRule> rule = ProseRule.in(text);
        if (rule.isEmpty()) {
            return Optional.empty();
        }
        String name = "";
        Cell enabled = Cell.EMPTY;
        boolean directed = rule.get().directed();
        for (int i = 0; i < table.columns().size(); i++) {
            Cell cell = row.cell(i);
            ColumnFacts facts = new ColumnFacts(i, table.columns().get(i), List.of(cell));
            if (facts.is(Trait.NAME) && name.isEmpty() && cell.fields().isEmpty()) {
                name = cell.shown();
            } else if (facts.is(Trait.ENABLED) && facts.switches()) {
                enabled = cell;
            }
            directed |= cell.shown().contains(rule.get().host())
                    && facts.any(Trait.INTERNAL, Trait.DEST, Trait.TO)
                    && !facts.is(Trait.PORT);
        }
        return directed ? Optional.of(new Row(cells(name, rule.get(), enabled), row.element())) : Optional.empty();
    }

    private static Optional<Row> option(Element option) {
        String text = option.text();
        Optional<ProseRule> rule = ProseRule.in(text).filter(ProseRule::directed);
        if (rule.isEmpty()) {
            return Optional.empty();
        }
        String name = text.replaceAll("[\\[(:].*", "").strip();
        String last = text.replaceAll(".*[\\s\\[(]", "").replaceAll("[\\])]", "");
        Cell enabled = Values.bool(last).isPresent() ? new Cell(last, List.of()) : Cell.EMPTY;
        return rule.map(one -> new Row(cells(name, one, enabled), null));
    }

    private static List<Cell> cells(String name, ProseRule rule, Cell enabled) {
        List<Cell> cells = new ArrayList<>();
        for (String text : List.of(name, rule.protocol(), rule.external(), rule.host(), rule.internal())) {
            cells.add(new Cell(text, List.of()));
        }
        cells.add(enabled);
        cells.add(new Cell(rule.source(), List.of()));
        return cells;
    }
}
