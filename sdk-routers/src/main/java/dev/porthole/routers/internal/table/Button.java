package dev.porthole.routers.internal.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** Something on a page that a person presses: a button, a link, an image with a script. Immutable. */
record Button(Element element) {
    private static final Set<String> PRESSING = Set.of("submit", "button", "image");

    static List<Button> in(Element container) {
        List<Button> buttons = new ArrayList<>();
        for (Element element : Inside.all(container, Button::pressed)) {
            if (!element.hasAttr("disabled")) {
                buttons.add(new Button(element));
            }
        }
        return buttons;
    }

    private static boolean pressed(Element element) {
        return switch (element.normalName()) {
            case "button" -> true;
            case "input" -> PRESSING.contains(element.attr("type").strip().toLowerCase(Locale.ROOT));
            case "a" -> element.hasAttr("href") || element.hasAttr("onclick");
            case "img", "span", "div", "td" -> element.hasAttr("onclick");
            default -> false;
        };
    }

    /** The buttons that belong to a form, wherever they stand. */
    static List<Button> of(FormElement form) {
        List<Button> buttons = in(form);
        for (Element element : form.elements()) {
            boolean button = element.normalName().equals("button")
                    || element.attr("type").toLowerCase(Locale.ROOT).matches("submit|button|image");
            if (button && !element.hasAttr("disabled") && buttons.stream().noneMatch(one -> one.element == element)) {
                buttons.add(new Button(element));
            }
        }
        return buttons;
    }

    /** The words on it. */
    String words() {
        String own = element.normalName().equals("input") ? element.attr("value") : element.text();
        StringBuilder words = new StringBuilder();
        for (String text :
                List.of(own, element.attr("title"), element.attr("alt"), ofImages("alt"), ofImages("title"))) {
            if (!text.isBlank()) {
                words.append(words.isEmpty() ? "" : " ").append(text);
            }
        }
        return words.toString();
    }

    /** An attribute of the first image in it that has it. */
    private String ofImages(String attribute) {
        List<Element> images =
                Inside.all(element, inner -> inner.normalName().equals("img") && inner.hasAttr(attribute));
        return images.isEmpty() ? "" : images.get(0).attr(attribute);
    }

    /** Its words, names and picture, as words. */
    private String all() {
        String names = String.join(
                " ",
                List.of(element.attr("name"), element.id(), element.className(), ofImages("src"), element.attr("src")));
        return words() + " " + Words.ofIdentifier(names);
    }

    boolean says(Phrases kind) {
        return kind.is(words()) || kind.in(words());
    }

    /** Whether its words say so, or, where it has none, its names, its picture or its address. */
    boolean means(Phrases kind) {
        String plain = Words.plain(words());
        if (plain.length() > 1 || plain.isEmpty() && !words().isBlank()) {
            // Signs such as << copy a value into a field beside them.
            return says(kind);
        }
        return kind.in(all()) || kind.inIdentifier(element.attr("href") + " " + element.attr("onclick"));
    }

    boolean submitting() {
        String type = element.attr("type").toLowerCase(Locale.ROOT);
        return switch (element.normalName()) {
            case "input" -> type.equals("submit") || type.equals("image");
            case "button" -> type.isEmpty() || type.equals("submit");
            default -> false;
        };
    }

    /** Its script, where it has one: an {@code onclick} or a {@code javascript:} link. */
    Optional<String> script() {
        String onclick = element.attr("onclick");
        String href = element.attr("href");
        if (!onclick.isBlank()) {
            return Optional.of(onclick);
        }
        return href.strip().toLowerCase(Locale.ROOT).startsWith("javascript:") ? Optional.of(href) : Optional.empty();
    }

    /** The page to which it links by itself. */
    Optional<String> link() {
        String href = element.attr("href").strip();
        boolean plain = element.normalName().equals("a")
                && !href.isEmpty()
                && !href.startsWith("#")
                && !href.toLowerCase(Locale.ROOT).startsWith("javascript:");
        return plain ? Optional.of(href) : Optional.empty();
    }
}
