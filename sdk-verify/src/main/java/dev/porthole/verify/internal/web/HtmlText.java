package dev.porthole.verify.internal.web;

import java.util.Optional;

/**
 * Finds in a page the few things that matter here, by plain searching: pages of devices are broken too often to parse,
 * and a search costs no more than the page's length, whatever it holds.
 */
final class HtmlText {
    /** Longer titles are text that was not meant as one. */
    private static final int MAX_TITLE = 300;

    /** A page that only redirects is short. */
    private static final int MAX_REDIRECT_PAGE = 4096;

    private static final String[] SCRIPTED = {"location.href", "location.replace(", "window.location", "top.location"};

    private final String text;
    private final String lower;

    HtmlText(String text) {
        this.text = text;
        this.lower = lower(text);
    }

    /** ASCII letters only, so that an index into one text is an index into the other. */
    private static String lower(String text) {
        char[] letters = text.toCharArray();
        for (int i = 0; i < letters.length; i++) {
            if (letters[i] >= 'A' && letters[i] <= 'Z') {
                letters[i] = (char) (letters[i] + ('a' - 'A'));
            }
        }
        return new String(letters);
    }

    /** The title on one line, or empty. */
    String title() {
        int tag = lower.indexOf("<title");
        int start = tag < 0 ? -1 : lower.indexOf('>', tag);
        int end = start < 0 ? -1 : lower.indexOf("</", start);
        if (end < 0 || end >= text.length()) {
            return "";
        }
        String title = text.substring(start + 1, Math.min(end, start + 1 + MAX_TITLE));
        return title.replace("&amp;", "&")
                .replace("&nbsp;", " ")
                .replace("&reg;", "®")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** Whether there is a field for a password. */
    boolean passwordField() {
        int end;
        for (int tag = lower.indexOf("<input"); tag >= 0; tag = lower.indexOf("<input", end)) {
            end = lower.indexOf('>', tag);
            if (end < 0) {
                return false;
            }
            String input = lower.substring(tag, end).replaceAll("[\\s\"']+", "");
            if (input.contains("type=password")) {
                return true;
            }
        }
        return false;
    }

    /** Where a page without a title of its own leads on to, by a refresh or a line of script. */
    Optional<String> refresh() {
        if (text.length() > MAX_REDIRECT_PAGE || passwordField()) {
            return Optional.empty();
        }
        int meta = lower.indexOf("http-equiv");
        int url = meta < 0 || !lower.startsWith("refresh", meta + 11 + skipped(meta + 11))
                ? -1
                : lower.indexOf("url=", meta);
        if (url >= 0) {
            return value(url + 4);
        }
        for (String script : SCRIPTED) {
            int at = lower.indexOf(script);
            if (at >= 0) {
                return value(at + script.length());
            }
        }
        return Optional.empty();
    }

    private int skipped(int from) {
        int at = from;
        while (at < lower.length() && " \"'=".indexOf(lower.charAt(at)) >= 0) {
            at++;
        }
        return at - from;
    }

    /** A URL that begins near an index, with or without quotes; only what stands there in full, not what script adds. */
    private Optional<String> value(int from) {
        int start = from + skipped(from);
        int end = start;
        while (end < text.length() && " \t\r\n\"'>;)".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String value = text.substring(start, end);
        return value.startsWith("/") || value.contains("://") || value.matches("[\\w.-]+\\.\\w+([?#].*)?")
                ? Optional.of(value)
                : Optional.empty();
    }
}
