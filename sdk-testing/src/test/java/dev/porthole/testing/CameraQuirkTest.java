package dev.porthole.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.testing.RtspDialogue.Packet;
import dev.porthole.testing.RtspDialogue.Reply;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each quirk of a camera does what its name says. */
class CameraQuirkTest {
    private static final String URL = "rtsp://203.0.113.7:8889/main";
    private static final String OWN = "rtsp://192.168.69.110:554/main";
    private static final String INTERLEAVED = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1";
    private static final String AGENT = "User-Agent: test";
    private static final Map<CameraQuirk, Check> CHECKS = new EnumMap<>(CameraQuirk.class);

    @FunctionalInterface
    private interface Check {
        void check(RtspDialogue client) throws IOException;
    }

    private static void contentBase(CameraQuirk quirk, String value) {
        CHECKS.put(
                quirk,
                client -> assertThat(describe(client).header("Content-Base")).isEqualTo(value));
    }

    private static void inDescription(CameraQuirk quirk, String regex) {
        CHECKS.put(quirk, client -> assertThat(describe(client).body()).matches("(?s)" + regex));
    }

    private static void status(CameraQuirk quirk, String method, int status) {
        CHECKS.put(
                quirk,
                client -> assertThat(client.ask(method, URL, INTERLEAVED).status())
                        .isEqualTo(status));
    }

    private static Reply describe(RtspDialogue client) throws IOException {
        return client.ask("DESCRIBE", URL, AGENT);
    }

    private static Reply setup(RtspDialogue client) throws IOException {
        return client.ask("SETUP", URL + "/trackID=1", INTERLEAVED);
    }

