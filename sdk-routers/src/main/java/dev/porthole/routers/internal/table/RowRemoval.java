package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.table.Sheet.Row;
import dev.porthole.routers.internal.table.Sheet.Source;
import dev.porthole.routers.internal.table.TableRow.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** Removes rows of an understood table: by a button of the row, by a mark and a button, or by emptying its fields. */
final class RowRemoval {
    private final TableEditor editor;
    private final UnderstoodTable table;
    private final Page page;

    RowRemoval(TableEditor editor, UnderstoodTable table) {
        this.editor = editor;
        this.table = table;
        this.page = table.page();
    }

    /**
     * The request that removes a row.
     *
     * @throws NotUnderstoodException where nothing on the page removes one
     */
    RouterRequest of(TableRow row) throws NotUnderstoodException {
        Source source = table.sheet().source();
        if (source == Source.LIST_FIELD || source == Source.ROW_FIELDS) {
            return new PackedEditor(table).remove(row);
        }
        if (source == Source.SCRIPT) {
            return ScriptRemoval.of(table, row);
        }
        Row shown = table.sheet().rows().get(row.index());
        Optional<RouterRequest> own = byOwnButton(shown);
        if (own.isPresent()) {
            return own.get();
        }
        Optional<RouterRequest> marked = byMark(shown);
        if (marked.isPresent()) {
            return marked.get();
        }
        if (editor.writable(shown, Meaning.HOST)) {
            return byClearing(shown);
        }
        throw NotUnderstoodException.needsScript(
                "nothing on " + page.name() + " deletes a row without running the page's scripts");
    }

    private Optional<RouterRequest> byOwnButton(Row row) throws NotUnderstoodException {
        if (row.element() == null) {
            return Optional.empty();
        }
        for (Button button : Button.in(row.element())) {
            if (button.means(Phrases.DELETE) && !Phrases.ALL.in(button.words()) && !button.says(Phrases.EDIT)) {
                Optional<RouterRequest> request = Press.alone(page, button);
                if (request.isPresent()) {
                    return request;
                }
            }
        }
        return Optional.empty();
    }

    /** A box or a radio button that marks the row, and a button that deletes what is marked. */
    private Optional<RouterRequest> byMark(Row row) throws NotUnderstoodException {
        Optional<Field> mark = mark(row);
        if (mark.isEmpty()) {
            return Optional.empty();
        }
        Element box = markIn(row, mark.get());
        Optional<FormElement> form = Press.formOf(page, box);
        if (form.isEmpty()) {
            return Optional.empty();
        }
        Submission submission = new Submission(page, form.get());
        if (mark.get().type() == Field.Type.RADIO) {
            submission.set(mark.get(), box.attr("value"));
        } else {
            submission.check(mark.get(), true);
        }
        Optional<Button> button = Buttons.deleting(form.get());
        if (button.isEmpty()) {
            button = Buttons.storing(page, form.get());
        }
        return button.isPresent() ? Optional.of(Press.of(page, submission, button.get())) : Optional.empty();
    }

    /** The box of a row that is none of the rule's own values. */
    private Optional<Field> mark(Row row) {
        List<Field> candidates = new ArrayList<>();
        for (int i = 0; i < row.cells().size(); i++) {
            for (Field field : row.cell(i).fields()) {
                boolean selects = field.type() == Field.Type.CHECKBOX || field.type() == Field.Type.RADIO;
                if (selects && table.columns().meaning(i) == Meaning.OTHER && deletes(i, field)) {
                    candidates.add(field);
                }
            }
        }
        return candidates.stream().findFirst();
    }

    /** In a row of text any box marks; among fields only one whose words say so. */
    private boolean deletes(int column, Field field) {
        ColumnFacts facts = new ColumnFacts(
                column, table.sheet().columns().get(column), table.sheet().cells(column));
        boolean called = facts.is(Trait.ACTION) || Phrases.DELETE.inIdentifier(field.identifier());
        return called || !table.editable();
    }

    private static Element markIn(Row row, Field mark) {
        Element element = row.element();
        return mark.members().stream()
                .filter(member -> element != null && member.parents().contains(element))
                .findFirst()
                .orElse(mark.element());
    }

    private RouterRequest byClearing(Row row) throws NotUnderstoodException {
        Submission submission = editor.submission(row);
        Optional<Row> free = table.in(State.FREE).stream()
                .map(one -> table.sheet().rows().get(one.index()))
                .findFirst();
        new RowFiller(submission, table.columns(), table.prefix()).clear(row, free);
        return Press.stored(page, submission, editor.saveButton(submission.form(), row));
    }
}
