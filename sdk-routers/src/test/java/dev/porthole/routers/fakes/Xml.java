package dev.porthole.routers.fakes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Just enough XML for simulated routers: elements without attributes that hold text. */
final class Xml {
    private static final Pattern LEAF = Pattern.compile("<(?:\\w+:)?(\\w+)(?:>([^<]*)</(?:\\w+:)?\\1>|\\s*/>)");

    private Xml() {}

    /** The leaves in their order; of two with one name the last. */
    static Map<String, Object> leaves(String xml) {
        Map<String, Object> leaves = new LinkedHashMap<>();
        Matcher matcher = LEAF.matcher(xml);
        while (matcher.find()) {
            leaves.put(matcher.group(1), plain(matcher.group(2) == null ? "" : matcher.group(2)));
        }
        return leaves;
    }

    /** What is inside each element of a name. */
    static List<String> each(String xml, String name) {
        List<String> all = new ArrayList<>();
        Matcher matcher = Pattern.compile("<" + name + ">(.*?)</" + name + ">", Pattern.DOTALL)
                .matcher(xml);
        while (matcher.find()) {
            all.add(matcher.group(1));
        }
        return all;
    }

    static String element(String name, Object text) {
        String safe = String.valueOf(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
        return "<" + name + ">" + safe + "</" + name + ">\n";
    }

    static String elements(Map<String, Object> leaves) {
        StringBuilder text = new StringBuilder();
        leaves.forEach((name, value) -> text.append(element(name, value)));
        return text.toString();
    }

    private static String plain(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }
}
