package dev.porthole.verify.internal.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class RtspReaderProperties {
    @Property
    void anyBytesGiveAReplyOrAnIoException(@ForAll byte[] bytes, @ForAll boolean headed) {
        byte[] head = headed ? "RTSP/1.0 200 OK\r\n".getBytes(StandardCharsets.US_ASCII) : new byte[0];
        byte[] input = new byte[head.length + bytes.length];
        System.arraycopy(head, 0, input, 0, head.length);
        System.arraycopy(bytes, 0, input, head.length, bytes.length);
        try {
            assertThat(new RtspReader(new ByteArrayInputStream(input), FrameSink.NONE)
                            .next()
                            .status())
                    .isBetween(0, 999);
        } catch (IOException e) {
            assertThat(e).isInstanceOf(RtspException.class);
        }
    }

    /** Frames, replies, line ends between them: how the bytes are cut on their way changes nothing. */
    @Property(tries = 200)
    void chunksMakeNoDifference(@ForAll @Size(max = 12) List<@Size(max = 9_000) byte[]> frames, @ForAll Random random)
            throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        List<String> expected = new ArrayList<>();
        for (byte[] frame : frames) {
            if (random.nextInt(3) == 0) {
                wire.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            if (random.nextInt(4) == 0) {
                wire.writeBytes("RTSP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n$R".getBytes(StandardCharsets.US_ASCII));
                expected.add("reply $R");
            }
            int channel = random.nextInt(256);
            wire.write('$');
            wire.write(channel);
            wire.write(frame.length >> 8);
            wire.write(frame.length);
            wire.writeBytes(frame);
            byte[] start = Arrays.copyOf(frame, Math.min(frame.length, 8 * 1024));
            expected.add(channel + " " + frame.length + " " + Arrays.hashCode(start));
        }
        assertThat(seen(new Chunks(wire.toByteArray(), random))).isEqualTo(expected);
    }

    private static List<String> seen(InputStream in) throws IOException {
        List<String> seen = new ArrayList<>();
        RtspReader reader = new RtspReader(in, (channel, start, length) -> {
            byte[] bytes = new byte[start.remaining()];
            start.get(0, bytes);
            seen.add(channel + " " + length + " " + Arrays.hashCode(bytes));
        });
        try {
            while (true) {
                reader.item().ifPresent(reply -> seen.add("reply " + reply.body()));
            }
        } catch (RtspException e) {
            assertThat(e.kind()).isEqualTo(RtspException.Kind.CLOSED);
            return seen;
        }
    }

    @Property(tries = 100)
    void aFrameCutAtAnyByteIsCut(@ForAll @Size(min = 1, max = 50) byte[] frame) throws IOException {
        byte[] wire = new byte[frame.length + 4];
        wire[0] = '$';
        wire[3] = (byte) frame.length;
        System.arraycopy(frame, 0, wire, 4, frame.length);
        for (int length = 1; length < wire.length; length++) {
            RtspReader reader =
                    new RtspReader(new ByteArrayInputStream(wire, 0, length), (channel, start, whole) -> fail("cut"));
            assertThatThrownBy(reader::item)
                    .isInstanceOfSatisfying(
                            RtspException.class, e -> assertThat(e.kind()).isEqualTo(RtspException.Kind.CUT));
        }
    }

    @Property
    void anyBytesAfterADollarAreFramesOrAnIoException(@ForAll byte[] bytes) {
        RtspReader reader = new RtspReader(
                new SequenceInputStream(new ByteArrayInputStream(new byte[] {'$'}), new ByteArrayInputStream(bytes)),
                (channel, start, length) -> {
                    assertThat(channel).isBetween(0, 255);
                    assertThat(start.remaining()).isLessThanOrEqualTo(Math.min(length, 8 * 1024));
                });
        try {
            while (true) {
                reader.item();
            }
        } catch (IOException e) {
            assertThat(e).isInstanceOf(RtspException.class);
        }
    }

    /** Gives its bytes in pieces of any size. */
    private static final class Chunks extends InputStream {
        private final byte[] bytes;
        private final Random random;
        private int at;

        Chunks(byte[] bytes, Random random) {
            this.bytes = bytes;
            this.random = random;
        }

        @Override
        public int read() {
            return at < bytes.length ? bytes[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at == bytes.length || length == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = Math.min(1 + random.nextInt(length), bytes.length - at);
            System.arraycopy(bytes, at, target, offset, count);
            at += count;
            return count;
        }
    }

    @Property
    void whatWasWrittenIsRead(
            @ForAll @IntRange(min = 100, max = 599) int status,
            @ForAll @AlphaChars @StringLength(max = 30) String reason,
            @ForAll @AlphaChars @NotEmpty @StringLength(max = 30) String name,
            @ForAll @AlphaChars @StringLength(max = 200) String value,
            @ForAll @Size(max = 300) byte[] body)
            throws IOException {
        String head = "RTSP/1.0 " + status + " " + reason + "\r\nX-" + name + ": " + value + "\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] input = new byte[start.length + body.length];
        System.arraycopy(start, 0, input, 0, start.length);
        System.arraycopy(body, 0, input, start.length, body.length);
        RtspReply reply = new RtspReader(new ByteArrayInputStream(input), FrameSink.NONE).next();
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("x-" + name)).contains(value);
        assertThat(reply.body()).isEqualTo(new String(body, StandardCharsets.UTF_8));
    }
}
