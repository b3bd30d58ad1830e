package dev.porthole.verify.internal.rtsp;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An RTP packet (RFC 3550 section 5.1).
 *
 * @param sequence 0 to 65535
 * @param timestamp in ticks of the medium's clock
 * @param source the synchronisation source (SSRC)
 * @param payload what of it was kept; valid as long as the frame it came in
 */
record RtpPacket(int sequence, int timestamp, int source, ByteBuffer payload) {
    private static final int HEADER = 12;

    /** RFC 5761 section 4: packet types of RTCP stand where RTP has marker and payload type, and these are not used. */
    static boolean isControl(ByteBuffer frame) {
        return frame.remaining() >= 2 && (frame.get(1) & 0xFF) >= 192 && (frame.get(1) & 0xFF) <= 223;
    }

    /** The packet in a frame; empty where it is none. */
    static Optional<RtpPacket> parse(ByteBuffer frame) {
        if (frame.remaining() < HEADER || (frame.get(0) & 0xC0) != 0x80) {
            return Optional.empty();
        }
        int start = HEADER + 4 * (frame.get(0) & 0x0F);
        if ((frame.get(0) & 0x10) != 0) {
            if (frame.remaining() < start + 4) {
                return Optional.empty();
            }
            start += 4 + 4 * (frame.getShort(start + 2) & 0xFFFF);
        }
        if (frame.remaining() < start) {
            return Optional.empty();
        }
        return Optional.of(new RtpPacket(
                frame.getShort(2) & 0xFFFF,
                frame.getInt(4),
                frame.getInt(8),
                frame.slice(start, frame.remaining() - start)));
    }
}
