package dev.porthole.routers.internal.table;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** Tells whether a row is shown as switched off, where no column says so: by its class, or by an icon's words. */
final class RowState {
    private static final Pattern OFF_CLASS =
            Pattern.compile("(^|[\\s_-])(disabled|inactive|off)($|[\\s_-])", Pattern.CASE_INSENSITIVE);
    private static final Pattern OFF = Pattern.compile(
            "disabled|inactive|off|deaktiviert|désactivé|desactivado|disattivato|desativado", Pattern.CASE_INSENSITIVE);

    private RowState() {}

    /** Whether the row says that it is off. Words on links and buttons say what they would do, not what is. */
    static boolean off(Element row) {
        if (row.hasAttr("class") && OFF_CLASS.matcher(row.className()).find()) {
            return true;
        }
        for (Element icon : Inside.all(row, RowState::icon)) {
            String words = (icon.attr("title") + " " + icon.attr("alt")).strip();
            if (OFF.matcher(words).matches()) {
                return true;
            }
        }
        return false;
    }

    /** Whether an element without words shows by its class or its picture that something is off: Technicolor's lights. */
    static boolean offLight(Element element) {
        return switch (element.normalName()) {
            case "img" ->
                OFF_CLASS
                                .matcher(element.attr("src").replaceAll(".*/|\\.\\w+$", ""))
                                .find()
                        || OFF_CLASS.matcher(element.className()).find();
            case "div", "span", "i" -> OFF_CLASS.matcher(element.className()).find();
            default -> false;
        };
    }

    /** What is, where all the words of a cell stand on a link or a button and say what that would do. */
    static Optional<String> behindToggle(Element cell, String text) {
        boolean off = Phrases.TURNS_OFF.is(text);
        if (!off && !Phrases.TURNS_ON.is(text)) {
            return Optional.empty();
        }
        boolean link = Inside.any(
                cell,
                inner -> (inner.normalName().equals("a") || inner.normalName().equals("button"))
                        && inner.text().equals(text.strip()));
        return link ? Optional.of(off ? "on" : "off") : Optional.empty();
    }

    private static boolean icon(Element element) {
        return switch (element.normalName()) {
            case "img", "i" -> true;
            case "span" -> element.hasAttr("title");
            default -> false;
        };
    }
}
