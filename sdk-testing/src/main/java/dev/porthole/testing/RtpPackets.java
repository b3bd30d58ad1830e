package dev.porthole.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Packs H.264 into RTP (RFC 3550, RFC 6184): one NAL unit in a packet, larger ones in fragments. Not thread-safe. */
final class RtpPackets implements RtpStream {
    /** Fits an Ethernet frame with RTSP's interleaving and TCP around it. */
    private static final int MAX_PAYLOAD = 1400;

    private static final int CLOCK = 90_000;
    private static final int PAYLOAD_TYPE = 96;
    private static final int FRAGMENT = 28;

    private final TestPattern pattern = TestPattern.get();
    private final CameraBehaviour behaviour;
    private final int firstSequence = ThreadLocalRandom.current().nextInt(60_000);
    private int ssrc = ThreadLocalRandom.current().nextInt();
    private int sequence = firstSequence;
    private int picture;

    RtpPackets(CameraBehaviour behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    public String source() {
        return String.format("%08X", ssrc);
    }

    @Override
    public int firstSequence() {
        return firstSequence;
    }

    @Override
    public int interval() {
        return 1000 / TestPattern.RATE;
    }

    /** The packets of the next picture; before each key frame also the parameter sets. */
    @Override
    public List<byte[]> next() {
        int time = (int) ((long) picture * CLOCK / TestPattern.RATE);
        int index = picture++ % pattern.pictures().size();
        if (behaviour.noKeyFrames) {
            index = Math.max(1, index);
        }
        if (behaviour.sourceChanges) {
            ssrc = ThreadLocalRandom.current().nextInt();
        }
        List<byte[]> packets = new ArrayList<>();
        if (index == 0) {
            packets.add(packet(time, false, pattern.sps()));
            packets.add(packet(time, false, pattern.pps()));
        }
        byte[] unit = pattern.pictures().get(index);
        if (unit.length <= MAX_PAYLOAD) {
            packets.add(packet(time, true, unit));
        } else {
            fragment(time, unit, packets);
        }
        return packets;
    }

    private void fragment(int time, byte[] unit, List<byte[]> packets) {
        for (int at = 1; at < unit.length; at += MAX_PAYLOAD - 2) {
            int size = Math.min(MAX_PAYLOAD - 2, unit.length - at);
            boolean first = at == 1;
            boolean last = at + size == unit.length;
            byte[] payload = new byte[size + 2];
            payload[0] = (byte) (unit[0] & 0xE0 | FRAGMENT);
            payload[1] = (byte) ((first ? 0x80 : 0) | (last ? 0x40 : 0) | unit[0] & 0x1F);
            System.arraycopy(unit, at, payload, 2, size);
            packets.add(packet(time, last, payload));
        }
    }

    private byte[] packet(int time, boolean marker, byte[] payload) {
        return ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) ((marker ? 0x80 : 0) | PAYLOAD_TYPE))
                .putShort((short) (behaviour.sequenceStuck ? sequence : sequence++))
                .putInt(time)
                .putInt(ssrc)
                .put(payload)
                .array();
    }
}
