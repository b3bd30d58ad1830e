package dev.porthole.routers.internal.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * Looks for elements inside or around others, themselves included. Every cell of a page is asked several times; to parse
 * a query each time would cost more than to parse the page.
 */
final class Inside {
    private static final Set<String> FIELDS = Set.of("input", "select", "textarea");

    private Inside() {}

    static boolean field(Element element) {
        return FIELDS.contains(element.normalName());
    }

    /** An input that a person sees, or a select. */
    static boolean shownField(Element element) {
        return switch (element.normalName()) {
            case "select" -> true;
            case "input" -> !element.attr("type").strip().equalsIgnoreCase("hidden");
            default -> false;
        };
    }

    /** All that a test takes, in the order of the page. */
    static List<Element> all(Element container, Predicate<Element> wanted) {
        List<Element> found = new ArrayList<>();
        collect(container, wanted, found);
        return found;
    }

    /** The parser bounds how deep elements are nested. */
    private static void collect(Element element, Predicate<Element> wanted, List<Element> found) {
        if (wanted.test(element)) {
            found.add(element);
        }
        for (int i = 0; i < element.childNodeSize(); i++) {
            if (element.childNode(i) instanceof Element child) {
                collect(child, wanted, found);
            }
        }
    }

    static boolean any(Element element, Predicate<Element> wanted) {
        if (wanted.test(element)) {
            return true;
        }
        for (int i = 0; i < element.childNodeSize(); i++) {
            if (element.childNode(i) instanceof Element child && any(child, wanted)) {
                return true;
            }
        }
        return false;
    }

    /** As {@link Element#text()}; nearly every cell holds one text, for which that is a long way. */
    static String text(Element element) {
        if (element.childNodeSize() == 0) {
            return "";
        }
        return element.childNodeSize() == 1 && element.childNode(0) instanceof TextNode words
                ? words.text().trim()
                : element.text();
    }

    /** Whether an element holds text only. */
    static boolean plain(Element element) {
        for (int i = 0; i < element.childNodeSize(); i++) {
            if (element.childNode(i) instanceof Element) {
                return false;
            }
        }
        return true;
    }

    /** The nearest of these names, going outwards. */
    static @Nullable Element closest(Element element, Set<String> names) {
        Element at = element;
        while (at != null && !names.contains(at.normalName())) {
            at = at.parent();
        }
        return at;
    }
}
