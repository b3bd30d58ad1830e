package dev.porthole.routers.internal.table;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A list of rules packed into one text: what separates rows and what separates the fields of a row. Found by trying which
 * separators give rows of equal length, each with an address and a port.
 *
 * @param rowSeparator between or around rows; empty where the text is one row
 * @param fieldSeparator between fields
 * @param leading whether a row separator stands before the first row
 * @param trailing whether one stands after the last
 * @param field the field that holds the text; null where it is a script's
 */
record DelimitedText(
        String rowSeparator,
        String fieldSeparator,
        boolean leading,
        boolean trailing,
        @Nullable Field field) {
    private static final List<String> ROW_SEPARATORS =
            List.of("\n", "<", ">", ";", "|", "#", "@", "&", "^", "$", "~", "!", "%0a", " ", ",", "/");
    private static final List<String> FIELD_SEPARATORS =
            List.of(",", ">", "<", ";", "|", "\t", "/", "^", "~", "#", "@", "$", ":", "-", " ");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final int MIN_FIELDS = 4;
    private static final int MAX_FIELDS = 24;
    private static final int MAX_ROWS = 1000;

    /** 500 rules of 100 characters. */
    private static final int MAX_TEXT = 50_000;

    /** A list of which the order of fields is known by its name. */
    private static final Map<String, List<String>> KNOWN = known();

    /** Text and how it was split. */
    record Split(DelimitedText format, List<List<String>> rows) {}

    private static Map<String, List<String>> known() {
        Map<String, List<String>> known = new LinkedHashMap<>();
        // ASUSWRT's Advanced_VirtualServer_Content.asp.
        known.put(
                "vts_rulelist",
                List.of("Service Name", "External Port", "Internal IP", "Internal Port", "Protocol", "Source IP"));
        // Tomato's forward.asp.
        known.put(
                "portforward",
                List.of(
                        "Enabled",
                        "Protocol",
                        "Source IP",
                        "External Port",
                        "Internal Port",
                        "Internal IP",
                        "Description"));
        return known;
    }

    /** The headers of a list of this name, where its format is public. */
    static List<String> headersOf(String name) {
        int dot = name.lastIndexOf('.');
        return KNOWN.getOrDefault(name.substring(dot + 1).replaceAll("_array$", ""), List.of());
    }

    /** A script's text with the signs that ASUSWRT writes as numbers or in the way of URLs; they have no end of their own. */
    static String plainSigns(String text) {
        if (text.indexOf("&#6") >= 0) {
            return text.replace("&#60", "<").replace("&#62", ">");
        }
        if (text.indexOf("%3C") < 0 && text.indexOf("%3E") < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Splits a text; empty where no separators give rows of port mappings. */
    static Optional<Split> split(String text, @Nullable Field field) {
        if (text.length() < 9
                || text.length() > MAX_TEXT
                || !ADDRESS.matcher(text).find()) {
            return Optional.empty();
        }
        Split best = null;
        for (String row : ROW_SEPARATORS) {
            if (!text.contains(row)) {
                continue;
            }
            for (String inner : FIELD_SEPARATORS) {
                if (!inner.equals(row) && text.contains(inner)) {
                    best = better(best, attempt(text, row, inner, field));
                }
            }
        }
        for (String inner : FIELD_SEPARATORS) {
            if (text.contains(inner)) {
                best = better(best, attempt(text, "", inner, field));
            }
        }
        return Optional.ofNullable(best);
    }

    private static @Nullable Split better(@Nullable Split one, @Nullable Split other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        int rows = Integer.compare(other.rows().size(), one.rows().size());
        return rows > 0 || rows == 0 && width(other) > width(one) ? other : one;
    }

    private static int width(Split split) {
        return split.rows().get(0).size();
    }

    private static @Nullable Split attempt(String text, String row, String inner, @Nullable Field field) {
        boolean leading = !row.isEmpty() && text.startsWith(row);
        boolean trailing = !row.isEmpty() && text.endsWith(row) && text.length() > row.length();
        String core = text.substring(leading ? row.length() : 0, text.length() - (trailing ? row.length() : 0));
        String[] parts = row.isEmpty() ? new String[] {core} : core.split(Pattern.quote(row), -1);
        if (parts.length > MAX_ROWS) {
            return null;
        }
        List<List<String>> rows = new ArrayList<>();
        int width = -1;
        for (String part : parts) {
            List<String> fields = List.of(part.split(Pattern.quote(inner), -1));
            if (width < 0) {
                width = fields.size();
            }
            // ASUSWRT writes five fields or six.
            if (Math.abs(fields.size() - width) > 1 || !mapping(fields)) {
                return null;
            }
            rows.add(fields);
        }
        return new Split(new DelimitedText(row, inner, leading, trailing, field), rows);
    }

    private static boolean mapping(List<String> fields) {
        if (fields.size() < MIN_FIELDS || fields.size() > MAX_FIELDS) {
            return false;
        }
        boolean address = fields.stream().anyMatch(Values::isPrivateAddress);
        boolean port = fields.stream().map(Values::ports).anyMatch(ports -> !ports.isEmpty());
        return address && port && fields.stream().allMatch(DelimitedText::plain);
    }

    private static boolean plain(String value) {
        return value.length() <= 80 && value.indexOf('\n') < 0 && value.indexOf('=') < 0;
    }

    /** Packs a row's fields. */
    String packed(List<String> fields) {
        return String.join(fieldSeparator, fields);
    }

    /** The whole text after rows were added or dropped; rows kept are kept byte by byte. */
    String joined(List<String> packedRows) {
        if (packedRows.isEmpty()) {
            return "";
        }
        return (leading ? rowSeparator : "") + String.join(rowSeparator, packedRows) + (trailing ? rowSeparator : "");
    }

    /** Whether a value can be packed without being cut in two. */
    boolean holds(String value) {
        return !value.contains(fieldSeparator) && (rowSeparator.isEmpty() || !value.contains(rowSeparator));
    }
}