    static {
        contentBase(CameraQuirk.CONTENT_BASE_OWN_ADDRESS, OWN + "/");
        contentBase(CameraQuirk.NO_CONTENT_BASE, "");
        contentBase(CameraQuirk.CONTENT_BASE_WITHOUT_SCHEME, "203.0.113.7:8889/main/");
        contentBase(CameraQuirk.CONTENT_BASE_SCHEME_TWICE, "rtsp://" + URL + "/");
        contentBase(CameraQuirk.CONTENT_BASE_PATH_ONLY, "/main/");
        contentBase(CameraQuirk.CONTENT_BASE_WITHOUT_SLASH, URL);
        contentBase(CameraQuirk.CONTENT_BASE_BARE_IPV6, "rtsp://2001:db8::7/main/");
        inDescription(CameraQuirk.CONTROL_OWN_ADDRESS, ".*a=control:" + OWN + "/trackID=1\r\n");
        inDescription(CameraQuirk.CONTROL_ABSOLUTE, ".*a=control:" + URL + "/trackID=1\r\n");
        inDescription(CameraQuirk.CONTROL_ASTERISK, ".*m=video.*a=control:\\*\r\n");
        inDescription(CameraQuirk.NO_CONTROL, ".*m=video((?!a=control).)*");
        inDescription(CameraQuirk.CONTROL_WITH_QUERY, ".*a=control:trackID=1\\?token=a/b&c=d\r\n");

        CHECKS.put(CameraQuirk.NEEDS_USER_AGENT, client -> {
            assertThat(client.ask("DESCRIBE", URL).status()).isEqualTo(401);
            assertThat(describe(client).status()).isEqualTo(200);
        });
        status(CameraQuirk.NO_GET_PARAMETER, "GET_PARAMETER", 501);
        status(CameraQuirk.NO_OPTIONS, "OPTIONS", 501);
        status(CameraQuirk.NO_BANDWIDTH, "SETUP", 453);
        status(CameraQuirk.FORBIDDEN, "DESCRIBE", 403);
        status(CameraQuirk.ONLY_UDP, "SETUP", 461);
        CHECKS.put(CameraQuirk.KEEP_ALIVE_UNANSWERED, client -> {
            client.send("GET_PARAMETER", URL);
            client.send("OPTIONS", URL, "Session: 1");
            assertThat(client.ask("OPTIONS", URL).header("CSeq")).isEqualTo("3");
        });
        CHECKS.put(CameraQuirk.REDIRECTS, client -> {
            assertThat(describe(client).header("Location")).isEqualTo(URL + "/moved");
            assertThat(client.ask("DESCRIBE", URL + "/moved").status()).isEqualTo(200);
        });
        CHECKS.put(
                CameraQuirk.REDIRECTS_TO_OWN_ADDRESS,
                client -> assertThat(describe(client).header("Location")).isEqualTo(OWN));

        CHECKS.put(CameraQuirk.LOWER_CASE_HEADERS, client -> {
            client.send("OPTIONS", URL);
            assertThat(client.text("\r\n\r\n")).contains("\r\ncseq: 1\r\n");
        });
        CHECKS.put(
                CameraQuirk.TRAILING_SPACES,
                client -> assertThat(setup(client).header("Session")).endsWith("  "));
        CHECKS.put(
                CameraQuirk.NO_CONTENT_TYPE,
                client -> assertThat(describe(client).header("Content-Type")).isEmpty());
        CHECKS.put(
                CameraQuirk.TRANSPORT_WITHOUT_TCP,
                client -> assertThat(setup(client).header("Transport")).startsWith("RTP/AVP;"));
        CHECKS.put(
                CameraQuirk.TRANSPORT_UDP,
                client -> assertThat(setup(client).header("Transport")).doesNotContain("TCP", "interleaved"));
        CHECKS.put(CameraQuirk.OTHER_CHANNELS, client -> {
            assertThat(setup(client).header("Transport")).contains("interleaved=4-5");
            client.ask("PLAY", URL);
            assertThat(client.packet().channel()).isEqualTo(4);
        });
        CHECKS.put(
                CameraQuirk.SESSION_CHANGES,
                client -> assertThat(setup(client).header("Session"))
                        .isNotEqualTo(setup(client).header("Session")));
        CHECKS.put(CameraQuirk.RTP_INFO_UNTRUE, client -> {
            setup(client);
            assertThat(client.ask("PLAY", URL).header("RTP-Info")).contains("seq=0;");
        });

        inDescription(CameraQuirk.SDP_NO_ORIGIN, "v=0\r\ns=.*");
        inDescription(CameraQuirk.SDP_TWO_NAMES, ".*\r\ns=one\r\ns=.*");
        inDescription(CameraQuirk.SDP_BAD_CONNECTION, ".*\r\nc=IN IP4\r\n.*");
        inDescription(CameraQuirk.SDP_UNKNOWN_MEDIA, ".*\r\nm=metadata .*\r\nm=video .*");
        inDescription(CameraQuirk.SDP_NO_PARAMETER_SETS, ".*profile-level-id=42C015\r\n((?!sprop).)*");

        CHECKS.put(CameraQuirk.NO_MEDIA, client -> {
            setup(client);
            assertThat(client.ask("PLAY", URL).status()).isEqualTo(200);
            assertThat(client.ask("OPTIONS", URL).status()).isEqualTo(200);
        });
        inDescription(CameraQuirk.AUDIO, ".*m=video .*m=audio .*a=control:trackID=2\r\n");
        inDescription(CameraQuirk.AUDIO_ONLY, "((?!m=video).)*m=audio .*");
        CHECKS.put(CameraQuirk.AUDIO_WITHOUT_ITS_VIDEO, client -> {
            setup(client);
            client.ask("SETUP", URL + "/trackID=2", INTERLEAVED.replace("0-1", "2-3"));
            client.ask("PLAY", URL);
            assertThat(client.packet().channel()).isEqualTo(2);
            assertThat(client.packet().channel()).isEqualTo(2);
        });
        CHECKS.put(CameraQuirk.REPORTS_ONLY, client -> {
            setup(client);
            client.ask("PLAY", URL);
            assertThat(client.packet().channel()).isEqualTo(1);
            assertThat(client.packet().channel()).isEqualTo(1);
        });
        CHECKS.put(CameraQuirk.ONE_PICTURE, client -> {
            setup(client);
            client.ask("PLAY", URL);
            client.timeout(300);
            assertThatThrownBy(() -> {
                        for (int markers = 0; markers < 2; ) {
                            markers += client.packet().marker() ? 1 : 0;
                        }
                    })
                    .isInstanceOf(SocketTimeoutException.class);
        });
        CHECKS.put(CameraQuirk.SEQUENCE_STUCK, client -> {
            setup(client);
            client.ask("PLAY", URL);
            assertThat(client.packet().sequence()).isEqualTo(client.packet().sequence());
        });
        CHECKS.put(CameraQuirk.SOURCE_CHANGES, client -> {
            setup(client);
            client.ask("PLAY", URL);
            Packet first = client.packet();
            Packet next = first;
            while (next.ssrc() == first.ssrc()) {
                next = client.packet();
            }
            assertThat(next.sequence()).isGreaterThan(first.sequence());
        });
        CHECKS.put(CameraQuirk.NO_KEY_FRAMES, client -> {
            assertThat(describe(client).body()).doesNotContain("sprop");
            setup(client);
            client.ask("PLAY", URL);
            for (int i = 0; i < 3; i++) {
                assertThat(client.packet().nalType()).isEqualTo(1);
            }
        });
        CHECKS.put(CameraQuirk.MEDIA_BEFORE_REPLY, client -> {
            setup(client);
            client.send("PLAY", URL);
            assertThat(client.packet().nalType()).isEqualTo(7);
        });
        CHECKS.put(CameraQuirk.CRLF_BEFORE_PACKETS, client -> {
            setup(client);
            client.ask("PLAY", URL);
            assertThat(client.nextByte()).isEqualTo('\r');
            assertThat(client.nextByte()).isEqualTo('\n');
            assertThat(client.packet().nalType()).isEqualTo(7);
        });
        CHECKS.put(CameraQuirk.STRAY_CHANNEL, client -> {
            setup(client);
            client.ask("PLAY", URL);
            assertThat(client.packet().channel()).isEqualTo(77);
            assertThat(client.packet().channel()).isZero();
        });
    }

    @ParameterizedTest
    @EnumSource(names = "NEEDS_KEEP_ALIVE", mode = EnumSource.Mode.EXCLUDE)
    void aQuirkDoesWhatItsNameSays(CameraQuirk quirk) throws IOException {
        assertThat(CHECKS.keySet()).contains(quirk);
        try (FakeCamera camera = FakeCamera.options()
                        .rtspLogin()
                        .ownAuthority("192.168.69.110:554")
                        .quirks(quirk)
                        .start();
                RtspDialogue client = new RtspDialogue(camera)) {
            CHECKS.get(quirk).check(client);
        }
    }

    @Test
    void aCameraThatNeedsToHearFromItsClientStopsWhenItDoesNot() throws IOException {
        try (FakeCamera camera = FakeCamera.options()
                        .rtspLogin()
                        .behaviour(b -> b.needsKeepAlive(java.time.Duration.ofMillis(250)))
                        .start();
                RtspDialogue client = new RtspDialogue(camera)) {
            setup(client);
            client.ask("PLAY", URL);
            int pictures = 0;
            client.timeout(600);
            try {
                while (true) {
                    Packet packet = client.packet();
                    pictures += packet.marker() ? 1 : 0;
                }
            } catch (java.net.SocketTimeoutException silent) {
                assertThat(pictures).isBetween(1, 5);
            }
        }
    }
}
