package dev.porthole.http.internal;

/** Text that a device sent, made fit for messages and logs. */
public final class DeviceText {
    private DeviceText() {}

    /**
     * One line of visible characters.
     *
     * @param text untrusted
     * @param max the most characters to keep
     * @return without control, format and line-breaking characters, runs of white space joined, cut at the limit
     */
    public static String oneLine(String text, int max) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), max));
        boolean space = false;
        for (int i = 0; i < text.length() && line.length() < max; i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = !line.isEmpty();
            } else if (visible(c)) {
                if (space && line.length() < max - 1) {
                    line.append(' ');
                }
                space = false;
                line.append(c);
            }
        }
        return line.toString();
    }

    /** Surrogates are dropped too: half of one could be left at the limit. */
    private static boolean visible(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }

    /**
     * The start of a body, for a message.
     *
     * @param body what a device sent
     * @return at most 80 visible characters in quotes, or a word for nothing
     */
    public static String excerpt(byte[] body) {
        String start = new String(body, 0, Math.min(body.length, 200), java.nio.charset.StandardCharsets.ISO_8859_1);
        String line = oneLine(start, 80);
        return line.isEmpty() ? "nothing" : "'" + line + "'";
    }
}
