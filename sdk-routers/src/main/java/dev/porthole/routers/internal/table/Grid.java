package dev.porthole.routers.internal.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** An HTML table's own rows as a rectangle: cells that span stand in each place that they cover. */
final class Grid {
    private static final int MAX_COLUMNS = 60;
    private static final int MAX_ROWS = 2000;

    private static final Set<String> SECTIONS = Set.of("thead", "tbody", "tfoot");
    private static final Set<String> CELLS = Set.of("td", "th");

    private final Element table;
    private final List<Element> rows = new ArrayList<>();
    private final List<List<@Nullable Element>> cells = new ArrayList<>();
    private Map<Element, String> texts = Map.of();
    private int width;

    private Grid(Element table) {
        this.table = table;
    }

    static Grid of(Element table) {
        Grid grid = new Grid(table);
        for (Element child : table.children()) {
            if (child.normalName().equals("tr")) {
                grid.rows.add(child);
            } else if (SECTIONS.contains(child.normalName())) {
                child.children().stream()
                        .filter(row -> row.normalName().equals("tr"))
                        .forEach(grid.rows::add);
            }
        }
        if (grid.rows.size() > MAX_ROWS) {
            grid.rows.subList(MAX_ROWS, grid.rows.size()).clear();
        }
        grid.lay();
        return grid;
    }

    private void lay() {
        Map<Integer, Element> hanging = new HashMap<>();
        Map<Integer, Integer> left = new HashMap<>();
        int count = 0;
        for (Element row : rows) {
            count += row.childrenSize();
            List<@Nullable Element> line = new ArrayList<>();
            int column = 0;
            for (Element cell : row.children()) {
                if (!CELLS.contains(cell.normalName())) {
                    continue;
                }
                column = fill(line, column, hanging, left);
                int across = span(cell, "colspan");
                int down = span(cell, "rowspan");
                for (int i = 0; i < across && column < MAX_COLUMNS; i++, column++) {
                    line.add(cell);
                    if (down > 1) {
                        hanging.put(column, cell);
                        left.put(column, down - 1);
                    }
                }
            }
            fill(line, column, hanging, left);
            cells.add(line);
            width = Math.max(width, line.size());
        }
        texts = new IdentityHashMap<>(count);
    }

    private static int fill(
            List<@Nullable Element> line, int from, Map<Integer, Element> hanging, Map<Integer, Integer> left) {
        int column = from;
        while (left.getOrDefault(column, 0) > 0) {
            line.add(hanging.get(column));
            left.merge(column, -1, Integer::sum);
            column++;
        }
        return column;
    }

    private static int span(Element cell, String attribute) {
        String text = cell.attr(attribute).strip();
        if (text.isEmpty()) {
            return 1;
        }
        return text.matches("[1-9][0-9]?") ? Math.min(MAX_COLUMNS, Integer.parseInt(text)) : 1;
    }

    Element table() {
        return table;
    }

    int width() {
        return width;
    }

    int height() {
        return rows.size();
    }

    Element row(int row) {
        return rows.get(row);
    }

    @Nullable
    Element cell(int row, int column) {
        List<@Nullable Element> line = cells.get(row);
        return column < line.size() ? line.get(column) : null;
    }

    /** A cell's text. Asked for to find the header, the rows that hold data, and what they hold. */
    String text(Element cell) {
        return texts.computeIfAbsent(cell, Inside::text);
    }

    /** The distinct cells of a row, in order. */
    List<Element> distinct(int row) {
        List<Element> found = new ArrayList<>();
        for (Element cell : cells.get(row)) {
            if (cell != null && (found.isEmpty() || found.get(found.size() - 1) != cell)) {
                found.add(cell);
            }
        }
        return found;
    }
}
