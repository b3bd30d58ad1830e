package dev.porthole.routers.internal.table;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Element;

/**
 * The scripts that a router's pages keep in files of their own, as far as they were fetched: data, words and small functions
 * that a page's own scripts refer to. Not thread-safe.
 */
final class Libraries {
    private static final int MAX_FILES = 8;

    /** Larger ones are frameworks, not data. */
    private static final int MAX_LENGTH = 512 << 10;

    private static final String FRAMEWORKS =
            ".*(jquery|bootstrap|angular|vue|react|chart|\\.min\\.|polyfill|prototype).*";

    private final Map<URI, String> texts = new HashMap<>();

    /** The files of a page that were not fetched yet and may matter. */
    List<URI> missing(Page page) {
        List<URI> missing = new ArrayList<>();
        for (Element script : page.document().select("script[src]")) {
            Optional<URI> uri = page.resolve(script.attr("src"));
            boolean wanted = uri.isPresent()
                    && !texts.containsKey(uri.get())
                    && !missing.contains(uri.get())
                    && !uri.get().getPath().toLowerCase(Locale.ROOT).matches(FRAMEWORKS)
                    && !Phrases.DANGER.inIdentifier(uri.get().getPath().replaceAll("^.*/", ""));
            if (wanted && texts.size() + missing.size() < MAX_FILES) {
                missing.add(uri.get());
            }
        }
        return missing;
    }

    /** Files without a function hold data, which changes with each write. */
    List<URI> changing() {
        return texts.entrySet().stream()
                .filter(file -> !file.getValue().contains("function"))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Keeps a file; one that is too large, or could not be had, counts as empty. */
    void keep(URI uri, String text) {
        texts.put(uri, text.length() <= MAX_LENGTH && !text.stripLeading().startsWith("<") ? text : "");
    }

    /** What a script element's {@code src} leads to; empty where it was not fetched. */
    Optional<String> text(URI page, String source) {
        return texts.isEmpty()
                ? Optional.empty()
                : Addresses.resolve(page, source).map(texts::get).filter(text -> !text.isEmpty());
    }
}
