package dev.porthole.routers.internal.table;

import java.util.Locale;
import org.jsoup.nodes.Element;

/** Tells the rows that a page keeps as templates for its scripts from the rows that a person sees. */
final class Visibility {
    private Visibility() {}

    static boolean hidden(Element element) {
        if (element.attributesSize() == 0) {
            return false;
        }
        String style = element.attr("style").toLowerCase(Locale.ROOT).replace(" ", "");
        String names = (element.className() + " " + element.id()).toLowerCase(Locale.ROOT);
        return style.contains("display:none")
                || style.contains("visibility:hidden")
                || element.hasAttr("hidden")
                || names.contains("template")
                || names.matches(".*\\bhidden\\b.*");
    }
}
