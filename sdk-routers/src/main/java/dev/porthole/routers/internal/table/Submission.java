package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.RouterRequest;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jspecify.annotations.Nullable;

/**
 * A form about to be submitted as a browser does it (HTML, "constructing the entry list"): all fields in the page's
 * order, hidden ones and tokens too, disabled ones and unchecked boxes left out, the pressed button alone of the buttons.
 * What is not set keeps the value that the page came with. Not thread-safe.
 */
final class Submission {
    private static final String BOUNDARY = "----porthole7MA4YWxkTrZu0gW";

    private final Page page;
    private final FormElement form;
    private final Map<Element, String> values = new IdentityHashMap<>();
    private final Map<Element, Boolean> checks = new IdentityHashMap<>();
    private final Map<String, String> byName = new LinkedHashMap<>();
    private String action;

    Submission(Page page, FormElement form) {
        this.page = page;
        this.form = form;
        this.action = form.attr("action");
    }

    FormElement form() {
        return form;
    }

    /** Types a text into a field or chooses a value of a select or a radio group. */
    Submission set(Field field, String value) {
        if (field.type() == Field.Type.RADIO) {
            field.members()
                    .forEach(member -> checks.put(member, member.attr("value").equals(value)));
        } else {
            values.put(field.element(), value);
        }
        return this;
    }

    Submission check(Field field, boolean on) {
        checks.put(field.element(), on);
        return this;
    }

    /** What a script of the page would have put in, and where it would have sent the form. */
    Submission apply(ScriptAction script) {
        byName.putAll(script.values());
        script.action().ifPresent(target -> action = target);
        return this;
    }

    /** The values that would be sent, in order. */
    List<Map.Entry<String, String>> entries(@Nullable Element pressed) {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        for (Element element : form.elements()) {
            String name = element.attr("name");
            if (name.isEmpty() || element.hasAttr("disabled") || element.closest("fieldset[disabled]") != null) {
                continue;
            }
            add(entries, element, name, pressed);
        }
        byName.forEach((name, value) -> {
            if (entries.stream().noneMatch(entry -> entry.getKey().equals(name))
                    && form.elements().stream()
                            .noneMatch(element -> element.attr("name").equals(name))) {
                entries.add(Map.entry(name, value));
            }
        });
        return entries;
    }

    private void add(List<Map.Entry<String, String>> entries, Element element, String name, @Nullable Element pressed) {
        String type = element.attr("type").strip().toLowerCase(Locale.ROOT);
        String tag = element.normalName();
        boolean button = tag.equals("button") || type.matches("submit|button|reset|image");
        if (button) {
            if (element == pressed && type.equals("image")) {
                entries.add(Map.entry(name + ".x", "1"));
                entries.add(Map.entry(name + ".y", "1"));
            } else if (element == pressed && !type.equals("button")) {
                entries.add(Map.entry(name, byName.getOrDefault(name, element.attr("value"))));
            }
        } else if (type.matches("checkbox|radio")) {
            if (checks.getOrDefault(element, element.hasAttr("checked"))) {
                entries.add(Map.entry(name, element.hasAttr("value") ? element.attr("value") : "on"));
            }
        } else if (tag.equals("select") && element.hasAttr("multiple")) {
            element.select("option[selected]")
                    .forEach(option -> entries.add(
                            Map.entry(name, option.hasAttr("value") ? option.attr("value") : option.text())));
        } else if (!type.equals("file") && tag.matches("input|select|textarea")) {
            String own = Field.of(List.of(element)).get(0).value();
            String set = values.get(element);
            entries.add(Map.entry(name, set != null ? set : byName.getOrDefault(name, own)));
        }
    }

    /**
     * The request that a browser would send.
     *
     * @param pressed the button; null where a script submits or there is none
     * @throws NotUnderstoodException where the form leads to another host or nowhere
     */
    RouterRequest request(@Nullable Element pressed) throws NotUnderstoodException {
        String target = pressed != null && pressed.hasAttr("formaction") ? pressed.attr("formaction") : action;
        URI uri = page.resolve(target)
                .orElseThrow(() -> NotUnderstoodException.needsScript(
                        "the form on " + page.name() + " is sent by a script, or to another host"));
        List<Map.Entry<String, String>> entries = entries(pressed);
        if (!form.attr("method").strip().equalsIgnoreCase("post")) {
            String path = uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
            return from(page, RouterRequest.get(path + "?" + encoded(entries)));
        }
        if (form.attr("enctype").strip().equalsIgnoreCase("multipart/form-data")) {
            return from(
                    page,
                    RouterRequest.post(
                            uri.toString(), "multipart/form-data; boundary=" + BOUNDARY, multipart(entries)));
        }
        byte[] body = encoded(entries).getBytes(StandardCharsets.US_ASCII);
        return from(page, RouterRequest.post(uri.toString(), "application/x-www-form-urlencoded", body));
    }

    /** A request as a browser sends it from a page: many routers answer only where the Referer is their own. */
    static RouterRequest from(Page page, RouterRequest request) {
        RouterRequest sent = request.with("Referer", page.uri().toString());
        Element token = page.document().selectFirst("meta[name~=(?i)^_?(csrf|xsrf)[-_]?token$][content]");
        return token == null
                ? sent
                : sent.with("X-CSRF-Token", token.attr("content").replaceAll("[^\\x21-\\x7E]", ""));
    }

    private String encoded(List<Map.Entry<String, String>> entries) {
        Charset charset = charset();
        List<String> pairs = new ArrayList<>();
        for (Map.Entry<String, String> entry : entries) {
            pairs.add(URLEncoder.encode(encodable(entry.getKey(), charset), charset) + "="
                    + URLEncoder.encode(encodable(lines(entry.getValue()), charset), charset));
        }
        return String.join("&", pairs);
    }

    /** As browsers do: what the page's charset has no sign for goes as a character reference. */
    private static String encodable(String text, Charset charset) {
        if (!charset.canEncode() || charset.newEncoder().canEncode(text)) {
            return text;
        }
        StringBuilder replaced = new StringBuilder();
        text.codePoints().forEach(c -> {
            String sign = Character.toString(c);
            replaced.append(charset.newEncoder().canEncode(sign) ? sign : "&#" + c + ";");
        });
        return replaced.toString();
    }

    private byte[] multipart(List<Map.Entry<String, String>> entries) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Charset charset = charset();
        for (Map.Entry<String, String> entry : entries) {
            String name = entry.getKey().replace("\"", "%22").replaceAll("[\r\n]", "");
            String part = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n"
                    + lines(entry.getValue()) + "\r\n";
            body.writeBytes(part.getBytes(charset));
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(charset));
        return body.toByteArray();
    }

    private static String lines(String value) {
        return value.replaceAll("\r?\n", "\r\n");
    }

    private Charset charset() {
        String accepted = form.attr("accept-charset").strip().split("[ ,]")[0];
        try {
            return accepted.isEmpty() ? page.charset() : Charset.forName(accepted);
        } catch (IllegalArgumentException e) {
            return page.charset();
        }
    }
}
