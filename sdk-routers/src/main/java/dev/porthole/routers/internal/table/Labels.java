package dev.porthole.routers.internal.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Finds the words that stand for a field on the page. */
final class Labels {
    /** Elements whose text is not what a person reads beside a field. */
    private static final Set<String> SILENT = Set.of("select", "textarea", "script", "style");

    private static final int MAX_CLIMB = 5;
    private static final int MAX_LABEL = 80;

    private Labels() {}

    /** The texts that may name a field, nearest first. */
    static List<String> of(Field field) {
        List<String> labels = new ArrayList<>();
        Element element = field.element();
        Element document = element.ownerDocument();
        if (!element.id().isEmpty() && document != null) {
            for (Element label : document.getElementsByAttributeValue("for", element.id())) {
                add(labels, label.text());
            }
        }
        Element wrapping = element.closest("label");
        if (wrapping != null) {
            add(labels, textWithoutFields(wrapping));
        }
        add(labels, before(element));
        add(labels, element.attr("aria-label"));
        add(labels, element.attr("placeholder"));
        add(labels, element.attr("title"));
        return labels;
    }

    private static void add(List<String> labels, String text) {
        String trimmed = text.strip();
        if (!trimmed.isEmpty() && trimmed.length() <= MAX_LABEL && !labels.contains(trimmed)) {
            labels.add(trimmed);
        }
    }

    /** The text before an element: in its cell, else in the cell or term before. */
    static String before(Element element) {
        Node node = element;
        for (int climb = 0; climb < MAX_CLIMB && node != null; climb++) {
            String text = textBefore(node);
            if (!text.isBlank()) {
                return text;
            }
            Node parent = node.parent();
            if (!(parent instanceof Element container)
                    || container.normalName().matches("body|form|table|tbody|html")) {
                return "";
            }
            node = parent;
        }
        return "";
    }

    /** Text between the field before, or the container's start, and this node. */
    private static String textBefore(Node node) {
        StringBuilder text = new StringBuilder();
        for (Node sibling = node.previousSibling(); sibling != null; sibling = sibling.previousSibling()) {
            if (sibling instanceof TextNode words) {
                text.insert(0, words.text() + " ");
            } else if (sibling instanceof Element other) {
                if (holdsField(other) || other.normalName().matches("tr|script|style")) {
                    break;
                }
                text.insert(0, other.text() + " ");
                if (!text.toString().isBlank() && other.normalName().matches("td|th|dt|div|p|br")) {
                    break;
                }
            }
            if (text.length() > 2 * MAX_LABEL) {
                break;
            }
        }
        return text.toString().strip();
    }

    private static boolean holdsField(Element element) {
        return element.normalName().matches("input|select|textarea")
                || element.selectFirst("input, select, textarea") != null;
    }

    /** The words right behind a radio button or a box, else its label, else its value. */
    static String beside(Element element) {
        Element wrapping = element.closest("label");
        if (wrapping != null && !wrapping.text().isBlank()) {
            return wrapping.text();
        }
        Element document = element.ownerDocument();
        if (!element.id().isEmpty() && document != null) {
            Element label =
                    document.getElementsByAttributeValue("for", element.id()).first();
            if (label != null) {
                return label.text();
            }
        }
        Node next = element.nextSibling();
        String text = next instanceof TextNode words ? words.text() : next instanceof Element other ? other.text() : "";
        return text.isBlank() ? element.attr("value") : text.strip();
    }

    /** Whether there is any text but what is silent: a cell that holds a select alone is not copied to find none. */
    private static boolean wordsOutside(Element element) {
        for (int i = 0; i < element.childNodeSize(); i++) {
            Node node = element.childNode(i);
            boolean words = node instanceof TextNode text
                    ? !text.isBlank()
                    : node instanceof Element child && !SILENT.contains(child.normalName()) && wordsOutside(child);
            if (words) {
                return true;
            }
        }
        return false;
    }

    /** An element's text without what its selects offer. */
    static String textWithoutFields(Element element) {
        return textWithoutFields(element, element.text());
    }

    /** As {@link #textWithoutFields(Element)}, where the whole text is known. */
    static String textWithoutFields(Element element, String whole) {
        if (!Inside.any(element, inner -> SILENT.contains(inner.normalName()))) {
            return whole;
        }
        if (!wordsOutside(element)) {
            return "";
        }
        Element copy = element.clone();
        Inside.all(copy, inner -> SILENT.contains(inner.normalName())).forEach(Element::remove);
        return copy.text();
    }
}
