package dev.porthole.verify.internal.rtsp;

import java.nio.ByteBuffer;

/** Any bytes as media of each codec. */
public final class MediaFuzz {
    private MediaFuzz() {}

    /** What {@code fuzz/run} calls. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        for (VideoCodec codec : VideoCodec.values()) {
            MediaProperties.track(codec).take(ByteBuffer.wrap(bytes), bytes.length, 0);
            VideoPayload.of(codec).look(ByteBuffer.wrap(bytes), new DecoderStart(MediaProperties.media(codec.name())));
        }
        VideoFormat.h264(bytes);
        VideoFormat.h265(bytes);
    }
}
