package dev.porthole.routers.internal.table;

import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.internal.table.Sheet.Cell;
import dev.porthole.routers.internal.table.Sheet.Column;
import dev.porthole.routers.internal.table.Sheet.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/**
 * A form in which one rule is entered: its fields as one row of a sheet, read as any other.
 *
 * @param page the page that it stands on
 * @param form the form
 * @param sheet its fields as one row
 * @param columns what they mean
 * @param prefix what stands before the address's last octet, where only that is entered
 */
record EntryForm(Page page, FormElement form, Sheet sheet, Columns columns, Optional<String> prefix) {
    private static final int MAX_FIELDS = 120;

    /**
     * Finds the entry form of a page.
     *
     * @param taken fields that belong to the rows of a table
     * @throws NotUnderstoodException where there is one that can be read in two ways
     */
    static Optional<EntryForm> in(Page page, Collection<Field> taken) throws NotUnderstoodException {
        Set<Element> used = new LinkedHashSet<>();
        taken.forEach(field -> used.addAll(field.members()));
        TableSheets tables = TableSheets.of(page);
        NotUnderstoodException unclear = null;
        EntryForm best = null;
        for (FormElement form : page.forms()) {
            List<Field> fields = page.fields(form).stream()
                    .filter(field -> (field.writable() || field.derived()) && !used.contains(field.element()))
                    .toList();
            if (fields.size() < 2
                    || fields.size() > MAX_FIELDS
                    || fields.stream().anyMatch(Field::password)) {
                continue;
            }
            try {
                Sheet sheet = sheet(page, form, fields, tables);
                Columns columns = Columns.of(sheet);
                RowReader reader = new RowReader(sheet, columns, page, Map.of());
                if (!entersRules(page, sheet, columns)) {
                    continue;
                }
                EntryForm found = new EntryForm(page, form, sheet, columns, reader.prefix());
                best = best == null || columns.score() > best.columns.score() ? found : best;
            } catch (NotUnderstoodException e) {
                unclear = e.kind() == NotUnderstoodException.Kind.AMBIGUOUS ? e : unclear;
            }
        }
        if (best == null && unclear != null) {
            throw unclear;
        }
        return Optional.ofNullable(best);
    }

    /** A port and an address alone may be the router's own; a rule has a name, a protocol or a range besides. */
    private static boolean entersRules(Page page, Sheet sheet, Columns columns) {
        boolean more = columns.has(Meaning.NAME)
                || columns.has(Meaning.PROTOCOL)
                || columns.has(Meaning.TCP)
                || columns.has(Meaning.INTERNAL_START)
                || columns.has(Meaning.EXTERNAL_END);
        String host = sheet.rows().get(0).cell(columns.place(Meaning.HOST)).shown();
        return more && !host.equals(page.uri().getHost());
    }

    private static Sheet sheet(Page page, FormElement form, List<Field> fields, TableSheets tables) {
        List<Column> columns = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        List<String> before = List.of();
        for (int i = 0; i < fields.size(); ) {
            int parts = octets(fields, i) ? 4 : 1;
            Field field = fields.get(i);
            String header = tables.headerOver(field.element());
            List<String> labels = Labels.of(field);
            if (labels.stream().allMatch(label -> Vocabulary.ofText(label).isEmpty()) && sameCell(fields, i)) {
                // "Port [ ] - [ ]": the words before the first field hold for the second.
                labels = before;
            }
            before = labels;
            columns.add(new Column(header, labels, List.of(field.identifier())));
            cells.add(new Cell(text(field), fields.subList(i, i + parts)));
            i += parts;
        }
        return new Sheet(
                Sheet.Source.FIELDS,
                "the form '" + form.attr("action") + "' of " + page.name(),
                columns,
                List.of(new Row(cells, null)),
                form);
    }

    private static boolean sameCell(List<Field> fields, int i) {
        Element cell = fields.get(i).element().parent();
        return i > 0 && cell != null && cell == fields.get(i - 1).element().parent();
    }

    private static boolean octets(List<Field> fields, int from) {
        if (from + 4 > fields.size() || !sameCell(fields, from + 1)) {
            return false;
        }
        String stem = fields.get(from).identifier().replaceAll("[0-9]+", "#");
        return fields.subList(from, from + 4).stream()
                .allMatch(field -> field.maxLength() <= 3
                        && field.type() == Field.Type.TEXT
                        && field.identifier().replaceAll("[0-9]+", "#").equals(stem));
    }

    /** What stands in the field's cell, for an address whose beginning is printed there. */
    private static String text(Field field) {
        Element cell = field.element().parent();
        return cell == null || cell.normalName().matches("form|body") ? "" : Labels.textWithoutFields(cell);
    }

    /** The button that enters the rule. */
    Optional<Button> button() {
        return Buttons.entering(
                page,
                form,
                row().cell(columns.place(Meaning.HOST)).fields().get(0).element());
    }

    Row row() {
        return sheet.rows().get(0);
    }

    /** The field that asks for the number of the row to write, where there is one. */
    Optional<Field> index() {
        return page.fields(form).stream()
                .filter(field ->
                        field.type() == Field.Type.SELECT && field.options().size() > 1)
                .filter(field -> field.options().stream()
                        .allMatch(option -> option.text().strip().matches("[0-9]{1,3}")))
                .filter(field -> {
                    Set<Trait> traits = EnumSet.noneOf(Trait.class);
                    Labels.of(field).forEach(label -> traits.addAll(Vocabulary.ofText(label)));
                    traits.addAll(Vocabulary.ofIdentifier(field.identifier()));
                    return traits.contains(Trait.INDEX) || traits.contains(Trait.NAME) && !traits.contains(Trait.PORT);
                })
                .findFirst();
    }

    /** What the values of its protocol field mean, for lists that show them bare. */
    Map<String, Set<TransportProtocol>> protocolCodes() {
        Map<String, Set<TransportProtocol>> codes = new LinkedHashMap<>();
        if (columns.has(Meaning.PROTOCOL)) {
            row().cell(columns.place(Meaning.PROTOCOL))
                    .field()
                    .ifPresent(field -> field.options().forEach(option -> {
                        Set<TransportProtocol> protocols = Values.protocols(option.text());
                        if (!protocols.isEmpty()) {
                            codes.put(option.value(), EnumSet.copyOf(protocols));
                        }
                    }));
        }
        return codes;
    }
}
