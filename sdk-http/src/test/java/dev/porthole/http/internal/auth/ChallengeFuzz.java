package dev.porthole.http.internal.auth;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any bytes as the header fields by which a device asks for a login. */
public final class ChallengeFuzz {
    private ChallengeFuzz() {}

    /** What {@code fuzz/run} calls. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        ChallengeParser.parse(List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n")));
    }
}
