package dev.porthole.verify.internal.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MediaProperties {
    static SessionDescription.Media media(String codec) {
        return new SessionDescription.Media("video", codec, Optional.empty(), Map.of(), 90_000, OptionalDouble.empty());
    }

    static Track track(VideoCodec codec) {
        String name = codec == VideoCodec.MPEG4 ? "MP4V-ES" : codec.name();
        return new Track(media(name), TransportReply.parse("", 0));
    }

    @Property
    void anyBytesAreMediaOrNone(@ForAll VideoCodec codec, @ForAll @Size(max = 300) byte[] bytes) {
        Track track = track(codec);
        track.take(ByteBuffer.wrap(bytes), bytes.length, 0);
        assertThat(track.flow().packets() + track.reports() + track.garbled()).isEqualTo(1);
    }

    @Property
    void anyPayloadIsLookedIntoWithinItsBounds(@ForAll VideoCodec codec, @ForAll @Size(max = 300) byte[] bytes) {
        DecoderStart start = new DecoderStart(media(codec.name()));
        // Only a slice, so that what lies before and behind would be seen.
        ByteBuffer room = ByteBuffer.allocate(bytes.length + 8).put(4, bytes);
        VideoPayload.of(codec).look(room.slice(4, bytes.length), start);
        start.format().ifPresent(format -> {
            assertThat(format.size().width()).isBetween(1, 32_768);
            format.rate().ifPresent(rate -> assertThat(rate).isBetween(0.0, 240.0));
        });
    }

    @Property
    void everyKindOfUnitIsLookedIntoWithinItsBounds(
            @ForAll VideoCodec codec,
            @ForAll @IntRange(max = 63) int type,
            @ForAll boolean first,
            @ForAll @Size(max = 100) byte[] bytes) {
        byte[] h264 = new byte[bytes.length + 3];
        h264[0] = (byte) (codec == VideoCodec.H265 ? type << 1 : type);
        h264[1] = (byte) (first ? 0x80 | type : type);
        h264[2] = (byte) (first ? 0x80 | type : type);
        System.arraycopy(bytes, 0, h264, 3, bytes.length);
        for (int length = 0; length <= h264.length; length++) {
            VideoPayload.of(codec).look(ByteBuffer.wrap(h264).slice(0, length), new DecoderStart(media(codec.name())));
        }
    }

    private static RtpPacket packet(int sequence, int source) {
        return new RtpPacket(sequence & 0xFFFF, sequence * 3000, source, ByteBuffer.allocate(0));
    }

    /** Gaps and the wrap at 65535 are no matter; what was left out is counted. */
    @Property
    void risingNumbersAreOneFlow(
            @ForAll @IntRange(max = 65_535) int first,
            @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 1, max = 100) Integer> steps) {
        RtpFlow flow = new RtpFlow();
        int sequence = first;
        long left = 0;
        flow.take(packet(sequence, 7), 100, 0);
        for (int i = 0; i < steps.size(); i++) {
            sequence += steps.get(i);
            left += steps.get(i) - 1;
            flow.take(packet(sequence, 7), 100, Duration.ofMillis(i + 1).toNanos());
        }
        assertThat(flow.packets()).isEqualTo(steps.size() + 1);
        assertThat(flow.bytes()).isEqualTo(100L * (steps.size() + 1));
        assertThat(flow.gaps()).isEqualTo(left);
        assertThat(flow.restarts()).isZero();
        assertThat(flow.lasted()).isEqualTo(Duration.ofMillis(steps.size()));
    }

    @Property
    void noOrderOfPacketsMakesAFlowOutOfOneNumber(@ForAll int source, @ForAll @IntRange(min = 2, max = 200) int count) {
        RtpFlow flow = new RtpFlow();
        for (int i = 0; i < count; i++) {
            flow.take(packet(9, source), 100, Duration.ofSeconds(i).toNanos());
        }
        assertThat(flow.packets()).isEqualTo(1);
        assertThat(flow.lasted()).isEqualTo(Duration.ZERO);
        assertThat(flow.stuck()).isEqualTo(count - 1L);
    }

    @Property
    void anyTransportHeaderGivesChannels(@ForAll String header) {
        TransportReply reply = TransportReply.parse("interleaved=" + header, 2);
        assertThat(reply.rtpChannel()).isBetween(0, 255);
        assertThat(reply.rtcpChannel()).isBetween(0, 999);
    }

    @Property
    void anyControlGivesAUrlAtThePlaceThatWasDialled(
            @ForAll String base, @ForAll String session, @ForAll String control) {
        RtspAddress asked = RtspAddress.parse("rtsp://203.0.113.7:8889/main").orElseThrow();
        ControlUrls urls = ControlUrls.of(asked, Optional.of(base), Optional.of(session));
        for (RtspAddress url : new RtspAddress[] {urls.aggregate(), urls.of(Optional.of(control))}) {
            assertThat(url.uri()).startsWith("rtsp://203.0.113.7:8889/");
            assertThat(url.path()).startsWith("/").hasSizeLessThan(8_192);
            assertThat(url.path().chars()).noneMatch(c -> c <= ' ' || c == 0x7F);
        }
    }
}
