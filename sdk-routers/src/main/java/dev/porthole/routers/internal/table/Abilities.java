package dev.porthole.routers.internal.table;

import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.Capabilities.SourceRestriction;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.internal.table.TableRow.State;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a router can do, as far as its tables and the fields in which rules are entered tell.
 *
 * @param tables the parts of the list; empty before it was read
 * @param entry the form in which rules are entered, where there is one
 */
record Abilities(List<UnderstoodTable> tables, Optional<EntryForm> entry) {
    Capabilities capabilities() {
        if (tables.isEmpty()) {
            return TableDriver.UNKNOWN;
        }
        Columns columns = writing();
        return Capabilities.builder()
                .leases(false)
                // What the list does not show cannot be read back.
                .translation(
                        columns.has(Meaning.INTERNAL_START) && tables.get(0).translates())
                .ranges(columns.has(Meaning.EXTERNAL_END))
                .protocols(protocols())
                .sourceRestriction(sourceField() ? SourceRestriction.SINGLE_ADDRESS : SourceRestriction.NONE)
                .build();
    }

    /** The columns by which rules are written: those of the entry form where there is one. */
    private Columns writing() {
        return entry.map(EntryForm::columns).orElseGet(() -> tables.get(0).columns());
    }

    private Optional<Field> field(Meaning meaning) {
        Columns columns = writing();
        if (!columns.has(meaning)) {
            return Optional.empty();
        }
        List<Sheet.Cell> cells = entry.map(EntryForm::sheet)
                .orElseGet(() -> tables.get(0).sheet())
                .cells(columns.place(meaning));
        return cells.stream()
                .flatMap(cell -> cell.fields().stream())
                .filter(Field::writable)
                .findFirst();
    }

    private boolean sourceField() {
        return field(Meaning.SOURCE)
                .filter(field -> field.type() == Field.Type.TEXT)
                .isPresent();
    }

    private Set<TransportProtocol> protocols() {
        Set<TransportProtocol> offered = EnumSet.noneOf(TransportProtocol.class);
        field(Meaning.PROTOCOL)
                .ifPresent(field -> field.options().stream()
                        .map(option -> Values.protocols(option.text()))
                        .filter(set -> set.size() == 1)
                        .forEach(offered::addAll));
        return offered.isEmpty() ? EnumSet.allOf(TransportProtocol.class) : offered;
    }

    /** Whether rules keep the names that they are given. */
    boolean named() {
        if (tables.isEmpty()) {
            return true;
        }
        Sheet.Source source = tables.get(0).sheet().source();
        if (source == Sheet.Source.LIST_FIELD || source == Sheet.Source.ROW_FIELDS) {
            return writing().has(Meaning.NAME);
        }
        boolean shown = tables.get(0).columns().has(Meaning.NAME);
        return shown
                && field(Meaning.NAME)
                        .filter(field -> field.type() == Field.Type.TEXT && field.maxLength() >= Names.SHORTEST)
                        .isPresent();
    }

    /** How long a name may be; a large number where nothing tells. */
    int longestName() {
        return field(Meaning.NAME).map(Field::maxLength).orElse(Integer.MAX_VALUE);
    }

    /** Whether the last free row is taken, and no form or button makes another. */
    boolean full() {
        boolean full = !tables.isEmpty()
                && entry.isEmpty()
                && tables.stream()
                        .allMatch(table -> new TableEditor(table).slots().isPresent()
                                && table.in(State.FREE).isEmpty()
                                && table.in(State.PRESET).isEmpty());
        return full && !canGrow();
    }

    private boolean canGrow() {
        try {
            return new TableEditor(tables.get(0)).grow().isPresent();
        } catch (NotUnderstoodException e) {
            return false;
        }
    }
}
