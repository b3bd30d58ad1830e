package dev.porthole.verify.internal.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.verify.internal.rtsp.SessionDescription.Media;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Descriptions in the shapes that brands send, as published in the fixtures of scottlamb/retina and the issues of
 * bluenviron/gortsplib; addresses and names are ours.
 */
class SessionDescriptionTest {
    private static SessionDescription parse(String... lines) {
        return SessionDescription.parse(String.join("\r\n", lines) + "\r\n");
    }

    @Test
    void hikvisionNamesAbsoluteControls() {
        SessionDescription description = parse(
                "v=0",
                "o=- 1620251477190769 1620251477190769 IN IP4 192.168.69.110",
                "s=Media Presentation",
                "e=NONE",
                "b=AS:5050",
                "t=0 0",
                "a=control:rtsp://192.168.69.110:554/Streaming/Channels/101/?transportmode=unicast",
                "m=video 0 RTP/AVP 96",
                "c=IN IP4 0.0.0.0",
                "a=recvonly",
                "a=x-dimensions:1920,1080",
                "a=control:rtsp://192.168.69.110:554/Streaming/Channels/101/trackID=1?transportmode=unicast",
                "a=rtpmap:96 H264/90000",
                "a=fmtp:96 profile-level-id=420029; packetization-mode=1;"
                        + " sprop-parameter-sets=Z00AKZpkA8ARPyzUBAQFAAADA+gAAOpgBA==,aO48gA==",
                "m=application 0 RTP/AVP 107",
                "a=control:rtsp://192.168.69.110:554/Streaming/Channels/101/trackID=3",
                "a=rtpmap:107 vnd.onvif.metadata/90000",
                "a=Media_header:MEDIAINFO=494D4B48;");
        assertThat(description.name()).isEqualTo("Media Presentation");
        assertThat(description.media()).extracting(Media::kind).containsExactly("video", "application");
        Media video = description.media().get(0);
        assertThat(video.codec()).isEqualTo("H264");
        assertThat(ParameterSets.in(video).present()).isTrue();
        assertThat(video.pictureSize()).contains(new PictureSize(1920, 1080));
        assertThat(description.control().flatMap(RtspAddress::parse))
                .map(RtspAddress::endpoint)
                .contains("192.168.69.110:554");
    }

    @Test
    void dahuaSendsH265AndAStaticAudioType() {
        SessionDescription description = parse(
                "v=0",
                "o=- 2253040596 2253040596 IN IP4 0.0.0.0",
                "s=Media Server",
                "a=packetization-supported:DH",
                "m=video 0 RTP/AVP 98",
                "a=control:trackID=0",
                "a=rtpmap:98 H265/90000",
                "a=fmtp:98 profile-id=1;sprop-sps=QgEBAWAAAAMAsAAAAwAAAwBaoAWCAeFja5JFL83BQYFBAAADAAEAAAMADKE=;"
                        + "sprop-pps=RAHA8saNA7NA",
                "m=audio 0 RTP/AVP 8",
                "a=control:trackID=1");
        assertThat(description.media()).extracting(Media::codec).containsExactly("H265", "PCMA");
        assertThat(description.media().get(0).control()).contains("trackID=0");
        assertThat(description.media().get(0).pictureSize()).isPresent();
    }

    @Test
    void anEncodingOfSeparatorsAloneIsNone() {
        SessionDescription description = parse("v=0", "s=x", "m=video 0 RTP/AVP 96", "a=rtpmap:96 /");
        assertThat(description.media().get(0).codec()).isEmpty();
    }

    @Test
    void oldHikvisionBreaksTheConnectionLine() {
        SessionDescription description = parse(
                "v=0",
                "s=HIK Media Server V3.1.3",
                "c=IN c=IN IP4 0.0.0.0",
                "a=control:*",
                "m=video 0 RTP/AVP 96",
                "a=rtpmap:96 H264/90000",
                "a=control:trackID=video");
        assertThat(description.control()).contains("*");
        assertThat(description.media()).hasSize(1);
    }

    @Test
    void macroVideoLeavesOutTheOrigin() {
        assertThat(parse("v=0", "s=streamed", "m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000")
                        .playable())
                .isTrue();
    }

    @Test
    void twoNamesGiveTheFirst() {
        assertThat(parse("v=0", "s=one", "s=two").name()).isEqualTo("one");
    }

    @Test
    void sonyMayDescribeNothing() {
        assertThat(parse("v=0", "o=RTSP Session 1 2 IN IP4 0.0.0.0", "s=Sony RTSP Server")
                        .playable())
                .isFalse();
    }

    @Test
    void theFirstOfSeveralFormatsCounts() {
        SessionDescription description = parse(
                "m=video 0 RTP/AVP 96 111",
                "a=control:rtsp://172.16.2.20/sid=96",
                "a=rtpmap:96 MP4V-ES/90000",
                "a=rtpmap:111 H264/90000",
                "a=fmtp:111 sprop-parameter-sets=Z0IAHqtAUB7I,aM4xEg==");
        assertThat(description.media().get(0).codec()).isEqualTo("MP4V-ES");
        assertThat(description.media().get(0).pictureSize()).isEmpty();
    }

    @Test
    void unknownMediaNoControlAndCutLinesAreBorneWith() {
        SessionDescription description = parse("m=", "a=rtpmap", "x", "m=metadata", "a=control", "=");
        assertThat(description.media()).hasSize(2);
        assertThat(description.media().get(1).control()).isEqualTo(Optional.empty());
    }
}
