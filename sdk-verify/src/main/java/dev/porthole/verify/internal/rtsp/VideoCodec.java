package dev.porthole.verify.internal.rtsp;

import java.util.Locale;

/** How video is encoded, as far as it matters for finding what a decoder starts from. */
enum VideoCodec {
    H264,
    H265,
    /** MPEG-4 part 2. */
    MPEG4,
    /** Every picture stands for itself. */
    JPEG,
    /** Not looked into. */
    OTHER;

    /** By the name that a description gives. */
    static VideoCodec of(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "H264" -> H264;
            case "H265", "HEVC" -> H265;
            case "MP4V-ES" -> MPEG4;
            case "JPEG" -> JPEG;
            default -> OTHER;
        };
    }
}
