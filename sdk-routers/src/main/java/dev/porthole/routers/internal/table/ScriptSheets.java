package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.table.Scripts.Constructed;
import dev.porthole.routers.internal.table.Scripts.Given;
import dev.porthole.routers.internal.table.Sheet.Cell;
import dev.porthole.routers.internal.table.Sheet.Column;
import dev.porthole.routers.internal.table.Sheet.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes sheets of the lists that stand as literals in a page's scripts, and of delimited text in fields and scripts. */
final class ScriptSheets {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final int MIN_FIELDS = 3;
    private static final int MAX_LISTS = 400;

    private final Page page;
    private final List<Sheet> sheets = new ArrayList<>();

    private ScriptSheets(Page page) {
        this.page = page;
    }

    static List<Sheet> of(Page page) throws NotUnderstoodException {
        ScriptSheets found = new ScriptSheets(page);
        found.readScripts();
        found.readFields();
        return found.sheets;
    }

    private void readScripts() throws NotUnderstoodException {
        Map<String, List<Object>> lists = new LinkedHashMap<>();
        for (Given given : page.scripts().given()) {
            if (lists.size() > MAX_LISTS) {
                break;
            }
            String name = given.name();
            if (given.value() instanceof List<?> || given.value() instanceof Map<?, ?>) {
                collect(name, given.value(), lists, 0);
            }
            boolean numbered = given.value() instanceof String && endsWithDigit(name);
            if (given.element() || numbered || given.value() instanceof Constructed) {
                String key = numbered && !given.element() ? name.replaceAll("[0-9]+", "#") : name + "[]";
                lists.computeIfAbsent(key, one -> new ArrayList<>()).add(given.value());
            } else if (given.value() instanceof String text) {
                packed(name, List.of(DelimitedText.plainSigns(text)), null);
            }
        }
        for (Map.Entry<String, List<Object>> list : lists.entrySet()) {
            page.checkTime();
            list(list.getKey(), list.getValue());
        }
    }

    private static boolean endsWithDigit(String name) {
        return !name.isEmpty() && Values.digit(name.charAt(name.length() - 1));
    }

