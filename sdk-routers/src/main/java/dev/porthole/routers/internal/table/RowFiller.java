package dev.porthole.routers.internal.table;

import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.internal.table.Field.Option;
import dev.porthole.routers.internal.table.Sheet.Cell;
import dev.porthole.routers.internal.table.Sheet.Row;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Types a rule into the fields of a row or of an entry form, or empties them. */
final class RowFiller {
    private final Submission submission;
    private final Columns columns;
    private final Optional<String> prefix;

    RowFiller(Submission submission, Columns columns, Optional<String> prefix) {
        this.submission = submission;
        this.columns = columns;
        this.prefix = prefix;
    }

    /**
     * Fills a row.
     *
     * @throws NotUnderstoodException where a field cannot hold what is wanted
     */
    void fill(Row row, Wanted wanted) throws NotUnderstoodException {
        custom(row);
        samePort(row, wanted.external() == wanted.internal());
        text(row, Meaning.NAME, fitted(row, wanted.name()));
        text(row, Meaning.EXTERNAL_START, String.valueOf(wanted.external()));
        end(row, Meaning.EXTERNAL_END, String.valueOf(wanted.external()));
        text(row, Meaning.INTERNAL_START, String.valueOf(wanted.internal()));
        end(row, Meaning.INTERNAL_END, String.valueOf(wanted.internal()));
        host(row, wanted.host());
        protocol(row, wanted.protocol());
        enable(row, true);
        if (!wanted.source().isEmpty()) {
            text(row, Meaning.SOURCE, wanted.source());
        }
    }

    /** Many forms offer a list of services beside a name of one's own; a radio button says which counts. */
    private void custom(Row row) {
        for (Cell cell : row.cells()) {
            for (Field field : cell.fields()) {
                if (field.type() == Field.Type.RADIO) {
                    field.options().stream()
                            .filter(option -> Words.plain(option.text())
                                    .matches(".*\\b(custom|user defined|manual|benutzerdefiniert|personnalise"
                                            + "|personalizado|personalizzato)\\b.*"))
                            .findFirst()
                            .ifPresent(option -> submission.set(field, option.value()));
                }
            }
        }
    }

    /** "Use the same port inside": a box that would overrule what is typed. */
    private void samePort(Row row, boolean same) {
        for (Cell cell : row.cells()) {
            for (Field field : cell.fields()) {
                if (field.type() == Field.Type.CHECKBOX
                        && field.writable()
                        && Phrases.SAME_PORT.in(Labels.beside(field.element()) + " " + cell.text())) {
                    submission.check(field, same);
                }
            }
        }
    }

    /** The last port of a range; many pages derive it by script from the first and lock it. */
    private void end(Row row, Meaning meaning, String value) throws NotUnderstoodException {
        Optional<Field> locked = columns.has(meaning)
                ? row.cell(columns.place(meaning)).field().filter(Field::derived)
                : Optional.empty();
        if (locked.isPresent()) {
            submission.set(locked.get(), value);
        } else {
            text(row, meaning, value);
        }
    }

    private Optional<Field> field(Row row, Meaning meaning) {
        return columns.has(meaning)
                ? row.cell(columns.place(meaning)).field().filter(Field::writable)
                : Optional.empty();
    }

    private String fitted(Row row, String name) {
        return field(row, Meaning.NAME)
                .map(field -> Names.fitted(name, field.maxLength()))
                .orElse(name);
    }

    private void text(Row row, Meaning meaning, String value) throws NotUnderstoodException {
        Optional<Field> field = field(row, meaning);
        if (field.isEmpty()) {
            return;
        }
        if (field.get().type() == Field.Type.TEXT) {
            submission.set(field.get(), value);
        } else if (meaning != Meaning.NAME) {
            choose(
                    field.get(),
                    option -> option.value().equals(value)
                            || option.text().strip().equals(value),
                    value);
        }
    }

    private void choose(Field field, Predicate<Option> fits, String what) throws NotUnderstoodException {
        Option chosen = field.options().stream()
                .filter(fits)
                .findFirst()
                .orElseThrow(
                        () -> NotUnderstoodException.ambiguous("the field '" + field + "' does not offer " + what));
        submission.set(field, chosen.value());
    }

