package dev.porthole.verify.internal.rtsp;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Any bytes as a camera's side of an RTSP connection, replies and frames mixed. */
public final class RtspFuzz {
    private static final int MOST = 1000;

    private RtspFuzz() {}

    /** What {@code fuzz/run} calls. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        MediaWatch watch = new MediaWatch();
        for (VideoCodec codec : VideoCodec.values()) {
            watch.add(MediaProperties.track(codec));
        }
        RtspReader reader = new RtspReader(new ByteArrayInputStream(bytes), watch);
        try {
            for (int i = 0; i < MOST; i++) {
                reader.item().ifPresent(reply -> {
                    SessionDescription.parse(reply.body());
                    reply.header("Transport").ifPresent(value -> TransportReply.parse(value, 0));
                    reply.header("RTP-Info").ifPresent(RtpInfo::url);
                });
            }
        } catch (IOException e) {
            if (!(e instanceof RtspException)) {
                throw new AssertionError("no RTSP fault", e);
            }
        }
    }
}
