package dev.porthole.verify.internal.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterSetsTest {
    private static Optional<PictureSize> size(String codec, Map<String, String> formatParameters) {
        return new SessionDescription.Media(
                        "video", codec, Optional.empty(), formatParameters, 90_000, OptionalDouble.empty())
                .pictureSize();
    }

    /** The sizes are what FFmpeg 5.1 makes of the same parameter sets. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "Hikvision main, 1920x1080, Z00AKZpkA8ARPyzUBAQFAAADA+gAAOpgBA==",
        "Hikvision 720p, 1280x720, Z00AH52oFAFum4CAgKAAAAMAIAAABlCA",
        "Hikvision sub, 704x480, Z01AHppmBYHv81BgYGQAAA+gAAF3ABA=",
        "Foscam, 1280x720, Z00AH5WoFAFuQA==",
        "macro-video, 1280x720, J03gKI1oBQBboQAAAwABAAADACgPFCKg",
        "Beward, 1280x720, J00AKI2NKAoAt2AtQEBAUAAAPoAADDUGhgBQAABZ9LvLjQwAoAAAs+l3lwT6LAA=",
        "FFmpeg high profile, 320x180, Z2QADazZQUGfnwEQAAADABAAAAMDwPFCmWA=",
        "infrared, 640x480, Z0IAHqtAUB7I"
    })
    void readsH264(String camera, String size, String set) {
        assertThat(size("H264", Map.of("sprop-parameter-sets", set + ",aO48gA==")))
                .map(PictureSize::toString)
                .contains(size);
    }

    @Test
    void readsH265() {
        assertThat(size("H265", Map.of("sprop-sps", "QgEBAWAAAAMAsAAAAwAAAwBaoAWCAeFja5JFL83BQYFBAAADAAEAAAMADKE=")))
                .map(PictureSize::toString)
                .contains("704x480");
    }

    @Test
    void aSetCutAnywhereGivesASaneSizeOrNone() {
        byte[] set = Base64.getDecoder().decode("Z00AKZpkA8ARPyzUBAQFAAADA+gAAOpgBA==");
        for (int length = 0; length < set.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(set, length);
            assertThat(VideoFormat.h264(cut)
                            .map(format -> format.size().width())
                            .orElse(1920))
                    .isEqualTo(1920);
        }
    }

    @Test
    void whatIsNoParameterSetGivesNone() {
        assertThat(size("H264", Map.of("sprop-parameter-sets", "not base64!,aO48gA==")))
                .isEmpty();
        assertThat(size("H264", Map.of())).isEmpty();
        assertThat(size("JPEG", Map.of("sprop-parameter-sets", "Z0IAHqtAUB7I"))).isEmpty();
    }
}
