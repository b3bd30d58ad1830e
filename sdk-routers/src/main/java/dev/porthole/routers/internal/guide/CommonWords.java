package dev.porthole.routers.internal.guide;

import java.util.LinkedHashMap;
import java.util.Map;

/** The words that all guides share, by key. Immutable. */
public final class CommonWords {
    private final Map<String, String> words;

    private CommonWords(Map<String, String> words) {
        this.words = words;
    }

    /**
     * Reads the words.
     *
     * @param text the file {@code common.txt}
     * @return the words
     * @throws IllegalArgumentException where it is not in the format
     */
    public static CommonWords parse(String text) {
        Map<String, String> words = new LinkedHashMap<>();
        GuideLine.parse("common.txt", text).forEach(line -> words.put(line.key(), line.value()));
        return new CommonWords(words);
    }

    /**
     * Replaces some of the words.
     *
     * @param text a file in which the others may be missing
     * @return the changed words
     * @throws IllegalArgumentException where it is not in the format, or has a key that is not known
     */
    public CommonWords overlaid(String text) {
        Map<String, String> more = new LinkedHashMap<>(words);
        for (GuideLine line : GuideLine.parse("common.txt", text)) {
            if (more.put(line.key(), line.value()) == null) {
                throw line.invalid("'" + line.key() + "' is not a key of common.txt");
            }
        }
        return new CommonWords(more);
    }

    /**
     * Whether there are words.
     *
     * @param key which
     * @return true where there are
     */
    public boolean has(String key) {
        return words.containsKey(key);
    }

    /**
     * Words.
     *
     * @param key which
     * @return the words, with placeholders
     * @throws IllegalArgumentException where there are none
     */
    public String get(String key) {
        String text = words.get(key);
        if (text == null) {
            throw new IllegalArgumentException("common.txt has no '" + key + "'");
        }
        return text;
    }
}
