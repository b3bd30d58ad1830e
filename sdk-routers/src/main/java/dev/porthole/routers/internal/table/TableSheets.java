package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.table.Sheet.Cell;
import dev.porthole.routers.internal.table.Sheet.Column;
import dev.porthole.routers.internal.table.Sheet.Row;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Makes sheets of a page's tables, one per table, by its own rows. */
final class TableSheets {
    private static final int MAX_TABLES = 400;

    private final List<Grid> grids = new ArrayList<>();
    private final List<Headers.Found> headings = new ArrayList<>();
    private final List<Sheet> sheets = new ArrayList<>();
    private @Nullable Map<Element, String> headers;
    private @Nullable Grid above;
    private Headers.Found over = new Headers.Found(List.of(), 0);

    /** All tables of a page. */
    static TableSheets of(Page page) throws NotUnderstoodException {
        TableSheets found = new TableSheets();
        int number = 0;
        for (Element table : page.elements("table")) {
            if (++number > MAX_TABLES) {
                break;
            }
            page.checkTime();
            found.read(Grid.of(table), "table " + number + " of " + page.name());
        }
        return found;
    }

    List<Sheet> sheets() {
        return sheets;
    }

    /** The header over a field, where its table has one. */
    String headerOver(Element element) {
        Map<Element, String> known = headers == null ? headersOverCells() : headers;
        headers = known;
        Element cell = element;
        while (cell != null) {
            String header = known.get(cell);
            if (header != null) {
                return header;
            }
            cell = cell.parent();
        }
        return "";
    }

    /** Made when the first field asks: most lists hold none. */
    private Map<Element, String> headersOverCells() {
        Map<Element, String> over = new IdentityHashMap<>();
        for (int i = 0; i < grids.size(); i++) {
            List<String> texts = headings.get(i).texts();
            for (int row = headings.get(i).behind(); row < grids.get(i).height(); row++) {
                for (int column = 0; column < texts.size(); column++) {
                    Element cell = grids.get(i).cell(row, column);
                    if (cell != null) {
                        over.putIfAbsent(cell, texts.get(column));
                    }
                }
            }
        }
        return over;
    }

    private void read(Grid grid, String place) {
        Headers.Found written = headersOf(grid);
        Headers.Found found = written.shifted(shift(grid, written));
        grids.add(grid);
        headings.add(found);
        List<Integer> rows = dataRows(grid, found.behind());
        if (grid.width() < 2 || (rows.isEmpty() && found.texts().isEmpty())) {
            return;
        }
        sheets.add(sheet(grid, found.texts(), rows, place));
    }

    /** By how many columns the header stands too far left: where its address stands over none, and addresses beside it. */
    private static int shift(Grid grid, Headers.Found found) {
        int host = -1;
        for (int column = 0; column < found.texts().size(); column++) {
            Set<Trait> traits = Vocabulary.ofText(found.texts().get(column));
            host = host < 0 && traits.contains(Trait.HOST) && !traits.contains(Trait.PORT) ? column : host;
        }
        int filled = found.texts().size();
        while (filled > 0 && found.texts().get(filled - 1).isEmpty()) {
            filled--;
        }
        List<Integer> rows = host < 0 || filled == grid.width() ? List.of() : dataRows(grid, found.behind());
        return !rows.isEmpty() && !addresses(grid, rows, host) && addresses(grid, rows, host + grid.width() - filled)
                ? grid.width() - filled
                : 0;
    }

    private static boolean addresses(Grid grid, List<Integer> rows, int column) {
        return rows.stream()
                .map(row -> grid.cell(row, column))
                .anyMatch(cell ->
                        cell != null && Values.isPrivateAddress(grid.text(cell).strip()));
    }

    /** A table's own headers, else those of a table right above that holds nothing else: Realtek's SDK splits them. */
    private Headers.Found headersOf(Grid grid) {
        Headers.Found own = Headers.of(grid);
        Grid before = above;
        boolean continues = own.texts().isEmpty()
                && before != null
                && before.width() == grid.width()
                && over.behind() == before.height()
                && follows(before.table(), grid.table());
        Headers.Found found = continues ? new Headers.Found(over.texts(), 0) : own;
        above = found.texts().isEmpty() ? null : grid;
        over = found;
        return found;
    }

