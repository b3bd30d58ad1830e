package dev.porthole.routers.internal.table;

import dev.porthole.diagnose.FindingCode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** Looks at what a router answered to a change: an error in words, a question, or nothing in particular. */
final class Answer {
    /** A page with more text is the list again, whose own explanations hold words such as "invalid". */
    private static final int SHORT = 700;

    private static final Pattern ALERT = Pattern.compile("alert\\s*\\(\\s*[\"']([^\"']{3,200})[\"']\\s*\\)");

    /** An error that a page tells. */
    record Refused(FindingCode code, String words) {}

    private Answer() {}

    /** The error in an answer; empty where it tells none. An answer with status 200 may be one too. */
    static Optional<Refused> error(Page page) {
        String marked = page
                .document()
                .select(
                        "[class~=(?i)\\b(error|err|alert|warning|errmsg|message|msg)\\b], [id~=(?i)(error|errmsg|err_msg)]")
                .stream()
                .filter(element -> !Visibility.hidden(element))
                .map(Element::text)
                .filter(text -> text.length() <= 300)
                .reduce("", (one, other) -> one + " " + other);
        Optional<Refused> told = told(marked);
        boolean small = page.text().length() <= SHORT
                && page.document().select("table tr").size() < 4;
        return told.isPresent() || !small ? told : told(page.text()).or(() -> alerted(page));
    }

    private static Optional<Refused> alerted(Page page) {
        for (Element script : page.document().getElementsByTag("script")) {
            Matcher matcher = ALERT.matcher(script.data());
            if (!script.data().contains("function") && matcher.find()) {
                return told(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    private static Optional<Refused> told(String text) {
        String excerpt =
                text.strip().length() <= 120 ? text.strip() : text.strip().substring(0, 120) + "...";
        if (text.isBlank()) {
            return Optional.empty();
        }
        if (Phrases.ERROR_FULL.in(text)) {
            return Optional.of(new Refused(FindingCode.TABLE_FULL, excerpt));
        }
        if (Phrases.ERROR_EXISTS.in(text)) {
            return Optional.of(new Refused(FindingCode.PORT_CONFLICT, excerpt));
        }
        return Phrases.ERROR.in(text) ? Optional.of(new Refused(FindingCode.ROUTER_ERROR, excerpt)) : Optional.empty();
    }

    /** The button that answers a question such as "Are you sure?"; empty where the page asks none. */
    static Optional<Button> question(Page page) {
        boolean form = page.forms().size() == 1
                && page.fields(page.forms().get(0)).stream().noneMatch(Field::writable)
                && page.document().select("table tr").size() < 4;
        if (!form) {
            return Optional.empty();
        }
        List<Button> buttons = Button.of(page.forms().get(0));
        return buttons.stream()
                .filter(button -> button.says(Phrases.YES) && !button.says(Phrases.CANCEL))
                .findFirst();
    }

    /** Whether the page says that changes wait to be saved. */
    static boolean pending(Page page) {
        return Phrases.PENDING.in(page.text());
    }
}
