package dev.porthole.verify.internal.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlUrlsTest {
    private static Optional<String> given(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // Content-Base, the session's control, the medium's control, what plays, what sets up
                "rtsp://203.0.113.7:8889/main/, *, trackID=1, /main/, /main/trackID=1",
                "rtsp://203.0.113.7:8889/main, *, trackID=1, /main, /main/trackID=1",
                "-, *, trackID=1, /main, /main/trackID=1",
                "-, -, -, /main, /main",
                "-, -, *, /main, /main",
                "rtsp://192.168.1.64:554/main/, -, track1, /main/, /main/track1",
                "192.168.1.64:554/main/, -, track1, /main/, /main/track1",
                "rtsp://rtsp://192.168.1.64/main/, -, track1, /main/, /main/track1",
                "rtsp://fe80::1/main/, -, track1, /main/, /main/track1",
                "/main/, -, track1, /main/, /main/track1",
                "nonsense, -, track1, /main, /main/track1",
                "-, -, rtsp://192.168.1.64:554/other/track1, /main, /other/track1",
                "-, rtsp://192.168.1.64/live/ch0, track1, /live/ch0, /live/ch0/track1",
                "-, -, /main/track1, /main, /main/track1",
                "-, -, /track1, /main, /main/track1",
                "-, -, trackID=1?token=a/b&c=d, /main, /main/trackID=1?token=a/b&c=d",
                "rtsp://h/cam/realmonitor?channel=1&subtype=0/, *, trackID=0,"
                        + "/cam/realmonitor?channel=1&subtype=0/, /cam/realmonitor?channel=1&subtype=0/trackID=0",
                "-, -, ?ctype=video, /main, /main?ctype=video",
                "-, -, a b, /main, /main/a%20b"
            })
    void areAtThePlaceThatWasDialled(
            String contentBase, String session, String control, String aggregate, String setUp) {
        RtspAddress asked = RtspAddress.parse("rtsp://203.0.113.7:8889/main").orElseThrow();
        ControlUrls urls = ControlUrls.of(asked, given(contentBase), given(session));
        assertThat(urls.aggregate().uri()).isEqualTo("rtsp://203.0.113.7:8889" + aggregate);
        assertThat(urls.of(given(control)).uri()).isEqualTo("rtsp://203.0.113.7:8889" + setUp);
    }
}
