package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.table.Sheet.Cell;
import dev.porthole.routers.internal.table.Sheet.Row;
import dev.porthole.routers.internal.table.Sheet.Source;
import dev.porthole.routers.internal.table.TableRow.State;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/**
 * Makes the requests that change an understood table, as a person's browser would send them. Pure: what comes back is
 * looked at by {@link Answer}, and the table is read again by the caller.
 */
final class TableEditor {
    private final UnderstoodTable table;
    private final Page page;

    TableEditor(UnderstoodTable table) {
        this.table = table;
        this.page = table.page();
    }

    /** Whether a rule can be added by filling a free row of the table, or its packed list. */
    boolean hasRoom() {
        return switch (table.sheet().source()) {
            case LIST_FIELD -> true;
            case ROW_FIELDS -> !table.in(State.FREE).isEmpty();
            case SCRIPT -> false;
            case TABLE, FIELDS -> table.editable() && free().isPresent();
        };
    }

    private Optional<Row> free() {
        return table.in(State.FREE).stream()
                .map(row -> table.sheet().rows().get(row.index()))
                .filter(row -> writable(row, Meaning.HOST) && writable(row, Meaning.EXTERNAL_START))
                .findFirst();
    }

    /** A preset row of just this port: its ports cannot be typed, or are the wanted ones. */
    private Optional<Row> preset(Wanted wanted) {
        return table.in(State.PRESET).stream()
                .map(row -> table.sheet().rows().get(row.index()))
                .filter(row -> writable(row, Meaning.HOST))
                .filter(row -> holds(row, Meaning.EXTERNAL_START, wanted.external())
                        && (!table.columns().has(Meaning.EXTERNAL_END)
                                || holds(row, Meaning.EXTERNAL_END, wanted.external()))
                        && (!table.translates() || holds(row, Meaning.INTERNAL_START, wanted.internal())))
                .findFirst();
    }

    private boolean holds(Row row, Meaning meaning, int port) {
        return Values.port(row.cell(table.columns().place(meaning)).shown())
                .filter(range -> range.first() == port && range.last() == port)
                .isPresent();
    }

    boolean writable(Row row, Meaning meaning) {
        return row.cell(table.columns().place(meaning)).fields().stream().anyMatch(Field::writable);
    }

    /** How many rules fit in, where the table has a fixed number of rows. */
    Optional<Integer> slots() {
        boolean fixed = table.editable()
                        && (table.sheet().source() == Source.TABLE
                                || table.sheet().source() == Source.FIELDS)
                || table.sheet().source() == Source.ROW_FIELDS;
        return fixed ? Optional.of(table.rows().size()) : Optional.empty();
    }

    /** The request that adds a rule to the table itself; empty where it has no room for this one. */
    Optional<RouterRequest> addToRows(Wanted wanted) throws NotUnderstoodException {
        switch (table.sheet().source()) {
            case LIST_FIELD, ROW_FIELDS -> {
                return new PackedEditor(table).add(wanted);
            }
            case SCRIPT -> {
                return Optional.empty();
            }
            default -> {}
        }
        Optional<Row> row = preset(wanted).or(this::free);
        if (!table.editable() || row.isEmpty()) {
            return Optional.empty();
        }
        if (table.in(State.RULE).isEmpty() && page.filledByScript(table.sheet().fields())) {
            throw NotUnderstoodException.needsScript("the rows of " + page.name()
                    + " are empty, and a script may fill them when the page is shown; storing them now could delete"
                    + " rules");
        }
        Submission submission = submission(row.get());
        new RowFiller(submission, table.columns(), table.prefix()).fill(row.get(), wanted);
        return Optional.of(Press.stored(page, submission, saveButton(submission.form(), row.get())));
    }

    /** The form that a row stands in. */
    Submission submission(Row row) throws NotUnderstoodException {
        Cell host = row.cell(table.columns().place(Meaning.HOST));
        Element field = host.fields().get(0).element();
        FormElement form = Press.formOf(page, field)
                .orElseThrow(() -> NotUnderstoodException.needsScript(
                        "the rows of " + page.name() + " stand in no form; a script sends them"));
        return new Submission(page, form);
    }

    /** The button for this row where it has one, else the one that stores the whole form. */
    Optional<Button> saveButton(FormElement form, Row row) {
        Element element = row.element();
        if (element != null) {
            for (Button button : Button.in(element)) {
                if ((button.means(Phrases.ADD) || button.means(Phrases.SAVE)) && !button.means(Phrases.DELETE)) {
                    return Optional.of(button);
                }
            }
        }
        boolean shownElsewhere = !table.in(State.RULE).isEmpty()
                && table.in(State.RULE).stream()
                        .noneMatch(rule -> writable(table.sheet().rows().get(rule.index()), Meaning.HOST));
        Element host =
                row.cell(table.columns().place(Meaning.HOST)).fields().get(0).element();
        return shownElsewhere ? Buttons.entering(page, form, host) : Buttons.storing(page, form);
    }

    /** The request that makes room: a button that appends an empty row, as DD-WRT has. */
    Optional<RouterRequest> grow() throws NotUnderstoodException {
        if (!table.editable() && !table.rows().isEmpty()) {
            return Optional.empty();
        }
        for (Button button : Button.in(page.document())) {
            if (button.says(Phrases.ADD) && !button.means(Phrases.DELETE)) {
                Optional<RouterRequest> request = Press.alone(page, button);
                if (request.isPresent()) {
                    return request;
                }
            }
        }
        return Optional.empty();
    }