    private static boolean follows(Element table, Element next) {
        Element sibling = table.nextElementSibling();
        while (sibling != null && sibling.normalName().matches("script|br|input")) {
            sibling = sibling.nextElementSibling();
        }
        return sibling == next;
    }

    private static List<Integer> dataRows(Grid grid, int from) {
        List<Integer> rows = new ArrayList<>();
        List<Integer> hidden = new ArrayList<>();
        for (int row = from; row < grid.height(); row++) {
            List<Element> cells = grid.distinct(row);
            boolean layout = false;
            boolean title = true;
            boolean values = false;
            boolean rule = false;
            for (Element cell : cells) {
                layout |= !Inside.plain(cell) && holdsLayout(cell);
                title &= cell.normalName().equals("th");
                values |= holdsValue(cell, grid.text(cell));
                rule |= Values.isAddress(grid.text(cell));
            }
            boolean none = !rule && NoRows.in(grid.row(row));
            if (!layout && !title && cells.size() > 1 && values && !none) {
                (Visibility.hidden(grid.row(row)) ? hidden : rows).add(row);
            }
        }
        return rows.isEmpty() ? hidden : rows;
    }

    /** Whether a cell holds a table of its own with words or fields; pfSense lays the buttons of a row out in one. */
    static boolean holdsLayout(Element cell) {
        for (Element table : Inside.all(cell, inner -> inner.normalName().equals("table"))) {
            if (holdsValue(table, table.text()) && table.getElementsByTag("tr").size() > 1) {
                return true;
            }
        }
        return false;
    }

    /** Words or a field; buttons alone are none. */
    private static boolean holdsValue(Element element, String text) {
        return !text.isBlank() || Inside.any(element, Field::is);
    }

    private static Sheet sheet(Grid grid, List<String> texts, List<Integer> rows, String place) {
        List<List<List<Cell>>> split = new ArrayList<>();
        int[] widths = new int[grid.width()];
        for (int row : rows) {
            List<List<Cell>> line = new ArrayList<>();
            for (int column = 0; column < grid.width(); column++) {
                Element cell = grid.cell(row, column);
                boolean own = column == 0 || grid.cell(row, column - 1) != cell;
                List<Cell> parts = cell != null && own ? Cells.of(cell, grid.text(cell)) : List.of();
                widths[column] = Math.max(widths[column], parts.size());
                line.add(parts);
            }
            split.add(line);
        }
        List<Row> made = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            List<Cell> cells = new ArrayList<>();
            for (int column = 0; column < grid.width(); column++) {
                List<Cell> parts = split.get(i).get(column);
                for (int part = 0; part < Math.max(1, widths[column]); part++) {
                    cells.add(part < parts.size() ? parts.get(part) : Cell.EMPTY);
                }
            }
            made.add(new Row(cells, grid.row(rows.get(i))));
        }
        return new Sheet(Sheet.Source.TABLE, place, columns(grid.width(), widths, texts, made), made, grid.table());
    }

    private static List<Column> columns(int width, int[] widths, List<String> texts, List<Row> rows) {
        List<Column> columns = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            String header = column < texts.size() ? texts.get(column) : "";
            for (int part = 0; part < Math.max(1, widths[column]); part++) {
                int index = columns.size();
                List<Field> fields = new ArrayList<>();
                rows.forEach(row -> fields.addAll(row.cell(index).fields()));
                columns.add(column(header, fields, widths[column] > 1));
            }
        }
        return columns;
    }

    /** What is known of a column by its fields. Words beside a field count where the header covers several. */
    static Column column(String header, List<Field> fields, boolean shared) {
        List<String> labels = new ArrayList<>();
        List<String> identifiers = new ArrayList<>();
        for (Field field : fields.subList(0, Math.min(3, fields.size()))) {
            String stem = field.identifier().replaceAll("[0-9]+", "#");
            if (!stem.isEmpty() && !identifiers.contains(stem)) {
                identifiers.add(stem);
            }
            if (header.isBlank() || shared) {
                Labels.of(field).stream()
                        .filter(label -> !labels.contains(label))
                        .forEach(labels::add);
            }
        }
        return new Column(header, labels, identifiers);
    }
}
