package dev.porthole.verify.internal.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a decoder starts from, in the ways in which it is packed. */
class VideoPayloadTest {
    private static final String H264_SPS = hex("Z00AKZpkA8ARPyzUBAQFAAADA+gAAOpgBA==");
    private static final String H265_SPS = hex("QgEBAWAAAAMAsAAAAwAAAwBaoAWCAeFja5JFL83BQYFBAAADAAEAAAMADKE=");

    private static String hex(String base64) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
    }

    private static DecoderStart look(String codec, String payload) {
        DecoderStart start = new DecoderStart(MediaProperties.media(codec));
        byte[] bytes = HexFormat.of().parseHex(payload);
        VideoPayload.of(VideoCodec.of(codec)).look(ByteBuffer.wrap(bytes), start);
        return start;
    }

    private static String size(DecoderStart start) {
        return start.format().map(format -> format.size().toString()).orElse("");
    }

    private static String length(String unit) {
        return String.format("%04x", unit.length() / 2);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "H264, 65888040, a key frame",
        "H264, 68ee3c80, parameter sets in the stream",
        "H264, 41e08040, ''",
        "H264, 18000468ee3c80000241e0, parameter sets in the stream",
        "H264, 1900010004658880400002, a key frame",
        "H264, 7c858880, a key frame",
        "H264, 7c058880, ''",
        "H264, 7c818880, ''",
        "H264, 7c, ''",
        "H264, '', ''",
        "H265, 26010203, a key frame",
        "H265, 2a010203, a key frame",
        "H265, 40010c01, parameter sets in the stream",
        "H265, 02010203, ''",
        "H265, 6001000444010c01, parameter sets in the stream",
        "H265, 62019301ff, a key frame",
        "H265, 62011301ff, ''",
        "MP4V-ES, 000001b001, parameter sets in the stream",
        "MP4V-ES, 000001b610, a key frame",
        "MP4V-ES, 000001b650, ''",
        "JPEG, 0000000001320000, a key frame",
        "JPEG, 0000010001322816, ''",
        "VP8, 10, 'not looked for, the encoding is not known here'"
    })
    void keyFramesAndParameterSetsAreSeen(String codec, String payload, String how) {
        assertThat(look(codec, payload).how()).isEqualTo(how);
    }

    @Test
    void theSizeIsReadFromTheParameterSetHoweverItIsPacked() {
        assertThat(size(look("H264", H264_SPS))).isEqualTo("1920x1080");
        assertThat(size(look("H264", "18000209f0" + length(H264_SPS) + H264_SPS)))
                .isEqualTo("1920x1080");
        assertThat(size(look("H264", "7c87" + H264_SPS.substring(2)))).isEqualTo("1920x1080");
        assertThat(size(look("H265", H265_SPS))).isEqualTo("704x480");
        assertThat(size(look("H265", "6001" + length(H265_SPS) + H265_SPS))).isEqualTo("704x480");
        assertThat(size(look("H265", "6201a1" + H265_SPS.substring(4)))).isEqualTo("704x480");
        assertThat(size(look("JPEG", "0000000001322816"))).isEqualTo("320x176");
    }

    /** Hikvision's main stream, whose parameter set FFmpeg reads as 30 pictures in a second. */
    @Test
    void theRateIsReadFromTheParameterSet() {
        assertThat(look("H264", H264_SPS).format().orElseThrow().rate()).hasValue(30);
        assertThat(look("H264", hex("Z0IAHqtAUB7I")).format().orElseThrow().rate())
                .isEmpty();
    }
}
