package dev.porthole.routers.internal.guide;

import java.util.ArrayList;
import java.util.List;

/**
 * A line {@code key: value} of a guide, with the indented lines that belong to it.
 *
 * @param place file and line, for messages
 * @param key before the colon
 * @param value behind it
 * @param under the indented lines below
 */
record GuideLine(String place, String key, String value, List<String> under) {
    /** More was never needed; a file that is none is refused early. */
    private static final int MOST_LINES = 2000;

    /**
     * Reads a file's lines.
     *
     * @param source the file's name, for messages
     * @param text the file
     * @return the lines without comments
     * @throws IllegalArgumentException where a line is no {@code key: value}
     */
    static List<GuideLine> parse(String source, String text) {
        List<GuideLine> lines = new ArrayList<>();
        List<String> raw = text.lines().toList();
        if (raw.size() > MOST_LINES) {
            throw new IllegalArgumentException(source + " is too long for a guide; more than " + MOST_LINES + " lines");
        }
        for (int i = 0; i < raw.size(); i++) {
            String line = raw.get(i);
            String place = source + ":" + (i + 1);
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0))) {
                if (lines.isEmpty()) {
                    throw new IllegalArgumentException(place + ": an indented line belongs to one above it");
                }
                lines.get(lines.size() - 1).under().add(line.strip());
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException(place + ": write 'key: value'");
            }
            lines.add(new GuideLine(
                    place,
                    line.substring(0, colon).strip(),
                    line.substring(colon + 1).strip(),
                    new ArrayList<>()));
        }
        return lines;
    }

    IllegalArgumentException invalid(String why) {
        return new IllegalArgumentException(place + ": " + why);
    }
}