    /** The request that opens the page on which a rule is entered: a link before a button that submits. */
    Optional<RouterRequest> openEntryPage() throws NotUnderstoodException {
        Optional<RouterRequest> submitting = Optional.empty();
        for (Button button : Button.in(page.document())) {
            boolean adds =
                    button.means(Phrases.ADD) && !button.means(Phrases.DELETE) && !Phrases.ELSEWHERE.in(button.words());
            Optional<RouterRequest> request =
                    adds && !entersSomethingElse(button) ? Press.alone(page, button) : Optional.empty();
            if (request.isPresent() && goes(button)) {
                return request;
            }
            submitting = submitting.or(() -> request);
        }
        return submitting;
    }

    private boolean goes(Button button) {
        return button.link().isPresent()
                || button.script()
                        .filter(line ->
                                ScriptAction.of(page.scripts(), line).url().isPresent())
                        .isPresent();
    }

    /** A button that stores what is typed beside it, into fields that were not understood, is not pressed. */
    private boolean entersSomethingElse(Button button) {
        List<Element> own = table.sheet().fields().stream().map(Field::element).toList();
        return !goes(button)
                && Press.formOf(page, button.element()).stream()
                        .flatMap(form -> page.fields(form).stream())
                        .anyMatch(field ->
                                field.type() == Field.Type.TEXT && field.writable() && !own.contains(field.element()));
    }

    /** The request that opens the page of one row, where each row has its own. */
    Optional<RouterRequest> openRow(TableRow row) throws NotUnderstoodException {
        Element element = table.sheet().rows().get(row.index()).element();
        if (element == null || table.editable()) {
            return Optional.empty();
        }
        for (Button button : Button.in(element)) {
            boolean opens = goes(button) && !button.means(Phrases.DELETE) && !button.means(Phrases.DANGER);
            Optional<RouterRequest> request = opens ? Press.alone(page, button) : Optional.empty();
            if (request.isPresent()) {
                return request;
            }
        }
        return Optional.empty();
    }

    /** What a row is called in the list that an entry form offers: its number. */
    private Optional<String> number(TableRow row, Field index) {
        Row shown = table.sheet().rows().get(row.index());
        for (int i = 0; i < shown.cells().size(); i++) {
            ColumnFacts facts = new ColumnFacts(
                    i, table.sheet().columns().get(i), table.sheet().cells(i));
            String number = shown.cell(i).shown().replace(".", "");
            boolean offered = index.options().stream()
                    .anyMatch(option -> option.text().strip().equals(number));
            if (facts.counting() && offered) {
                return Optional.of(number);
            }
        }
        return Optional.empty();
    }

    private static void choose(Submission submission, Field index, String number) {
        index.options().stream()
                .filter(option -> option.text().strip().equals(number))
                .findFirst()
                .ifPresent(option -> submission.set(index, option.value()));
    }

    /**
     * The request that enters a rule in a form beside the table. Where the form asks for the row's number, that of a free
     * row is given: another's would be overwritten.
     */
    RouterRequest addBy(EntryForm entry, Wanted wanted) throws NotUnderstoodException {
        Optional<Field> index = entry.index();
        if (index.isEmpty()) {
            return add(entry, wanted);
        }
        for (TableRow row : table.in(State.FREE)) {
            Optional<String> number = number(row, index.get());
            if (number.isPresent()) {
                Submission submission = new Submission(entry.page(), entry.form());
                new RowFiller(submission, entry.columns(), entry.prefix()).fill(entry.row(), wanted);
                choose(submission, index.get(), number.get());
                return Press.stored(entry.page(), submission, entry.button());
            }
        }
        throw NotUnderstoodException.ambiguous("the form on " + page.name() + " asks for the number of a row ('"
                + index.get() + "'), and the list shows none that is free");
    }

    /** The request that removes a row by its number in a form beside the table. */
    Optional<RouterRequest> removeBy(EntryForm entry, TableRow row) throws NotUnderstoodException {
        Optional<Field> index = entry.index();
        Optional<Button> button = Buttons.deleting(entry.form());
        Optional<String> number = index.flatMap(field -> number(row, field));
        if (index.isEmpty() || button.isEmpty() || number.isEmpty()) {
            return Optional.empty();
        }
        Submission submission = new Submission(entry.page(), entry.form());
        choose(submission, index.get(), number.get());
        return Optional.of(Press.of(entry.page(), submission, button.get()));
    }

    /** The request that empties the rule on a page of its own. */
    static RouterRequest clear(EntryForm entry) throws NotUnderstoodException {
        Submission submission = new Submission(entry.page(), entry.form());
        Optional<Button> button = Buttons.deleting(entry.form());
        if (button.isEmpty()) {
            new RowFiller(submission, entry.columns(), entry.prefix()).clear(entry.row(), Optional.empty());
            button = Buttons.storing(entry.page(), entry.form());
        }
        return Press.stored(entry.page(), submission, button);
    }

    /** The request that enters a rule in a form. */
    static RouterRequest add(EntryForm entry, Wanted wanted) throws NotUnderstoodException {
        Submission submission = new Submission(entry.page(), entry.form());
        new RowFiller(submission, entry.columns(), entry.prefix()).fill(entry.row(), wanted);
        return Press.stored(entry.page(), submission, entry.button());
    }

    /** As {@link RowRemoval#of}. */
    RouterRequest remove(TableRow row) throws NotUnderstoodException {
        return new RowRemoval(this, table).of(row);
    }
}
