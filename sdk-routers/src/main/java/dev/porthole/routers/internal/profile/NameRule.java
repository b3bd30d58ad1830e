package dev.porthole.routers.internal.profile;

import dev.porthole.mapping.MappingTag;
import java.util.Map;

/**
 * What the name of a rule may be.
 *
 * @param length the most characters
 * @param forbidden characters that it must not have
 * @param replaced characters that are written as others
 */
record NameRule(int length, String forbidden, Map<Character, Character> replaced) {
    /** Fewer characters cannot tell our tag from a name of somebody else. */
    static final int SHORTEST_TAG = "porthole:x".length();

    NameRule {
        replaced = Map.copyOf(replaced);
    }

    /** Whether our tags are still such when the router has stored them. */
    boolean tells() {
        return length >= SHORTEST_TAG && MappingTag.isOurs(fitted(MappingTag.of("camera", "rtsp")));
    }

    /** A tag as it is stored: whole, else the brief one, else what fits of it. */
    String fitted(String tag) {
        String whole = plain(tag);
        if (whole.length() <= length) {
            return whole;
        }
        String brief = plain(MappingTag.brief(tag));
        return brief.length() <= length ? brief : whole.substring(0, length);
    }

    private String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            char stored = replaced.getOrDefault(c, c);
            if (forbidden.indexOf(stored) < 0) {
                plain.append(stored);
            }
        }
        return plain.toString();
    }
}
