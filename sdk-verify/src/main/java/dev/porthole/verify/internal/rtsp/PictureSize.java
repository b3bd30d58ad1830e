package dev.porthole.verify.internal.rtsp;

import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The size of a stream's pictures.
 *
 * @param width in pixels, cropped
 * @param height in pixels, cropped
 */
record PictureSize(int width, int height) {
    /** Larger than any camera's sensor; beyond it the parameter set was misread. */
    private static final int MAX_SIDE = 32_768;

    /** The size that the parameter sets of a description give; empty where there are none or they are broken. */
    static Optional<PictureSize> of(String codec, Map<String, String> formatParameters) {
        boolean h265 =
                codec.equalsIgnoreCase("H265") || codec.toLowerCase(Locale.ROOT).equals("hevc");
        String sets = formatParameters.getOrDefault(h265 ? "sprop-sps" : "sprop-parameter-sets", "");
        if (!h265 && !codec.equalsIgnoreCase("H264")) {
            return Optional.empty();
        }
        for (String set : sets.split(",")) {
            Optional<PictureSize> size = decode(set.strip()).flatMap(unit -> h265 ? h265(unit) : h264(unit));
            if (size.isPresent()) {
                return size;
            }
        }
        return Optional.empty();
    }

    /** The size in an H.264 sequence parameter set, with its one-byte NAL header (ITU-T H.264 section 7.3.2.1.1). */
    static Optional<PictureSize> h264(byte[] unit) {
        return unit.length > 4 && (unit[0] & 0x1F) == 7
                ? checked(() -> SequenceParameters.h264(unit))
                : Optional.empty();
    }

    /** The size in an H.265 sequence parameter set, with its two-byte NAL header (ITU-T H.265 section 7.3.2.2.1). */
    static Optional<PictureSize> h265(byte[] unit) {
        return unit.length > 15 && ((unit[0] >> 1) & 0x3F) == 33
                ? checked(() -> SequenceParameters.h265(unit))
                : Optional.empty();
    }

    private static Optional<PictureSize> checked(Supplier<PictureSize> reading) {
        try {
            PictureSize size = reading.get();
            boolean sane = size.width > 0 && size.height > 0 && size.width <= MAX_SIDE && size.height <= MAX_SIDE;
            return sane ? Optional.of(size) : Optional.empty();
        } catch (BitReader.EndException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
