package dev.porthole.verify.internal.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.verify.internal.rtsp.RtspException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtspReaderTest {
    private static RtspReply read(String text) throws IOException {
        return reader(text).next();
    }

    private static RtspReader reader(String text) {
        return new RtspReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), FrameSink.NONE);
    }

    private static Kind failure(InputStream in) {
        try {
            new RtspReader(in, FrameSink.NONE).next();
        } catch (RtspException e) {
            return e.kind();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("a reply was read");
    }

    private static Kind failure(String text) {
        return failure(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void readsStatusHeadersAndBody() throws IOException {
        RtspReply reply = read("RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: 5\r\n\r\nv=0\r\nextra");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.statusLine()).isEqualTo("200 OK");
        assertThat(reply.body()).isEqualTo("v=0\r\n");
    }

    /** Longse: spaces at line ends (fixture of scottlamb/retina). */
    @Test
    void lowerCaseNamesSpacesAtEndsAndBareLineFeedsDoNotMatter() throws IOException {
        RtspReply reply = read("RTSP/1.0 401 Unauthorized \ncseq : 1 \nwww-authenticate:Digest realm=\"x\" \n\n");
        assertThat(reply.header("WWW-Authenticate")).contains("Digest realm=\"x\"");
        assertThat(reply.header("CSeq")).contains("1");
    }

    @Test
    void theSessionIsReadWithoutItsTimeout() throws IOException {
        assertThat(read("RTSP/1.0 200 OK\r\nSession: 1a2b;timeout=60\r\n\r\n").session())
                .contains("1a2b");
    }

    @Test
    void emptyLinesAndInterleavedFramesBeforeAReplyArePassedOver() throws IOException {
        String frames = "\r\n$\0\0\4abcd\r\n$\1\1\0" + "x".repeat(256) + "\n";
        assertThat(read(frames + "RTSP/1.0 200 OK\r\n\r\n").status()).isEqualTo(200);
    }

    @Test
    void requestsOfTheServerArePassedOver() throws IOException {
        String request = "SET_PARAMETER rtsp://h/main RTSP/1.0\r\nCSeq: 9\r\nContent-Length: 3\r\n\r\na:b";
        assertThat(read(request + "RTSP/1.0 200 OK\r\n\r\n").status()).isEqualTo(200);
    }

    @Test
    void foldedAndMeaninglessLinesAreBorneWith() throws IOException {
        RtspReply reply = read("RTSP/1.0 200\r\nnonsense\r\nPublic: OPTIONS,\r\n DESCRIBE\r\n: x\r\n\r\n");
        assertThat(reply.header("public")).contains("OPTIONS, DESCRIBE");
    }

    @Test
    void severalHeadersOfANameAreKeptInOrder() throws IOException {
        RtspReply reply =
                read("RTSP/1.0 401 No\r\nWWW-Authenticate: Basic realm=a\r\nwww-authenticate: Digest realm=a\r\n\r\n");
        assertThat(reply.headers("WWW-Authenticate")).containsExactly("Basic realm=a", "Digest realm=a");
    }

    @Test
    void twoRepliesInARowAreTwoReplies() throws IOException {
        RtspReader reader = reader("RTSP/1.0 200 OK\r\n\r\n\r\nRTSP/1.0 404 Not Found\r\n\r\n");
        assertThat(reader.next().status()).isEqualTo(200);
        assertThat(reader.next().status()).isEqualTo(404);
    }

    @Test
    void controlCharactersDoNotTravelOn() throws IOException {
        assertThat(read("RTSP/1.0 200 OK\r\nServer: a\rb\0c\r\n\r\n").header("Server"))
                .contains("a b c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "<!DOCTYPE HTML>\n",
                "SSH-2.0-dropbear\r\n",
                "220 ready\r\n",
                "\0\1\2\n",
                "RTSP/1.0 OK\r\n"
            })
    void whatIsNotRtspIsCalledSo(String text) {
        assertThat(failure(text)).isEqualTo(Kind.NOT_RTSP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e3", "4294967296", "999999999", "131073", "5\r\nContent-Length: 6", "0x10"})
    void lengthsOutOfBoundsOrInConflictAreRefused(String length) {
        assertThat(failure("RTSP/1.0 200 OK\r\nContent-Length: " + length + "\r\n\r\nabcdefgh"))
                .isEqualTo(Kind.MALFORMED);
    }

    @Test
    void theSameLengthTwiceIsOneLength() throws IOException {
        assertThat(read("RTSP/1.0 200 OK\r\nContent-Length: 1\r\ncontent-length: 1\r\n\r\nv")
                        .body())
                .isEqualTo("v");
    }

    @Test
    void aReplyCutAtAnyByteIsCut() {
        String whole = "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 4\r\n\r\nv=0\n";
        for (int length = 1; length < whole.length(); length++) {
            assertThat(failure(whole.substring(0, length)))
                    .as("after %d bytes", length)
                    .isEqualTo(Kind.CUT);
        }
        assertThat(failure("")).isEqualTo(Kind.CLOSED);
    }

    @Test
    void endlessInputIsGivenUp() {
        assertThat(failure(new Endless("", "\r\n"))).isEqualTo(Kind.MALFORMED);
        assertThat(failure(new Endless("", "$\0\377\377"))).isEqualTo(Kind.MALFORMED);
        assertThat(failure(new Endless("RTSP/1.0 200 OK\r\nServer: ", "x"))).isEqualTo(Kind.MALFORMED);
        assertThat(failure(new Endless("RTSP/1.0 200 OK\r\n", "A: b\r\n"))).isEqualTo(Kind.MALFORMED);
        assertThat(failure(new Endless("", "OPTIONS * RTSP/1.0\r\n\r\n"))).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void theExcerptIsShort() {
        assertThatThrownBy(() -> read("x".repeat(5000) + "\r\n"))
                .isInstanceOfSatisfying(
                        RtspException.class, e -> assertThat(e.excerpt()).hasSizeLessThanOrEqualTo(80));
    }

    /** A start and then the same for ever. */
    private static final class Endless extends InputStream {
        private final byte[] start;
        private final byte[] again;
        private long at;

        Endless(String start, String again) {
            this.start = start.getBytes(StandardCharsets.ISO_8859_1);
            this.again = again.getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public int read() {
            long index = at++;
            byte octet =
                    index < start.length ? start[(int) index] : again[(int) ((index - start.length) % again.length)];
            return octet & 0xFF;
        }
    }
}
