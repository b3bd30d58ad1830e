package dev.porthole.routers.internal.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** One field of a form, as its value is submitted; radio buttons of one name are one field. What its elements tell is
 * read when first asked for. Not thread-safe.
 */
final class Field {
    enum Type {
        TEXT,
        HIDDEN,
        CHECKBOX,
        RADIO,
        SELECT
    }

    /** One value that a select or a radio group offers. */
    record Option(String value, String text) {}

    private final Type type;
    private final String name;
    private final List<Element> members;
    private @Nullable List<Option> options;
    private @Nullable String value;
    private @Nullable String shown;

    private Field(Type type, List<Element> members) {
        this.type = type;
        this.members = List.copyOf(members);
        this.name = element().attr("name");
    }

    /** The fields among elements, in order; buttons and fields without a name or an id are none. */
    static List<Field> of(Iterable<Element> elements) {
        List<Field> fields = new ArrayList<>();
        Map<String, List<Element>> radios = new LinkedHashMap<>();
        Map<String, Integer> places = new LinkedHashMap<>();
        for (Element element : elements) {
            Optional<Type> type = typeOf(element);
            if (type.isEmpty()) {
                continue;
            }
            if (type.get() != Type.RADIO) {
                fields.add(new Field(type.get(), List.of(element)));
                continue;
            }
            List<Element> group = radios.computeIfAbsent(element.attr("name"), name -> new ArrayList<>());
            group.add(element);
            places.putIfAbsent(element.attr("name"), fields.size());
            if (group.size() == 1) {
                fields.add(new Field(Type.RADIO, group));
            }
        }
        radios.forEach((name, group) -> fields.set(places.getOrDefault(name, 0), new Field(Type.RADIO, group)));
        return fields;
    }

    /** Whether an element is a field, or a part of one. */
    static boolean is(Element element) {
        return Inside.field(element) && typeOf(element).isPresent();
    }

    private static Optional<Type> typeOf(Element element) {
        switch (element.normalName()) {
            case "select" -> {
                return Optional.of(Type.SELECT);
            }
            case "textarea" -> {
                return Optional.of(Type.TEXT);
            }
            case "input" -> {
                return switch (element.attr("type").strip().toLowerCase(Locale.ROOT)) {
                    case "checkbox" -> Optional.of(Type.CHECKBOX);
                    case "radio" -> Optional.of(Type.RADIO);
                    case "hidden" -> Optional.of(Type.HIDDEN);
                    case "submit", "button", "image", "reset", "file" -> Optional.empty();
                    default -> Optional.of(Type.TEXT);
                };
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private static List<Option> options(Type type, List<Element> members) {
        List<Option> options = new ArrayList<>();
        if (type == Type.SELECT) {
            for (Element option : Inside.all(members.get(0), Field::option)) {
                String text = option.text();
                options.add(new Option(option.hasAttr("value") ? option.attr("value") : text, text));
            }
        } else if (type == Type.RADIO) {
            for (Element radio : members) {
                options.add(new Option(radio.attr("value"), Labels.beside(radio)));
            }
        }
        return List.copyOf(options);
    }

    Type type() {
        return type;
    }

    Element element() {
        return members.get(0);
    }

    List<Element> members() {
        return members;
    }

    List<Option> options() {
        if (options == null) {
            options = options(type, members);
        }
        return options;
    }

    String name() {
        return name;
    }

    /** The name, or where it has none the id: some pages submit by script and name nothing. */
    String identifier() {
        return name().isEmpty() ? element().id() : name();
    }

    boolean hidden() {
        return type == Type.HIDDEN;
    }

    boolean password() {
        return element().attr("type").equalsIgnoreCase("password");
    }

    /** Whether a person could change it. */
    boolean writable() {
        return !hidden() && !name().isEmpty() && !disabled() && !element().hasAttr("readonly");
    }

    /** Whether a script fills it from what a person types elsewhere, and it is sent nevertheless. */
    boolean derived() {
        return type == Type.TEXT
                && !name().isEmpty()
                && !disabled()
                && element().hasAttr("readonly");
    }

    boolean disabled() {
        return members.stream().allMatch(member -> member.hasAttr("disabled"));
    }

    /** How long a text may be; a large number where the page does not say. */
    int maxLength() {
        String text = element().attr("maxlength").strip();
        return !text.isEmpty() && text.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
    }

    boolean checked() {
        return members.stream().anyMatch(member -> member.hasAttr("checked"));
    }

    /** The value that a browser would submit now; empty for an unchecked box. */
    String value() {
        if (value == null) {
            value = readValue();
        }
        return value;
    }

    private String readValue() {
        return switch (type) {
            case CHECKBOX -> checked() ? onValue() : "";
            case RADIO ->
                members.stream()
                        .filter(member -> member.hasAttr("checked"))
                        .map(member -> member.attr("value"))
                        .findFirst()
                        .orElse("");
            case SELECT -> chosen().map(Option::value).orElse("");
            case TEXT, HIDDEN ->
                element().normalName().equals("textarea")
                        ? element().wholeText()
                        : element().attr("value");
        };
    }

    /** The value as a person reads it: the words of a select, on or off for a box. */
    String shown() {
        if (shown == null) {
            shown = readShown();
        }
        return shown;
    }

    private String readShown() {
        return switch (type) {
            case CHECKBOX -> checked() ? "on" : "off";
            case RADIO ->
                options().stream()
                        .filter(option -> option.value().equals(value()))
                        .map(Option::text)
                        .findFirst()
                        .orElse("");
            case SELECT -> chosen().map(Option::text).orElse("");
            case TEXT, HIDDEN -> value();
        };
    }

    String onValue() {
        return element().hasAttr("value") ? element().attr("value") : "on";
    }

    private static boolean option(Element element) {
        return element.normalName().equals("option");
    }

    private Optional<Option> chosen() {
        List<Element> all = Inside.all(element(), Field::option);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).hasAttr("selected")) {
                return Optional.of(options().get(i));
            }
        }
        return options().isEmpty() ? Optional.empty() : Optional.of(options().get(0));
    }

    @Override
    public String toString() {
        return identifier();
    }
}
