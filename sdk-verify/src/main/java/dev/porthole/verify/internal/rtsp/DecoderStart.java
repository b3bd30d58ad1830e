package dev.porthole.verify.internal.rtsp;

import java.util.Optional;

/**
 * Whether a decoder that joins a stream could start: a parameter set or a key frame was seen, in the description or in
 * the stream. Not thread-safe.
 */
final class DecoderStart {
    private final VideoPayload reader;
    private Optional<VideoFormat> format;
    private String how;

    DecoderStart(SessionDescription.Media media) {
        ParameterSets described = ParameterSets.in(media);
        reader = VideoPayload.of(VideoCodec.of(media.codec()));
        format = described.format();
        how = described.present() ? "parameter sets in the description" : "";
    }

    /** Looks at a packet's payload. */
    void look(RtpPacket packet) {
        reader.look(packet.payload(), this);
    }

    /** A parameter set was seen in the stream. */
    void parameterSet() {
        how = how.isEmpty() ? "parameter sets in the stream" : how;
    }

    /** A sequence parameter set was seen in the stream. */
    void parameterSet(Optional<VideoFormat> told) {
        parameterSet();
        format = format.isPresent() ? format : told;
    }

    /** The picture's size was seen in the stream. */
    void size(PictureSize size) {
        format = format.isPresent() ? format : Optional.of(VideoFormat.timed(size, 0, 0));
    }

    /** The beginning of a key frame was seen. */
    void keyFrame() {
        how = how.isEmpty() ? "a key frame" : how;
    }

    /** The encoding is not known here, so what flows is taken as it is. */
    void notLookedInto() {
        how = how.isEmpty() ? "not looked for, the encoding is not known here" : how;
    }

    boolean found() {
        return !how.isEmpty();
    }

    /** From what a decoder starts, in words; empty where nothing was found. */
    String how() {
        return how;
    }

    Optional<VideoFormat> format() {
        return format;
    }
}
