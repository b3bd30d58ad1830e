package dev.porthole.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * One second of video: ten pictures of 320 × 180 in H.264 Constrained Baseline, the first a key frame. Made with ffmpeg's
 * {@code testsrc} and x264.
 */
final class TestPattern {
    /** Pictures in a second. */
    static final int RATE = 10;

    private static final int TYPE = 0x1F;
    private static final int SPS = 7;
    private static final int PPS = 8;
    private static final TestPattern INSTANCE = new TestPattern();

    private final byte[] sps;
    private final byte[] pps;
    private final List<byte[]> pictures;

    private TestPattern() {
        List<byte[]> units = units(read());
        sps = units.stream().filter(unit -> (unit[0] & TYPE) == SPS).findFirst().orElseThrow();
        pps = units.stream().filter(unit -> (unit[0] & TYPE) == PPS).findFirst().orElseThrow();
        pictures = units.stream().filter(unit -> (unit[0] & TYPE) < SPS).toList();
    }

    static TestPattern get() {
        return INSTANCE;
    }

    private static byte[] read() {
        try (InputStream in = Objects.requireNonNull(
                TestPattern.class.getResourceAsStream("test-pattern.h264"), "the video is part of this module")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Splits an Annex B stream at its start codes. */
    private static List<byte[]> units(byte[] stream) {
        List<byte[]> units = new ArrayList<>();
        int start = -1;
        for (int i = 0; i + 2 < stream.length; i++) {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
                if (start >= 0) {
                    units.add(Arrays.copyOfRange(stream, start, stream[i - 1] == 0 ? i - 1 : i));
                }
                start = i + 3;
            }
        }
        units.add(Arrays.copyOfRange(stream, start, stream.length));
        return units;
    }

    byte[] sps() {
        return sps.clone();
    }

    byte[] pps() {
        return pps.clone();
    }

    /** One coded slice for each picture; the first is the key frame. */
    List<byte[]> pictures() {
        return pictures;
    }

    /** The parameter sets as an SDP has them (RFC 6184, section 8.1). */
    String formatParameters() {
        Base64.Encoder base64 = Base64.getEncoder();
        return String.format(
                        "packetization-mode=1;profile-level-id=%02X%02X%02X;sprop-parameter-sets=",
                        sps[1], sps[2], sps[3])
                + base64.encodeToString(sps) + "," + base64.encodeToString(pps);
    }
}
