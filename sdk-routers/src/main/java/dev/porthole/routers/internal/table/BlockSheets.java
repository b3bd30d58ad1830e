package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.table.Sheet.Cell;
import dev.porthole.routers.internal.table.Sheet.Column;
import dev.porthole.routers.internal.table.Sheet.Row;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;

/** Makes sheets of blocks that are laid out as a table: elements of equally many children, one below the other. */
final class BlockSheets {
    private static final int MIN_COLUMNS = 3;
    private static final int MAX_COLUMNS = 30;
    private static final int MAX_SHEETS = 100;

    private BlockSheets() {}

    static List<Sheet> of(Page page) throws NotUnderstoodException {
        List<Sheet> sheets = new ArrayList<>();
        int number = 0;
        for (Element parent : page.elements("div", "ul", "ol", "section", "dl")) {
            List<Element> rows = rows(parent);
            if (!rows.isEmpty() && sheets.size() < MAX_SHEETS) {
                page.checkTime();
                add(sheets, parent, rows, "list " + ++number + " of " + page.name());
            }
        }
        return sheets;
    }

    private static List<Element> rows(Element parent) {
        List<Element> rows = new ArrayList<>();
        for (Element child : parent.children()) {
            boolean row = child.normalName().matches("div|ul|li|section|p|form|label|dl")
                    && child.childrenSize() >= MIN_COLUMNS
                    && child.childrenSize() <= MAX_COLUMNS
                    && child.selectFirst("table") == null;
            if (row && (rows.isEmpty() || rows.get(0).childrenSize() == child.childrenSize())) {
                rows.add(child);
            }
        }
        return rows;
    }

    private static void add(List<Sheet> sheets, Element parent, List<Element> rows, String place) {
        List<String> headers = names(rows.get(0));
        List<Element> data = headers.isEmpty() ? rows : rows.subList(1, rows.size());
        if (headers.isEmpty()) {
            headers = headersBefore(parent, rows.get(0).childrenSize());
        }
        if (headers.isEmpty() && data.size() < 2) {
            return;
        }
        List<Row> made = new ArrayList<>();
        for (Element row : data) {
            List<Cell> cells = new ArrayList<>();
            for (Element child : row.children()) {
                cells.add(Cells.of(child).get(0));
            }
            if (!Visibility.hidden(row) && !NoRows.in(row)) {
                made.add(new Row(cells, row));
            }
        }
        List<Column> columns = new ArrayList<>();
        for (int column = 0; column < rows.get(0).childrenSize(); column++) {
            int at = column;
            List<Field> fields =
                    made.stream().flatMap(row -> row.cell(at).fields().stream()).toList();
            columns.add(TableSheets.column(column < headers.size() ? headers.get(column) : "", fields, false));
        }
        sheets.add(new Sheet(Sheet.Source.TABLE, place, columns, made, parent));
    }

    /** The words of a row that names columns; empty where it does not. */
    private static List<String> names(Element row) {
        List<String> texts = new ArrayList<>();
        int known = 0;
        for (Element cell : row.children()) {
            String text = cell.text();
            boolean value = cell.selectFirst("input:not([type=hidden]), select") != null
                    || Values.address(text).isPresent()
                    || !Values.ports(text).isEmpty();
            if (value) {
                return List.of();
            }
            known += Vocabulary.ofText(text).isEmpty() ? 0 : 1;
            texts.add(text);
        }
        return known >= MIN_COLUMNS ? texts : List.of();
    }

    private static List<String> headersBefore(Element parent, int columns) {
        for (Element before = parent.previousElementSibling();
                before != null;
                before = before.previousElementSibling()) {
            Element row = before.childrenSize() == 1 ? before.child(0) : before;
            if (row.childrenSize() == columns) {
                return names(row);
            }
        }
        return List.of();
    }
}