    /** All lists within a value, by the name of what holds them. */
    private static void collect(String name, Object value, Map<String, List<Object>> lists, int depth) {
        if (depth > 6) {
            return;
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            lists.computeIfAbsent(name, one -> new ArrayList<>()).addAll(list);
            list.forEach(one -> {
                if (one instanceof Map<?, ?>) {
                    collect(name, one, lists, depth + 1);
                }
            });
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> collect(String.valueOf(key), inner, lists, depth + 1));
        }
    }

    private void list(String name, List<?> values) {
        List<?> present = values.stream()
                .filter(value -> value != Literals.OPAQUE && !"".equals(value))
                .toList();
        if (present.isEmpty()) {
            return;
        }
        if (present.stream().allMatch(Constructed.class::isInstance)) {
            constructed(name, present.stream().map(Constructed.class::cast).toList());
        } else if (present.stream().allMatch(Map.class::isInstance)) {
            objects(name, present);
        } else if (present.stream().allMatch(List.class::isInstance)) {
            rows(
                    name,
                    List.of(),
                    present.stream().map(value -> texts((List<?>) value)).toList());
        } else if (present.stream().allMatch(String.class::isInstance)) {
            List<String> texts = texts(present);
            if (!packed(name, texts, null)) {
                flat(name, texts(values));
            }
        }
    }

    private void constructed(String name, List<Constructed> values) {
        Constructed first = values.get(0);
        List<Constructed> numbered =
                values.stream().filter(ScriptSheets::assignsByNumber).toList();
        if (numbered.size() >= MIN_FIELDS && numbered.size() * 2 > values.size()) {
            byNumber(name, numbered);
            return;
        }
        List<String> headers = page.scripts()
                .function(first.type())
                .map(Scripts.Function::parameters)
                .orElse(List.of());
        List<List<String>> rows = values.stream()
                .filter(value -> value.type().equals(first.type()))
                .map(value -> texts(value.arguments()))
                .toList();
        rows(name, headers, rows);
    }

    /** ZTE: {@code Transfer_meaning('MinExtPort0','8080')}. */
    private static boolean assignsByNumber(Constructed call) {
        return call.arguments().size() == 2
                && call.arguments().get(0) instanceof String key
                && key.matches("[A-Za-z_]{2,40}[0-9]{1,3}")
                && call.arguments().get(1) instanceof String;
    }

    private void byNumber(String name, List<Constructed> calls) {
        Set<String> stems = new LinkedHashSet<>();
        Map<Integer, Map<String, String>> byRow = new TreeMap<>();
        for (Constructed call : calls) {
            String key = (String) call.arguments().get(0);
            String stem = key.replaceAll("[0-9]+$", "");
            stems.add(stem);
            byRow.computeIfAbsent(Integer.valueOf(key.substring(stem.length())), row -> new LinkedHashMap<>())
                    .put(stem, (String) call.arguments().get(1));
        }
        List<List<String>> rows = byRow.values().stream()
                .map(row ->
                        stems.stream().map(stem -> row.getOrDefault(stem, "")).toList())
                .toList();
        rows(name, List.copyOf(stems), rows);
    }

    private void objects(String name, List<?> values) {
        Set<String> keys = new LinkedHashSet<>();
        values.forEach(value -> ((Map<?, ?>) value).keySet().forEach(key -> keys.add(String.valueOf(key))));
        List<List<String>> rows = new ArrayList<>();
        for (Object value : values) {
            List<String> row = new ArrayList<>();
            for (String key : keys) {
                Object cell = ((Map<?, ?>) value).get(key);
                row.add(cell instanceof String text ? text : "");
            }
            rows.add(row);
        }
        rows(name, List.copyOf(keys), rows);
    }

    /** One list for all rows: the distance between addresses is the length of a row. */
    private void flat(String name, List<String> values) {
        List<Integer> addresses = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (Values.isPrivateAddress(values.get(i))) {
                addresses.add(i);
            }
        }
        if (addresses.isEmpty()) {
            return;
        }
        int filled = values.size();
        // TP-Link ends its lists with two zeros.
        while (filled > 0 && values.get(filled - 1).equals("0") && values.size() - filled < 2) {
            filled--;
        }
        int stride = addresses.size() > 1 ? addresses.get(1) - addresses.get(0) : filled;
        for (int i = 1; i < addresses.size(); i++) {
            if (addresses.get(i) - addresses.get(i - 1) != stride) {
                return;
            }
        }
        if (stride <= addresses.get(0) || stride < MIN_FIELDS || stride > 40 || filled % stride != 0) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (int at = 0; at + stride <= filled; at += stride) {
            rows.add(values.subList(at, at + stride));
        }
        rows(name, List.of(), rows);
    }

    private void rows(String name, List<String> headers, List<List<String>> rows) {
        int width = rows.stream().mapToInt(List::size).max().orElse(0);
        if (width < MIN_FIELDS || width > 60) {
            return;
        }
        List<List<String>> whole =
                rows.stream().filter(row -> row.size() >= MIN_FIELDS).toList();
        sheets.add(new Sheet(
                Sheet.Source.SCRIPT,
                "the script's " + name + " on " + page.name(),
                columns(headers, width),
                whole.stream().map(ScriptSheets::row).toList(),
                null));
    }

    private boolean packed(String name, List<String> texts, @Nullable Field field) {
        List<List<String>> rows = new ArrayList<>();
        DelimitedText format = null;
        for (String text : texts) {
            Optional<DelimitedText.Split> split = DelimitedText.split(text, field);
            if (split.isEmpty()
                    || format != null && !split.get().format().fieldSeparator().equals(format.fieldSeparator())) {
                return false;
            }
            format = split.get().format();
            rows.addAll(split.get().rows());
        }
        if (format == null) {
            return false;
        }
        add(name, field == null ? Sheet.Source.SCRIPT : Sheet.Source.LIST_FIELD, rows, format, List.of());
        return true;
    }

    private void add(
            String name, Sheet.Source source, List<List<String>> rows, DelimitedText format, List<Field> slots) {
        int width = rows.stream().mapToInt(List::size).max().orElse(0);
        sheets.add(new Sheet(
                source,
                "the list '" + name + "' on " + page.name(),
                columns(DelimitedText.headersOf(name), width),
                rows.stream().map(ScriptSheets::row).toList(),
                slots.isEmpty() ? null : slots.get(0).element(),
                Optional.of(format)));
    }

    private void readFields() throws NotUnderstoodException {
        Map<String, List<Field>> byStem = new LinkedHashMap<>();
        for (Field field : Field.of(page.elements("input", "textarea"))) {
            page.checkTime();
            if (field.type() != Field.Type.HIDDEN && field.type() != Field.Type.TEXT) {
                continue;
            }
            String stem = NUMBER.matcher(field.name()).replaceAll("#");
            if (stem.contains("#")) {
                byStem.computeIfAbsent(stem, key -> new ArrayList<>()).add(field);
            } else if (!packed(field.name(), List.of(field.value()), field)) {
                String header = String.join(" ", DelimitedText.headersOf(field.name()));
                if (!header.isEmpty() && field.value().isEmpty()) {
                    emptyKnown(field);
                }
            }
        }
        byStem.forEach(this::rowFields);
    }

    private void emptyKnown(Field field) {
        DelimitedText format = field.name().startsWith("vts_")
                ? new DelimitedText("<", ">", true, false, field)
                : new DelimitedText(">", "<", false, true, field);
        sheets.add(new Sheet(
                Sheet.Source.LIST_FIELD,
                "the list '" + field.name() + "' on " + page.name(),
                columns(DelimitedText.headersOf(field.name()), 0),
                List.of(),
                field.element(),
                Optional.of(format)));
    }

    /** One packed field per row; those without a value are free. */
    private void rowFields(String stem, List<Field> fields) {
        List<List<String>> rows = new ArrayList<>();
        DelimitedText format = null;
        for (Field field : fields) {
            Optional<DelimitedText.Split> split = DelimitedText.split(field.value(), field);
            boolean one = split.isPresent() && split.get().rows().size() == 1;
            if (!one && !Values.unset(field.value())) {
                return;
            }
            rows.add(one ? split.get().rows().get(0) : List.of());
            format = one ? split.get().format() : format;
        }
        if (format != null) {
            int width = rows.stream().mapToInt(List::size).max().orElse(0);
            List<Row> made = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                made.add(new Row(row(rows.get(i)).cells(), fields.get(i).element()));
            }
            sheets.add(new Sheet(
                    Sheet.Source.ROW_FIELDS,
                    "the fields " + stem + " of " + page.name(),
                    columns(List.of(), width),
                    made,
                    fields.get(0).element(),
                    Optional.of(format)));
        }
    }

    private static List<Column> columns(List<String> headers, int width) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < Math.max(width, headers.size()); i++) {
            boolean named = i < headers.size();
            boolean words = named && headers.get(i).contains(" ");
            columns.add(new Column(
                    words ? headers.get(i) : "", List.of(), named && !words ? List.of(headers.get(i)) : List.of()));
        }
        return columns;
    }

    private static Row row(List<String> values) {
        return new Row(values.stream().map(value -> new Cell(value, List.of())).toList(), null);
    }

    private static List<String> texts(List<?> values) {
        return values.stream()
                .map(value -> value instanceof String text ? text : "")
                .toList();
    }
}
