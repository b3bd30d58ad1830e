package dev.porthole.verify.internal.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Any text as a session description, with the addresses and the parameter sets in it. */
public final class DescriptionFuzz {
    private static final RtspAddress ASKED =
            RtspAddress.parse("rtsp://192.168.1.64:554/main").orElseThrow();

    private DescriptionFuzz() {}

    /** What {@code fuzz/run} calls. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        SessionDescription description = SessionDescription.parse(text);
        ControlUrls urls = ControlUrls.of(ASKED, Optional.of(text), description.control());
        for (SessionDescription.Media media : description.media()) {
            ParameterSets.in(media);
            urls.of(media.control());
        }
    }
}
