package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.RouterRequest;
import java.util.Optional;
import org.jsoup.nodes.FormElement;

/** Finds the step that makes changes last, where a page has one of its own: Save or Apply beside the list. */
final class Applying {
    private Applying() {}

    /**
     * The request of that step.
     *
     * @param entered whether rules are entered in a form of their own, so that a Save beside the list is another step
     * @return empty where changes take effect at once
     */
    static Optional<RouterRequest> of(UnderstoodTable table, boolean entered) throws NotUnderstoodException {
        Page page = table.page();
        boolean pending = Answer.pending(page);
        if (!entered && !pending) {
            return Optional.empty();
        }
        Optional<EntryForm> entry = EntryForm.in(page, table.sheet().fields());
        for (Button button : Button.in(page.document())) {
            boolean applies = button.says(Phrases.SAVE) && !button.means(Phrases.ADD) && !button.means(Phrases.DELETE);
            Optional<FormElement> form = Press.formOf(page, button.element());
            boolean inEntry = entry.isPresent()
                    && form.filter(entry.get().form()::equals).isPresent()
                    && !entry.get()
                            .button()
                            .filter(one -> !one.element().equals(button.element()))
                            .isPresent();
            if (applies && !inEntry) {
                return Press.alone(page, button);
            }
        }
        return Optional.empty();
    }
}
