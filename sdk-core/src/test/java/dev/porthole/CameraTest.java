package dev.porthole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.reach.Target.Scheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraTest {
    @Test
    void product_line_defaults_are_http_80_and_rtsp_554() {
        assertThat(Camera.at("192.168.69.110").build().toString())
                .isEqualTo("192.168.69.110 (192.168.69.110; http 80, rtsp 554)");
        assertThat(Camera.at("192.168.69.110").kind(Camera.Kind.NVR).build().services())
                .isEqualTo(Camera.at("192.168.69.110").build().services());
    }

    @ParameterizedTest
    @CsvSource({
        "milesight, /main",
        "axis, /axis-media/media.amp",
        "HIKVISION, /Streaming/Channels/101",
        "dahua, /cam/realmonitor?channel=1&subtype=0",
        "amcrest, /cam/realmonitor?channel=1&subtype=0",
        "hanwha, /profile2/media.smp",
        "generic, /"
    })
    void the_brand_tells_the_path_of_the_main_stream(String brand, String path) {
        Camera camera = Camera.at("10.0.0.1")
                .brand(CameraBrand.byId(brand).orElseThrow())
                .build();
        assertThat(camera.services().get(1).path()).isEqualTo(path);
        Camera overridden = Camera.at("10.0.0.1")
                .brand(CameraBrand.byId(brand).orElseThrow())
                .path(Scheme.RTSP, "live")
                .build();
        assertThat(overridden.services().get(1).path()).isEqualTo("/live");
    }

    @Test
    void what_no_camera_can_be_is_refused() {
        assertThatThrownBy(() -> Camera.at("0.0.0.0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Camera.at("239.255.255.250")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Camera.at("10.0.0.1").service(Scheme.HTTP, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Camera.at("10.0.0.1")
                        .without(Scheme.HTTP)
                        .without(Scheme.RTSP)
                        .build())
                .hasMessageContaining("at least one service");
        assertThatThrownBy(() -> Camera.at("10.0.0.1").name(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Camera.at("10.0.0.1").path(Scheme.RTSP, "/a b\r\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
