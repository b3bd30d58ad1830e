package dev.porthole.verify.internal.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
