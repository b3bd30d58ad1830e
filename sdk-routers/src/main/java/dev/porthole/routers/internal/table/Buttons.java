package dev.porthole.routers.internal.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** Chooses among the buttons of a form the one that a person would press. */
final class Buttons {
    private Buttons() {}

    /**
     * The button that stores what stands in a form.
     *
     * @return empty where the form has none, as when a script outside it submits
     */
    static Optional<Button> storing(Page page, FormElement form) {
        return chosen(candidates(page, form), List.of(Phrases.SAVE, Phrases.ADD));
    }

    /**
     * The button that enters the rule typed into a form: one behind the fields, as a form is read from top to bottom. A
     * button before them opens another form, or acts on the list.
     *
     * @param field a field of the rule
     */
    static Optional<Button> entering(Page page, FormElement form, Element field) {
        List<Button> all = candidates(page, form);
        List<Element> order = page.document().getAllElements();
        int place = order.indexOf(field);
        List<Button> behind = all.stream()
                .filter(button -> order.indexOf(button.element()) > place)
                .toList();
        List<Phrases> kinds = List.of(Phrases.ADD, Phrases.SAVE);
        return chosen(behind, kinds).or(() -> chosen(all, kinds));
    }

    private static List<Button> candidates(Page page, FormElement form) {
        List<Button> buttons = new ArrayList<>(Button.of(form));
        buttons.addAll(pointingAt(page, form));
        buttons.removeIf(button -> button.means(Phrases.DELETE) || Phrases.ALL.is(button.words()));
        return buttons;
    }

    private static Optional<Button> chosen(List<Button> buttons, List<Phrases> kinds) {
        for (Phrases kind : kinds) {
            for (Button button : buttons) {
                if (kind.is(button.words())) {
                    return Optional.of(button);
                }
            }
            for (Button button : buttons) {
                if (button.means(kind) && !button.says(Phrases.CANCEL)) {
                    return Optional.of(button);
                }
            }
        }
        List<Button> others = buttons.stream()
                .filter(button -> button.submitting() && !button.means(Phrases.CANCEL) && !button.means(Phrases.EDIT))
                .toList();
        return others.size() == 1 ? Optional.of(others.get(0)) : Optional.empty();
    }

    static Optional<Button> deleting(FormElement form) {
        return Button.of(form).stream()
                .filter(button -> button.means(Phrases.DELETE) && !Phrases.ALL.is(button.words()) && !allOf(button))
                .findFirst();
    }

    private static boolean allOf(Button button) {
        return (" " + Words.plain(button.words()) + " ").contains(" all ");
    }

    /** Buttons outside the form whose script submits it. */
    private static List<Button> pointingAt(Page page, FormElement form) {
        List<Button> found = new ArrayList<>();
        for (Button button : Button.in(page.document())) {
            if (button.script().isPresent()
                    && Press.formOf(page, button.element()).isEmpty()) {
                ScriptAction action =
                        ScriptAction.of(page.scripts(), button.script().get());
                boolean names = action.form()
                        .filter(name -> name.equals(form.attr("name")) || name.equals(form.id()))
                        .isPresent();
                if (action.submits() && (names || page.forms().size() == 1)) {
                    found.add(button);
                }
            }
        }
        return found;
    }
}
