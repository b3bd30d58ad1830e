package dev.porthole.routers.internal.profile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How a value is written where it stands, so that it stays one value. */
final class Escape {
    private Escape() {}

    static String xml(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&apos;");
                case '\r' -> out.append("&#13;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /** One segment of a path, RFC 3986: only unreserved characters stay. */
    static String segment(String text) {
        if (text.equals(".") || text.equals("..")) {
            // Alone these would lead to another path.
            return text.replace(".", "%2E");
        }
        return percent(text, StandardCharsets.UTF_8, "-._~", false);
    }

    /** A name or a value of a form or of a query, as browsers write it. Characters that the charset lacks become references. */
    static String form(String text, Charset charset) {
        return percent(text, charset, "-._*", true);
    }

    private static String percent(String text, Charset charset, String kept, boolean plus) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte each : bytes(text, charset)) {
            int value = each & 0xFF;
            boolean bare = value < 0x80 && (Character.isLetterOrDigit(value) || kept.indexOf(value) >= 0);
            if (bare) {
                out.append((char) value);
            } else if (plus && value == ' ') {
                out.append('+');
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", value));
            }
        }
        return out.toString();
    }

    private static byte[] bytes(String text, Charset charset) {
        if (!charset.canEncode() || charset.newEncoder().canEncode(text)) {
            return text.getBytes(charset.canEncode() ? charset : StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text.codePoints().forEach(c -> {
            String character = Character.toString(c);
            boolean there = charset.newEncoder().canEncode(character);
            bytes.writeBytes((there ? character : "&#" + c + ";").getBytes(charset));
        });
        return bytes.toByteArray();
    }
}
