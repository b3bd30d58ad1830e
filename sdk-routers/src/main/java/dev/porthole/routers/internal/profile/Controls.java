package dev.porthole.routers.internal.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** The controls of a form and what a browser would send of them. */
final class Controls {
    private Controls() {}

    /** The form that holds a control; the whole page where no form does. */
    static List<Element> around(Document page, Element control) {
        for (Element form : page.select("form")) {
            if (form instanceof FormElement element && element.elements().contains(control)) {
                return element.elements();
            }
        }
        return all(page);
    }

    static List<Element> all(Document page) {
        return page.select("input, select, textarea");
    }

    /** Names and values as they would be sent, buttons aside. */
    static List<Map.Entry<String, String>> sent(List<Element> controls) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (Element control : controls) {
            if (!control.attr("name").isEmpty() && !control.hasAttr("disabled") && isSent(control)) {
                values(control).forEach(value -> fields.add(Map.entry(control.attr("name"), value)));
            }
        }
        return fields;
    }

    private static List<String> values(Element control) {
        if (!control.normalName().equals("select") || !control.hasAttr("multiple")) {
            return List.of(value(control));
        }
        return options(control).stream()
                .filter(option -> option.hasAttr("selected"))
                .map(Controls::value)
                .toList();
    }

    private static boolean isSent(Element control) {
        if (!control.normalName().equals("input")) {
            return control.normalName().equals("select") || control.normalName().equals("textarea");
        }
        return switch (control.attr("type").toLowerCase(Locale.ROOT)) {
            case "checkbox", "radio" -> control.hasAttr("checked");
            case "submit", "button", "image", "reset", "file" -> false;
            default -> true;
        };
    }

    /** What a control holds, whether or not it would be sent; empty for a box or radio button that is off. */
    static String value(Element control) {
        return switch (control.normalName()) {
            case "select" -> selected(control);
            case "textarea" -> control.wholeText();
            case "option" -> control.hasAttr("value") ? control.attr("value") : control.text();
            default ->
                switch (control.attr("type").toLowerCase(Locale.ROOT)) {
                    case "checkbox", "radio" ->
                        !control.hasAttr("checked") ? "" : control.hasAttr("value") ? control.attr("value") : "on";
                    default -> control.attr("value");
                };
        };
    }

    private static String selected(Element select) {
        List<Element> options = options(select);
        Element chosen = null;
        for (Element option : options) {
            chosen = chosen == null || option.hasAttr("selected") ? option : chosen;
        }
        return chosen == null ? "" : value(chosen);
    }

    /** Also options that a script would write (DD-WRT does so for translated words). */
    private static List<Element> options(Element select) {
        List<Element> options = new ArrayList<>();
        for (Element each : select.select("option, script")) {
            if (each.normalName().equals("option")) {
                options.add(each);
            } else {
                String written = ScriptValue.unescaped(each.data());
                options.addAll(Jsoup.parseBodyFragment("<select>" + written + "</select>")
                        .select("option"));
            }
        }
        return options;
    }
}
