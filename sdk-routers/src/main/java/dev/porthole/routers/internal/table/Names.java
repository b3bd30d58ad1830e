package dev.porthole.routers.internal.table;

import dev.porthole.mapping.MappingTag;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Names of rules as routers take them: short, and without signs that their tables use themselves. */
final class Names {
    /** Our tag and one character: shorter fields cannot hold what tells our rules from foreign ones. */
    static final int SHORTEST = "porthole-x".length();

    private Names() {}

    /** A tag cut to a length so that two tags stay apart. */
    static String fitted(String tag, int maxLength) {
        String plain = tag.replaceAll("[^A-Za-z0-9.]", "-");
        if (plain.length() <= maxLength) {
            return plain;
        }
        CRC32 hash = new CRC32();
        hash.update(plain.getBytes(StandardCharsets.US_ASCII));
        String tail = Long.toString(hash.getValue() % 46_656 + 46_656, 36).substring(1);
        int room = maxLength - tail.length();
        String start = plain.substring(0, Math.max(0, Math.min(room, plain.length())));
        String cut = start + tail.substring(0, Math.min(tail.length(), maxLength - start.length()));
        // The first letters alone say that it is ours, and need the hyphen behind them.
        return MappingTag.isOurs(cut) || maxLength < SHORTEST
                ? cut
                : "porthole-" + tail.substring(0, Math.min(tail.length(), maxLength - 9));
    }
}