    private void host(Row row, String host) throws NotUnderstoodException {
        Cell cell = row.cell(columns.place(Meaning.HOST));
        if (cell.fields().size() == 4) {
            String[] octets = host.split("\\.");
            for (int i = 0; i < 4; i++) {
                submission.set(cell.fields().get(i), octets[i]);
            }
            return;
        }
        Optional<Field> field = field(row, Meaning.HOST);
        if (field.isEmpty()) {
            throw NotUnderstoodException.ambiguous("no field takes the internal address");
        }
        if (field.get().type() == Field.Type.SELECT) {
            choose(
                    field.get(),
                    option -> option.value().equals(host)
                            || Values.address(option.text())
                                    .filter(host::equals)
                                    .isPresent(),
                    host
                            + ", as the router knows no such device; connect the camera, or give it a fixed address first");
            return;
        }
        Optional<String> start = Prefixes.before(cell).or(() -> prefix);
        if (start.isPresent() && !host.startsWith(start.get() + ".")) {
            throw NotUnderstoodException.ambiguous(
                    "the router maps to addresses " + start.get() + ".x only, and the camera has " + host);
        }
        submission.set(
                field.get(), start.isPresent() ? host.substring(start.get().length() + 1) : host);
    }

    private void protocol(Row row, TransportProtocol protocol) throws NotUnderstoodException {
        for (Meaning meaning : List.of(Meaning.TCP, Meaning.UDP)) {
            boolean on = meaning.name().equals(protocol.name());
            field(row, meaning).ifPresent(box -> submission.check(box, on));
        }
        Optional<Field> field = field(row, Meaning.PROTOCOL);
        if (field.isPresent() && field.get().type() == Field.Type.TEXT) {
            submission.set(field.get(), protocol.name());
        } else if (field.isPresent()) {
            // Where the table knows no single transport, its rules are for both.
            boolean single = field.get().options().stream()
                    .anyMatch(option -> Values.protocols(option.text()).size() == 1);
            choose(
                    field.get(),
                    option -> Values.protocols(option.text()).equals(Set.of(protocol))
                            || option.value().toUpperCase(Locale.ROOT).equals(protocol.name())
                            || !single && Values.protocols(option.text()).size() == 2,
                    protocol + " alone");
        }
    }

    private void enable(Row row, boolean on) {
        turn(row, Meaning.ENABLED, on);
        turn(row, Meaning.DISABLED, !on);
    }

    private void turn(Row row, Meaning meaning, boolean on) {
        field(row, meaning).ifPresent(field -> {
            if (field.type() == Field.Type.CHECKBOX) {
                submission.check(field, on);
            } else if (field.type() != Field.Type.TEXT) {
                field.options().stream()
                        .filter(option -> Values.bool(option.text())
                                .or(() -> Values.bool(option.value()))
                                .filter(value -> value == on)
                                .isPresent())
                        .findFirst()
                        .ifPresent(option -> submission.set(field, option.value()));
            }
        });
    }

    /** Empties a row, as a free row of the same table looks where there is one. */
    void clear(Row row, Optional<Row> free) {
        for (int i = 0; i < row.cells().size(); i++) {
            Meaning meaning = columns.meaning(i);
            Cell cell = row.cell(i);
            for (int part = 0; part < cell.fields().size(); part++) {
                Field field = cell.fields().get(part);
                if (meaning == Meaning.OTHER || !field.writable()) {
                    continue;
                }
                int at = part;
                int column = i;
                String empty = free.map(other -> other.cell(column).fields())
                        .filter(fields -> fields.size() > at)
                        .map(fields -> fields.get(at).value())
                        .orElse("");
                clear(field, empty);
            }
        }
    }

    private void clear(Field field, String empty) {
        if (field.type() == Field.Type.CHECKBOX) {
            submission.check(field, !empty.isEmpty());
        } else if (field.type() == Field.Type.TEXT) {
            submission.set(field, empty);
        } else if (!empty.isEmpty()
                && field.options().stream().anyMatch(option -> option.value().equals(empty))) {
            submission.set(field, empty);
        }
    }
}
