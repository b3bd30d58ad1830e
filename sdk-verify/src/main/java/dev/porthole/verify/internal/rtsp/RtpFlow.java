package dev.porthole.verify.internal.rtsp;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The RTP packets of one medium as they come in: one source (SSRC) with increasing sequence numbers (RFC 3550 section
 * 5.1). A new source, or one whose numbers start again, begins a new flow. Not thread-safe.
 */
final class RtpFlow {
    /** RFC 3550 appendix A.1: numbers that go back by more are a source that started again. */
    private static final int MAX_MISORDER = 100;

    /** Numbers that jump ahead by more were not lost on the way: over TCP nothing is. */
    private static final int MAX_DROPOUT = 3000;

    private @Nullable RtpPacket last;
    private long firstAt;
    private long lastAt;
    private long packets;
    private long bytes;
    private long gaps;
    private long stuck;
    private int restarts;
    private long pictures;
    private long ticks;

    /**
     * Takes a packet.
     *
     * @param length of the whole packet
     * @param now nanoseconds of the monotonic clock
     */
    void take(RtpPacket packet, int length, long now) {
        RtpPacket before = last;
        if (before == null) {
            begin(packet, length, now);
            return;
        }
        int step = (short) (packet.sequence() - before.sequence());
        if (packet.source() != before.source() || step < -MAX_MISORDER || step > MAX_DROPOUT) {
            restarts++;
            begin(packet, length, now);
        } else if (step <= 0) {
            stuck++;
        } else {
            gaps += step - 1;
            advance(packet, before, length, now);
        }
    }

    private void begin(RtpPacket packet, int length, long now) {
        last = packet;
        firstAt = now;
        lastAt = now;
        packets = 1;
        bytes = length;
        gaps = 0;
        pictures = 0;
        ticks = 0;
    }

    private void advance(RtpPacket packet, RtpPacket before, int length, long now) {
        last = packet;
        lastAt = now;
        packets++;
        bytes += length;
        int step = packet.timestamp() - before.timestamp();
        if (step > 0) {
            pictures++;
            ticks += step;
        }
    }

    /** From the first to the last packet that followed its number. */
    Duration lasted() {
        return Duration.ofNanos(lastAt - firstAt);
    }

    /** When the first packet came; meaningful once there are packets. */
    long firstAt() {
        return firstAt;
    }

    /** When the last packet that followed its number came; meaningful once there are packets. */
    long lastAt() {
        return lastAt;
    }

    /** Packets that followed their number. */
    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }

    /** Numbers that were left out. */
    long gaps() {
        return gaps;
    }

    /** Packets whose number did not advance, of all flows. */
    long stuck() {
        return stuck;
    }

    /** How often the source changed or started again. */
    int restarts() {
        return restarts;
    }

    /** The source, as descriptions write it. */
    Optional<String> source() {
        return Optional.ofNullable(last).map(packet -> String.format("%08X", packet.source()));
    }

    /** Pictures in a second by the RTP timestamps; empty where fewer than two steps were seen. */
    OptionalDouble measuredRate(int clockRate) {
        return pictures < 2 ? OptionalDouble.empty() : OptionalDouble.of((double) pictures * clockRate / ticks);
    }
}
