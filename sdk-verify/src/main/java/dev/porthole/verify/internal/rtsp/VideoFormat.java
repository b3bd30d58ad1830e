package dev.porthole.verify.internal.rtsp;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * What a sequence parameter set tells of the pictures.
 *
 * @param size their size
 * @param rate how many there are in a second; empty where the set does not tell
 */
record VideoFormat(PictureSize size, OptionalDouble rate) {
    /** Larger than any camera's sensor; beyond it the parameter set was misread. */
    private static final int MAX_SIDE = 32_768;

    /** Faster than any camera; beyond it the timing is a placeholder. */
    private static final double MAX_RATE = 240;

    /**
     * A format with its timing as the sets have it.
     *
     * @param units in a tick, 0 where the set does not tell
     * @param scale ticks in a second
     */
    static VideoFormat timed(PictureSize size, long units, long scale) {
        double rate = units == 0 ? 0 : (double) scale / units;
        return new VideoFormat(size, rate > 0 && rate <= MAX_RATE ? OptionalDouble.of(rate) : OptionalDouble.empty());
    }

    /** Reads an H.264 sequence parameter set, with its one-byte NAL header (ITU-T H.264 section 7.3.2.1.1). */
    static Optional<VideoFormat> h264(byte[] unit) {
        return unit.length > 4 && (unit[0] & 0x1F) == 7
                ? checked(() -> SequenceParameters.h264(unit))
                : Optional.empty();
    }

    /** Reads an H.265 sequence parameter set, with its two-byte NAL header (ITU-T H.265 section 7.3.2.2.1). */
    static Optional<VideoFormat> h265(byte[] unit) {
        return unit.length > 15 && ((unit[0] >> 1) & 0x3F) == 33
                ? checked(() -> SequenceParameters.h265(unit))
                : Optional.empty();
    }

    private static Optional<VideoFormat> checked(Supplier<VideoFormat> reading) {
        try {
            VideoFormat format = reading.get();
            int width = format.size().width();
            int height = format.size().height();
            boolean sane = width > 0 && height > 0 && width <= MAX_SIDE && height <= MAX_SIDE;
            return sane ? Optional.of(format) : Optional.empty();
        } catch (BitReader.EndException e) {
            return Optional.empty();
        }
    }
}
