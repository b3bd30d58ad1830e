package dev.porthole.verify.internal.rtsp;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The parameter sets in a description, without which a decoder must wait for those in the stream.
 *
 * @param present whether there are any that a decoder could use
 * @param format what they tell of the pictures
 */
record ParameterSets(boolean present, Optional<VideoFormat> format) {
    private static final ParameterSets NONE = new ParameterSets(false, Optional.empty());

    static ParameterSets in(SessionDescription.Media media) {
        Map<String, String> parameters = media.formatParameters();
        return switch (VideoCodec.of(media.codec())) {
            case H264 -> of(units(parameters.getOrDefault("sprop-parameter-sets", "")), false);
            case H265 -> of(units(parameters.getOrDefault("sprop-sps", "")), true);
            case MPEG4 ->
                new ParameterSets(parameters.getOrDefault("config", "").length() >= 8, Optional.empty());
            case JPEG -> size(parameters);
            case OTHER -> NONE;
        };
    }

    private static ParameterSets of(List<byte[]> units, boolean h265) {
        Optional<VideoFormat> format = units.stream()
                .flatMap(unit -> (h265 ? VideoFormat.h265(unit) : VideoFormat.h264(unit)).stream())
                .findFirst();
        return new ParameterSets(format.isPresent(), format);
    }

    private static List<byte[]> units(String sets) {
        return Arrays.stream(sets.split(","))
                .flatMap(set -> decode(set.strip()).stream())
                .toList();
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** JPEG has no parameter sets; some cameras tell the size in {@code x-dimensions}. */
    private static ParameterSets size(Map<String, String> parameters) {
        String[] sides = parameters
                .getOrDefault("x-dimensions", "")
                .toLowerCase(Locale.ROOT)
                .split("[,x]");
        boolean told = sides.length == 2
                && Arrays.stream(sides).allMatch(side -> side.strip().matches("[1-9]\\d{0,4}"));
        return told
                ? new ParameterSets(
                        false,
                        Optional.of(new VideoFormat(
                                new PictureSize(Integer.parseInt(sides[0].strip()), Integer.parseInt(sides[1].strip())),
                                OptionalDouble.empty())))
                : NONE;
    }
}
