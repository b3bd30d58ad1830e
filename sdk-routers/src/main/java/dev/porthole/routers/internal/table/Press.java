package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.RouterRequest;
import java.net.URI;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jspecify.annotations.Nullable;

/** Turns pressing a button into the request that a browser would send. */
final class Press {
    private Press() {}

    /**
     * Presses a button of a form that was filled in.
     *
     * @throws NotUnderstoodException where the button does what cannot be read
     */
    static RouterRequest of(Page page, Submission submission, @Nullable Button button) throws NotUnderstoodException {
        if (button == null) {
            return submission.request(null);
        }
        Optional<ScriptAction> script = button.script().map(line -> ScriptAction.of(page.scripts(), line));
        if (script.isPresent()) {
            ScriptAction action = script.get();
            boolean certain = action.submits() || button.submitting();
            if (action.unclear() || !certain) {
                throw NotUnderstoodException.needsScript("the button '" + button.words() + "' on " + page.name()
                        + " sends the form by a script that cannot be followed");
            }
            refuseComputed(page, submission, action);
            submission.apply(action);
        }
        onSubmit(page, submission);
        return submission.request(button.submitting() ? button.element() : null);
    }

    /**
     * Stores a form that was filled in.
     *
     * @param button the button for it; without one, and with scripts on the page, a script would send it, and add to it
     *     what nobody knows
     */
    static RouterRequest stored(Page page, Submission submission, Optional<Button> button)
            throws NotUnderstoodException {
        if (button.isEmpty() && page.scripts().present()) {
            throw NotUnderstoodException.needsScript(
                    "no button on " + page.name() + " stores the form without running the page's scripts");
        }
        return of(page, submission, button.orElse(null));
    }

    /** A form may fill in hidden fields as it is sent. */
    private static void onSubmit(Page page, Submission submission) throws NotUnderstoodException {
        String line = submission.form().attr("onsubmit");
        if (line.isBlank()) {
            return;
        }
        ScriptAction action = ScriptAction.of(page.scripts(), line);
        if (action.unclear()) {
            throw NotUnderstoodException.needsScript(
                    "the form on " + page.name() + " is sent by a script that cannot be followed");
        }
        refuseComputed(page, submission, action);
        submission.apply(action);
    }

    /** A hidden field or a password that a script computes cannot be sent as it stands. */
    private static void refuseComputed(Page page, Submission submission, ScriptAction action)
            throws NotUnderstoodException {
        for (Element element : submission.form().elements()) {
            boolean secret = element.attr("type").equalsIgnoreCase("hidden")
                    || element.attr("type").equalsIgnoreCase("password");
            if (secret
                    && (action.computed().contains(element.attr("name"))
                            || action.computed().contains(element.id())
                                    && !element.id().isEmpty())) {
                throw NotUnderstoodException.needsScript("a script on " + page.name() + " computes the field '"
                        + element.attr("name") + "' before the form is sent");
            }
        }
    }

    /**
     * Presses something that stands alone: a link, a button that goes to a page or that submits a form of the page.
     *
     * @return empty where nothing can be told of what it does
     */
    static Optional<RouterRequest> alone(Page page, Button button) throws NotUnderstoodException {
        if (button.script().isPresent()) {
            ScriptAction action =
                    ScriptAction.of(page.scripts(), button.script().get());
            if (action.unclear()) {
                return Optional.empty();
            }
            if (action.url().isPresent()) {
                return page.resolve(action.url().get()).map(uri -> get(page, uri));
            }
            if (action.submits() || button.submitting()) {
                Optional<FormElement> form = form(page, button.element(), action);
                if (form.isPresent()) {
                    return Optional.of(new Submission(page, form.get())
                            .apply(action)
                            .request(button.submitting() ? button.element() : null));
                }
            }
            return button.link().flatMap(page::resolve).map(uri -> get(page, uri));
        }
        if (button.link().isPresent()) {
            return page.resolve(button.link().get()).map(uri -> get(page, uri));
        }
        Optional<FormElement> form = formOf(page, button.element());
        return button.submitting() && form.isPresent()
                ? Optional.of(new Submission(page, form.get()).request(button.element()))
                : Optional.empty();
    }

    static RouterRequest get(Page page, URI uri) {
        return Submission.from(page, RouterRequest.get(uri.toString()));
    }

    /** The form to which a field or a button belongs. */
    static Optional<FormElement> formOf(Page page, Element element) {
        return page.forms().stream()
                .filter(form -> form.elements().contains(element) || element.closest("form") == form)
                .findFirst();
    }

    private static Optional<FormElement> form(Page page, Element element, ScriptAction action) {
        if (action.form().isPresent()) {
            String name = action.form().get();
            for (FormElement form : page.forms()) {
                if (form.attr("name").equals(name) || form.id().equals(name)) {
                    return Optional.of(form);
                }
            }
            if (name.matches("[0-9]{1,2}")
                    && Integer.parseInt(name) < page.forms().size()) {
                return Optional.of(page.forms().get(Integer.parseInt(name)));
            }
        }
        Optional<FormElement> own = formOf(page, element);
        return own.isPresent() || page.forms().size() != 1
                ? own
                : Optional.of(page.forms().get(0));
    }
}
