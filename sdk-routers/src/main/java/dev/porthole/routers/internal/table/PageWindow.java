package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.script.ScriptPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jspecify.annotations.Nullable;

/** What a page's scripts set in its fields and elements: noted while they run, done when the page is parsed. */
final class PageWindow implements ScriptPrinter.Window {
    /** 500 rules of seven fields. */
    private static final int MAX_CHANGES = 5000;

    private record Change(List<String> path, String property, String value) {}

    private final List<Change> changes = new ArrayList<>();

    @Override
    public Optional<String> read(List<String> path, String property) {
        for (int i = changes.size() - 1; i >= 0 && property.equals("value"); i--) {
            Change change = changes.get(i);
            if (change.property().equals(property) && change.path().equals(path)) {
                return Optional.of(change.value());
            }
        }
        return Optional.empty();
    }

    @Override
    public void assign(List<String> path, String property, String value) {
        if (property.matches("value|checked|selectedIndex|innerHTML|disabled") && changes.size() < MAX_CHANGES) {
            changes.add(new Change(path, property, value));
        }
    }

    /** Does what was noted, in order; what is not found on the page is passed over. */
    void apply(Document document) {
        for (Change change : changes) {
            Element element = element(document, change.path());
            if (element != null) {
                apply(element, change.property(), change.value());
            }
        }
    }

    private static void apply(Element element, String property, String value) {
        boolean on = !value.matches("|0|false");
        switch (property) {
            case "value" -> value(element, value);
            case "checked" -> flag(element, "checked", on);
            case "disabled" -> flag(element, "disabled", on);
            case "selectedIndex" -> {
                List<Element> options = element.select("option");
                if (value.matches("[0-9]{1,4}") && Integer.parseInt(value) < options.size()) {
                    choose(element, options.get(Integer.parseInt(value)));
                }
            }
            default -> element.html(value);
        }
    }

    private static void flag(Element element, String name, boolean on) {
        if (on) {
            element.attr(name, "");
        } else {
            element.removeAttr(name);
        }
    }

    private static void value(Element element, String value) {
        switch (element.normalName()) {
            case "select" ->
                element.select("option").stream()
                        .filter(option ->
                                (option.hasAttr("value") ? option.attr("value") : option.text()).equals(value))
                        .findFirst()
                        .ifPresent(option -> choose(element, option));
            case "textarea" -> element.text(value);
            default -> element.attr("value", value);
        }
    }

    private static void choose(Element select, Element option) {
        select.select("option").forEach(one -> one.removeAttr("selected"));
        option.attr("selected", "");
    }

    /** The element at a path such as {@code document, forms, 0, elements, ip3}. */
    private static @Nullable Element element(Document document, List<String> path) {
        Element found = document;
        String last = "";
        for (String step : path) {
            String name = step.replaceAll("^\\(|\\)$", "");
            if (name.matches("document|window|self|elements|forms|all|getElementById|getElementsByName|item")) {
                last = name;
                continue;
            }
            Element next = next(document, found, last, name);
            if (next == null) {
                return null;
            }
            found = next;
            last = "";
        }
        return found == document ? null : found;
    }

    private static @Nullable Element next(Document document, Element from, String by, String name) {
        if (by.equals("forms") && name.matches("[0-9]{1,2}")) {
            List<Element> forms = document.select("form");
            int index = Integer.parseInt(name);
            return index < forms.size() ? forms.get(index) : null;
        }
        if (by.equals("getElementById")) {
            return document.getElementById(name);
        }
        List<Element> candidates =
                from instanceof FormElement form ? List.copyOf(form.elements()) : document.getAllElements();
        for (Element candidate : candidates) {
            if (!name.isEmpty()
                    && (candidate.attr("name").equals(name) || candidate.id().equals(name))) {
                return candidate;
            }
        }
        return null;
    }
}
