package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.table.Sheet.Cell;
import dev.porthole.routers.internal.table.Sheet.Column;
import dev.porthole.routers.internal.table.Sheet.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jspecify.annotations.Nullable;

/**
 * Makes sheets of fields that belong together wherever they stand on the page: by an index in their names ({@code ip0},
 * {@code vs[3].port}), or by repeating under one name ({@code ip[]}).
 */
final class FieldSheets {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Set<String> CELLS = Set.of("td", "li", "div", "p");
    private static final Set<String> ROWS = Set.of("tr", "li");
    private static final int MAX_FIELDS = 8000;

    private FieldSheets() {}

    static List<Sheet> of(Page page, TableSheets tables) throws NotUnderstoodException {
        List<Sheet> sheets = new ArrayList<>();
        for (FormElement form : page.forms()) {
            page.checkTime();
            List<Field> fields = page.fields(form);
            if (fields.size() <= MAX_FIELDS) {
                String place = "the fields of form '" + nameOf(form) + "' of " + page.name();
                indexed(fields, place, tables, form, sheets);
                repeated(fields, place, tables, form, sheets);
            }
        }
        return sheets;
    }

    /** Whether the fields of each row have its number in their names, and no other row has it. */
    static boolean numberedByRow(Sheet sheet) {
        Set<String> taken = new HashSet<>();
        for (Row row : sheet.rows()) {
            Set<String> own = new HashSet<>();
            for (Cell cell : row.cells()) {
                cell.fields().forEach(field -> own.add(number(field.name())));
            }
            if (own.size() > 1 || own.contains("") || !own.isEmpty() && !taken.addAll(own)) {
                return false;
            }
        }
        return true;
    }

    /** The first number in a name. */
    private static String number(String name) {
        int at = 0;
        while (at < name.length() && endOfDigits(name, at) == at) {
            at++;
        }
        return name.substring(at, endOfDigits(name, at));
    }

    private static String nameOf(Element form) {
        return form.attr("name").isEmpty() ? form.attr("action") : form.attr("name");
    }

