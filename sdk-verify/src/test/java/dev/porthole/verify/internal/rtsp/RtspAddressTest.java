package dev.porthole.verify.internal.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtspAddressTest {
    @ParameterizedTest
    @CsvSource({
        "rtsp://192.168.1.64:8554/main, rtsp://192.168.1.64:8554/main",
        "RTSP://Camera/main, rtsp://camera:554/main",
        "rtsps://h/main?a=b, rtsps://h:322/main?a=b",
        "rtsp://rtsp://10.0.0.5/main, rtsp://10.0.0.5:554/main",
        "rtsp://user:p%40ss@10.0.0.5:554, rtsp://10.0.0.5:554/",
        "rtsp://[fe80::1]:554/x, rtsp://[fe80::1]:554/x",
        "rtsp://fe80::1/x, rtsp://[fe80::1]:554/x",
        "rtsp://h?x, rtsp://h:554/?x"
    })
    void readsWhatCamerasWrite(String url, String meant) {
        assertThat(RtspAddress.parse(url)).map(RtspAddress::uri).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "trackID=1",
                "/main",
                "192.168.1.64:554/main",
                "http://h/",
                "rtsp://h:0/",
                "rtsp://h:99999/"
            })
    void anythingElseIsNoPlace(String url) {
        assertThat(RtspAddress.parse(url)).isEmpty();
    }

    @Test
    void theAccountIsNotKept() {
        assertThat(RtspAddress.parse("rtsp://admin:secret@h:1/x"))
                .get()
                .asString()
                .doesNotContain("secret");
    }
}
