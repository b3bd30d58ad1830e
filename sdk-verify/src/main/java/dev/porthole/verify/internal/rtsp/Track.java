package dev.porthole.verify.internal.rtsp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** A medium that was set up, and what came of it. Not thread-safe. */
final class Track {
    private final SessionDescription.Media media;
    private final TransportReply transport;
    private final RtpFlow flow = new RtpFlow();
    private final DecoderStart start;
    private long reports;
    private long garbled;

    Track(SessionDescription.Media media, TransportReply transport) {
        this.media = media;
        this.transport = transport;
        this.start = new DecoderStart(media);
    }

    /** Whether frames of a channel are this medium's. */
    boolean uses(int channel) {
        return channel == transport.rtpChannel() || channel == transport.rtcpChannel();
    }

    void take(ByteBuffer frame, int length, long now) {
        if (RtpPacket.isControl(frame)) {
            reports++;
            return;
        }
        Optional<RtpPacket> packet = RtpPacket.parse(frame);
        if (packet.isEmpty()) {
            garbled++;
            return;
        }
        flow.take(packet.get(), length, now);
        if (media.video()) {
            start.look(packet.get());
        }
    }

    /** Whether it flowed for long enough and a decoder could start. */
    boolean passes(Duration time) {
        return flow.packets() > 1 && flow.lasted().compareTo(time) >= 0 && (!media.video() || start.found());
    }

    SessionDescription.Media media() {
        return media;
    }

    RtpFlow flow() {
        return flow;
    }

    DecoderStart start() {
        return start;
    }

    /** RTCP packets. */
    long reports() {
        return reports;
    }

    /** Packets that are neither RTP nor RTCP. */
    long garbled() {
        return garbled;
    }
}
