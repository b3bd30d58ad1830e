package dev.porthole.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Silence in PCMU (RFC 3551, section 4.5.14), 40 ms in a packet. Not thread-safe. */
final class AudioPackets implements RtpStream {
    private static final int MILLIS = 40;
    private static final int SAMPLES = 8 * MILLIS;
    private static final byte SILENCE = (byte) 0xFF;

    private final int ssrc = ThreadLocalRandom.current().nextInt();
    private final int firstSequence = ThreadLocalRandom.current().nextInt(60_000);
    private int packets;

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
        return MILLIS;
    }

    @Override
    public List<byte[]> next() {
        byte[] sound = new byte[SAMPLES];
        Arrays.fill(sound, SILENCE);
        byte[] packet = ByteBuffer.allocate(12 + SAMPLES)
                .put((byte) 0x80)
                .put((byte) 0)
                .putShort((short) (firstSequence + packets))
                .putInt(packets * SAMPLES)
                .putInt(ssrc)
                .put(sound)
                .array();
        packets++;
        return List.of(packet);
    }
}
