package dev.porthole.verify.internal.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What of a session description (SDP, RFC 8866) matters here. Reading never fails: cameras leave out the origin, send
 * two names, break {@code c=} and invent media types, so every line is taken for what it gives and passed over
 * otherwise.
 *
 * @param name the first {@code s=} line, or empty
 * @param control the session's {@code a=control}
 * @param media the media, in order
 */
record SessionDescription(String name, Optional<String> control, List<Media> media) {
    /** A camera describes two to four media; more is an attack on the reader. */
    private static final int MAX_MEDIA = 32;

    /** RFC 3551 section 5: of all video. */
    private static final int VIDEO_CLOCK = 90_000;

    /** RFC 3551 section 6: the payload types that need no {@code a=rtpmap} and occur in cameras. */
    private static final Map<String, String> STATIC_TYPES = Map.ofEntries(
            Map.entry("0", "PCMU"),
            Map.entry("2", "G721"),
            Map.entry("3", "GSM"),
            Map.entry("8", "PCMA"),
            Map.entry("9", "G722"),
            Map.entry("14", "MPA"),
            Map.entry("26", "JPEG"),
            Map.entry("32", "MPV"),
            Map.entry("33", "MP2T"));

    /**
     * One medium.
     *
     * @param kind {@code video}, {@code audio} or what the camera calls it, lower case
     * @param codec the encoding's name as sent, or empty where it is not told
     * @param control {@code a=control}, by which the stream is set up
     * @param formatParameters {@code a=fmtp} of the first format, names lower case
     * @param clockRate ticks of the RTP timestamp in a second, 90000 where it is not told
     * @param frameRate {@code a=framerate}, pictures in a second
     */
    record Media(
            String kind,
            String codec,
            Optional<String> control,
            Map<String, String> formatParameters,
            int clockRate,
            OptionalDouble frameRate) {
        boolean video() {
            return kind.equals("video");
        }

        boolean audio() {
            return kind.equals("audio");
        }

        /** The picture's size, from the parameter sets. */
        Optional<PictureSize> pictureSize() {
            return ParameterSets.in(this).format().map(VideoFormat::size);
        }
    }

    /** Reads a description. */
    static SessionDescription parse(String text) {
        Reading reading = new Reading();
        text.lines().map(String::strip).forEach(reading::line);
        return reading.finish();
    }

    /** Whether there is anything to play. */
    boolean playable() {
        return !media.isEmpty();
    }

    private static final class Reading {
        private final List<Media> media = new ArrayList<>();
        private String name = "";
        private Optional<String> control = Optional.empty();
        private boolean inMedia;
        private String kind = "";
        private String format = "";
        private String codec = "";
        private Optional<String> mediaControl = Optional.empty();
        private Map<String, String> parameters = new TreeMap<>();
        private int clockRate = VIDEO_CLOCK;
        private OptionalDouble frameRate = OptionalDouble.empty();

        void line(String line) {
            if (line.length() < 2 || line.charAt(1) != '=') {
                return;
            }
            String value = line.substring(2).strip();
            switch (line.charAt(0)) {
                case 's' -> name = name.isEmpty() ? value : name;
                case 'm' -> media(value);
                case 'a' -> attribute(value);
                default -> {
                    // Nothing that is needed here; cameras get most of it wrong.
                }
            }
        }

        private void media(String value) {
            flush();
            String[] parts = value.split("\\s+");
            inMedia = true;
            kind = parts[0].toLowerCase(Locale.ROOT);
            format = parts.length > 3 ? parts[3] : "";
            codec = STATIC_TYPES.getOrDefault(format, "");
            mediaControl = Optional.empty();
            parameters = new TreeMap<>();
            clockRate = VIDEO_CLOCK;
            frameRate = OptionalDouble.empty();
        }

        private void attribute(String value) {
            int colon = value.indexOf(':');
            String attribute =
                    colon < 0 ? "" : value.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String rest = value.substring(colon + 1).strip();
            switch (attribute) {
                case "control" -> control(rest);
                case "rtpmap" -> forFormat(rest).ifPresent(this::encoding);
                case "framerate", "x-framerate" -> frameRate(rest);
                case "fmtp" -> forFormat(rest).ifPresent(this::formatParameters);
                default -> {
                    // Of no use here.
                }
            }
        }

        private void control(String value) {
            if (inMedia) {
                mediaControl = mediaControl.isPresent() ? mediaControl : Optional.of(value);
            } else {
                control = control.isPresent() ? control : Optional.of(value);
            }
        }

        /** What follows the format's number, where it is the first format's. */
        private Optional<String> forFormat(String value) {
            String[] parts = value.split("\\s+", 2);
            return inMedia && parts.length == 2 && (format.isEmpty() || parts[0].equals(format))
                    ? Optional.of(parts[1])
                    : Optional.empty();
        }

        private void encoding(String map) {
            // With a limit: of separators alone nothing at all would be left.
            String[] parts = map.split("[/\\s]+", -1);
            codec = parts[0];
            boolean told = parts.length > 1 && parts[1].matches("[1-9]\\d{0,6}");
            clockRate = told ? Integer.parseInt(parts[1]) : clockRate;
        }

        private void frameRate(String value) {
            boolean told = inMedia && value.matches("\\d{1,3}(\\.\\d{1,6})?") && Double.parseDouble(value) > 0;
            frameRate = told ? OptionalDouble.of(Double.parseDouble(value)) : frameRate;
        }

        private void formatParameters(String value) {
            for (String parameter : value.split(";")) {
                int equals = parameter.indexOf('=');
                if (equals > 0) {
                    parameters.putIfAbsent(
                            parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                            parameter.substring(equals + 1).strip());
                }
            }
        }

        private void flush() {
            if (inMedia && media.size() < MAX_MEDIA) {
                media.add(new Media(kind, codec, mediaControl, Map.copyOf(parameters), clockRate, frameRate));
            }
        }

        SessionDescription finish() {
            flush();
            return new SessionDescription(name, control, List.copyOf(media));
        }
    }
}
