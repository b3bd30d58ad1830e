package dev.porthole.verify.internal.rtsp;

import java.nio.ByteBuffer;

/** Takes the interleaved frames of a connection (RFC 2326 section 10.12) as they come. */
@FunctionalInterface
interface FrameSink {
    /** Drops what comes. */
    FrameSink NONE = (channel, start, length) -> {};

    /**
     * One frame.
     *
     * @param channel 0 to 255
     * @param start the frame's first bytes, all of them unless it is very long; valid during the call only
     * @param length how long the frame is, up to 65535
     */
    void frame(int channel, ByteBuffer start, int length);
}
