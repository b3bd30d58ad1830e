package dev.porthole.routers.internal.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * How a value is found in an answer. Immutable.
 *
 * @param from in which part
 * @param name which field, header, cookie, variable or place there; empty for the whole body
 * @param after what stands before the value within that; empty for its beginning
 * @param before what stands after the value; empty for the end
 * @param decoders how it is decoded, in order
 * @param meanings what found values stand for; any other is not found; empty where a value stands for itself
 * @param otherwise the value where nothing is found
 */
record Extraction(
        From from,
        String name,
        String after,
        String before,
        List<String> decoders,
        Map<String, String> meanings,
        Optional<String> otherwise) {
    /** The parts of an answer. */
    enum From {
        BODY,
        JSON,
        XML,
        FIELD,
        LABEL,
        HEADER,
        COOKIE,
        VARIABLE
    }

    Extraction {
        decoders = List.copyOf(decoders);
        meanings = Map.copyOf(meanings);
    }

    /** For a profile that does not say where, which is told as a problem. */
    static Extraction nowhere() {
        return new Extraction(From.BODY, "", "", "", List.of(), Map.of(), Optional.empty());
    }

    /** The value; empty where it is not there. */
    Optional<String> in(Seen seen) {
        Optional<String> found = part(seen).flatMap(this::cut);
        for (String decoder : decoders) {
            found = found.flatMap(text -> Functions.decode(decoder, text));
        }
        if (!meanings.isEmpty()) {
            found = found.map(String::strip).map(meanings::get);
        }
        return found.or(this::otherwise);
    }

    private Optional<String> part(Seen seen) {
        return switch (from) {
            case BODY -> Optional.of(seen.text());
            case JSON -> seen.json().flatMap(json -> Place.text(Place.of(name).in(json)));
            case XML -> seen.xml().flatMap(root -> Place.of(name).textIn(root));
            case FIELD -> field(seen);
            case LABEL -> label(seen);
            case HEADER ->
                Optional.of(String.join("\n", seen.reply().headers().all(name))).filter(text -> !text.isEmpty());
            case COOKIE -> cookie(seen);
            case VARIABLE ->
                ScriptValue.of(seen.text(), name)
                        .filter(String.class::isInstance)
                        .map(String.class::cast);
        };
    }

    private Optional<String> field(Seen seen) {
        for (Element element : seen.html().select("input, select, textarea, meta")) {
            if (element.attr("name").equals(name)) {
                return Optional.of(
                        element.normalName().equals("meta") ? element.attr("content") : Controls.value(element));
            }
        }
        return Optional.empty();
    }

    /** The text right before a control: "192.168.1." before the field for the last part of an address. */
    private Optional<String> label(Seen seen) {
        for (Element element : Controls.all(seen.html())) {
            if (element.attr("name").equals(name) && element.previousSibling() instanceof TextNode text) {
                return Optional.of(text.text().strip());
            }
        }
        return Optional.empty();
    }

    private Optional<String> cookie(Seen seen) {
        return seen.reply().headers().all("Set-Cookie").stream()
                .map(field -> field.split(";", 2)[0].strip())
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .reduce((first, second) -> second);
    }

    private Optional<String> cut(String text) {
        int start = 0;
        if (!after.isEmpty()) {
            int found = text.indexOf(after);
            if (found < 0) {
                return Optional.empty();
            }
            start = found + after.length();
        }
        int end = before.isEmpty() ? text.length() : text.indexOf(before, start);
        return end < 0 ? Optional.empty() : Optional.of(text.substring(start, end));
    }

    /** For messages: what was looked for. */
    String described() {
        String where = switch (from) {
            case BODY -> "its text";
            case JSON -> "its JSON at " + name;
            case XML -> "its XML at " + name;
            case FIELD -> "its form field " + name;
            case LABEL -> "the text before its form field " + name;
            case HEADER -> "its header " + name;
            case COOKIE -> "its cookie " + name;
            case VARIABLE -> "its script variable " + name;
        };
        return decoders.isEmpty() ? where : where + " (" + String.join(", ", decoders) + ")";
    }
}
