package dev.porthole.routers;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Any bytes as a router profile: it can be used, or its problems are told. */
public final class ProfileFuzz {
    private ProfileFuzz() {}

    /** What {@code fuzz/run} calls. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        try {
            RouterProfile.read("fuzz.yaml", new ByteArrayInputStream(bytes)).summary();
        } catch (InvalidProfileException e) {
            if (e.problems().isEmpty()) {
                throw new AssertionError("refused without a problem", e);
            }
        }
    }
}
