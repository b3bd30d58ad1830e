package dev.porthole.verify.internal.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class ParameterSetProperties {
    @Property
    void anyBytesGiveASaneSizeOrNone(@ForAll @Size(max = 200) byte[] bytes) {
        byte[] h264 = bytes.clone();
        byte[] h265 = bytes.clone();
        if (bytes.length > 1) {
            h264[0] = 0x67;
            h265[0] = 0x42;
        }
        VideoFormat.h264(h264).ifPresent(ParameterSetProperties::sane);
        VideoFormat.h265(h265).ifPresent(ParameterSetProperties::sane);
    }

    private static void sane(VideoFormat format) {
        PictureSize size = format.size();
        assertThat(size.width()).isBetween(1, 32_768);
        assertThat(size.height()).isBetween(1, 32_768);
    }

    @Property
    void anyTextGivesADescription(@ForAll String text) {
        assertThat(SessionDescription.parse(text).media()).hasSizeLessThanOrEqualTo(32);
    }

    @Property
    void anyTextGivesAnAddressOrNone(@ForAll String text) {
        RtspAddress.parse("rtsp://" + text).ifPresent(address -> {
            assertThat(address.port()).isBetween(1, 65_535);
            assertThat(address.path()).startsWith("/");
        });
    }
}