    /** Fields whose names differ by a number. Of several numbers in a name, each is tried as the row's. */
    private static void indexed(
            List<Field> fields, String place, TableSheets tables, Element form, List<Sheet> sheets) {
        Map<String, Map<Integer, Field>> byStem = new LinkedHashMap<>();
        for (Field field : fields) {
            String name = field.name();
            int number = 0;
            for (int at = 0; at < name.length(); at++) {
                int end = endOfDigits(name, at);
                if (end > at && end - at <= 4) {
                    byStem.computeIfAbsent(
                                    number + name.substring(0, at) + "#" + name.substring(end), key -> new TreeMap<>())
                            .putIfAbsent(Integer.parseInt(name, at, end, 10), field);
                }
                number += end > at ? 1 : 0;
                at = Math.max(at, end - 1);
            }
        }
        Map<String, Set<Integer>> indexes = new LinkedHashMap<>();
        byStem.forEach((stem, rows) -> indexes.putIfAbsent(stem.charAt(0) + " " + rows.keySet(), rows.keySet()));
        indexes.forEach((key, rows) -> {
            List<Map<Integer, Field>> stems = new ArrayList<>();
            long own = 0;
            for (Map.Entry<String, Map<Integer, Field>> stem : byStem.entrySet()) {
                boolean same = stem.getValue().keySet().equals(rows);
                // Linksys names rows 0 to 19, and lets ports be typed in rows 5 to 19 only.
                boolean more = rows.size() > 1 && stem.getValue().keySet().containsAll(rows);
                if (stem.getKey().charAt(0) == key.charAt(0) && (same || more)) {
                    stems.add(stem.getValue());
                    own += same ? 1 : 0;
                }
            }
            long visible = stems.stream()
                    .filter(stem -> stem.values().stream().anyMatch(field -> !field.hidden()))
                    .count();
            if (own >= 1 && stems.size() >= 2 && (visible >= 2 || rows.size() > 1)) {
                sheets.add(sheet(stems, List.copyOf(rows), place, tables, form));
            }
        });
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && Values.digit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static void repeated(
            List<Field> fields, String place, TableSheets tables, Element form, List<Sheet> sheets) {
        Map<String, Map<Integer, Field>> byName = new LinkedHashMap<>();
        for (Field field : fields) {
            if (!field.name().isEmpty()) {
                Map<Integer, Field> rows = byName.computeIfAbsent(field.name(), key -> new TreeMap<>());
                rows.put(rows.size(), field);
            }
        }
        Map<Integer, List<Map<Integer, Field>>> groups = new LinkedHashMap<>();
        byName.forEach((name, rows) -> {
            if (rows.size() > 1 || name.endsWith("[]")) {
                groups.computeIfAbsent(rows.size(), key -> new ArrayList<>()).add(rows);
            }
        });
        groups.forEach((count, columns) -> {
            if (columns.size() >= 2) {
                List<Integer> indexes = new ArrayList<>(columns.get(0).keySet());
                sheets.add(sheet(columns, indexes, place, tables, form));
            }
        });
    }

    private static Sheet sheet(
            List<Map<Integer, Field>> columns, List<Integer> indexes, String place, TableSheets tables, Element form) {
        List<Map<Integer, List<Field>>> joined = octetsJoined(columns);
        List<Column> described = new ArrayList<>();
        for (Map<Integer, List<Field>> column : joined) {
            List<Field> fields =
                    column.values().stream().map(parts -> parts.get(0)).toList();
            described.add(TableSheets.column(tables.headerOver(fields.get(0).element()), fields, true));
        }
        List<Row> rows = new ArrayList<>();
        for (int index : indexes) {
            List<Cell> cells = new ArrayList<>();
            for (Map<Integer, List<Field>> column : joined) {
                List<Field> parts = column.get(index);
                cells.add(parts == null ? Cell.EMPTY : new Cell(beside(parts.get(0)), parts));
            }
            rows.add(new Row(cells, rowOf(cells)));
        }
        return new Sheet(Sheet.Source.FIELDS, place, described, rows, form);
    }

    /** Four columns whose names differ by 1 to 4 are one address. */
    private static List<Map<Integer, List<Field>>> octetsJoined(List<Map<Integer, Field>> columns) {
        List<Map<Integer, List<Field>>> joined = new ArrayList<>();
        for (int i = 0; i < columns.size(); ) {
            int parts = octetColumns(columns, i) ? 4 : 1;
            Map<Integer, List<Field>> column = new TreeMap<>();
            for (Map<Integer, Field> part : columns.subList(i, i + parts)) {
                part.forEach((index, field) ->
                        column.computeIfAbsent(index, key -> new ArrayList<>()).add(field));
            }
            joined.add(column);
            i += parts;
        }
        return joined;
    }

    private static boolean octetColumns(List<Map<Integer, Field>> columns, int from) {
        if (from + 4 > columns.size()) {
            return false;
        }
        String first = "";
        for (Map<Integer, Field> column : columns.subList(from, from + 4)) {
            Field field = column.values().iterator().next();
            String stem = DIGITS.matcher(field.name()).replaceAll("#");
            first = first.isEmpty() ? stem : first;
            if (!stem.equals(first) || field.type() != Field.Type.TEXT || field.maxLength() > 3) {
                return false;
            }
        }
        return true;
    }

    private static String beside(Field field) {
        Element cell = Inside.closest(field.element(), CELLS);
        return cell == null || Inside.all(cell, FieldSheets::counts).size() > 3 ? "" : Labels.textWithoutFields(cell);
    }

    private static boolean counts(Element element) {
        return element.normalName().equals("input") || element.normalName().equals("select");
    }

    /** The row that holds all the fields, where one does. */
    private static @Nullable Element rowOf(List<Cell> cells) {
        Element row = null;
        for (Cell cell : cells) {
            for (Field field : cell.fields()) {
                Element own = Inside.closest(field.element(), ROWS);
                if (own == null || row != null && own != row) {
                    return null;
                }
                row = own;
            }
        }
        return row;
    }
}
