package dev.porthole.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Credentials;
import dev.porthole.Secret;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The password stays out of evidence, findings, logs and exceptions, also where a device sends it back. */
class CanaryTest {
    private static final String CANARY = "Kanarienvogel-7f3a";
    private static final String TOKEN =
            Base64.getEncoder().encodeToString(("viewer:" + CANARY).getBytes(StandardCharsets.UTF_8));
    private static final Credentials ACCOUNT = new Credentials("viewer", Secret.of(CANARY));
    /** Where {@code simplelogger.properties} sends the log, the wire included. */
    private static final Path LOG = Path.of("target", "test.log");

    private static void clean(Verdict verdict) throws IOException {
        String log = Files.readString(LOG);
        assertThat(log).contains(verdict.status() + " at " + verdict.stage());
        assertThat(verdict + log).doesNotContainIgnoringCase(TOKEN).doesNotContainIgnoringCase(CANARY.substring(0, 9));
    }

    private static Target.Builder with(Target.Builder target) {
        return target.credentials(Optional.of(ACCOUNT));
    }

    @Test
    void aStreamThatSendsThePasswordBackDoesNotGetItShown() throws Exception {
        for (String status : new String[] {"200 OK", "401 " + CANARY, "404 " + TOKEN, "302 " + CANARY, "403 no"}) {
            try (Peer camera = Peer.answering(request -> {
                if (request.method().equals("OPTIONS")) {
                    return "RTSP/1.0 200 OK\r\nServer: " + CANARY + "\r\nPublic: " + TOKEN + "\r\n\r\n";
                }
                if (request.authorization().isEmpty()) {
                    return "RTSP/1.0 401 No\r\nWWW-Authenticate: Basic realm=\"" + CANARY + "\"\r\n\r\n";
                }
                String sdp = "s=" + CANARY + "\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 " + CANARY
                        + "/1\r\na=control:rtsp://" + CANARY + ":1/\r\n";
                return "RTSP/1.0 " + status + "\r\nServer: " + request.authorization() + "\r\nLocation: rtsp://viewer:"
                        + CANARY + "@elsewhere/\r\nContent-Base: rtsp://viewer:" + CANARY + "@h/\r\nContent-Length: "
                        + sdp.length() + "\r\n\r\n" + sdp;
            })) {
                clean(Tries.here(with(Tries.rtsp(camera.port()))));
                clean(Tries.hairpin(with(Tries.rtsp(camera.port()))));
            }
        }
    }

    @Test
    void aStreamThatSendsThePasswordBackWhileItIsPlayedDoesNotGetItShown() throws Exception {
        CameraVerifier verifier =
                CameraVerifier.builder().answerTimeout(Duration.ofMillis(200)).build();
        for (String refused : new String[] {"SETUP", "PLAY", "nothing"}) {
            try (Peer camera = Peer.answering(request -> {
                if (request.method().equals("DESCRIBE")
                        && request.authorization().isEmpty()) {
                    return "RTSP/1.0 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n";
                }
                String sdp = "m=video 0 RTP/AVP 96\r\na=rtpmap:96 " + CANARY + "/1\r\na=control:rtsp://" + CANARY
                        + ":1/" + CANARY + "\r\n";
                return "RTSP/1.0 " + (request.method().equals(refused) ? "453 " + CANARY : "200 OK")
                        + "\r\nSession: " + CANARY + "\r\nTransport: RTP/AVP/TCP;interleaved=0-1;source=" + CANARY
                        + "\r\nRTP-Info: url=rtsp://" + CANARY + ":2/" + CANARY
                        + (request.method().equals("DESCRIBE")
                                ? "\r\nContent-Length: " + sdp.length() + "\r\n\r\n" + sdp
                                : "\r\n\r\n");
            })) {
                clean(Tries.here(verifier, with(Tries.rtsp(camera.port()))));
            }
        }
    }

    @Test
    void aBrokenStreamThatSendsThePasswordBackDoesNotGetItShown() throws Exception {
        for (String answer :
                new String[] {CANARY + "\r\n", "HTTP/1.1 " + TOKEN + "\r\n", "RTSP/1.0 200 OK\r\n" + CANARY}) {
            try (Peer camera = Peer.holding(connection -> {
                connection.request();
                connection.send(answer);
            })) {
                clean(Tries.here(with(Tries.rtsp(camera.port()))));
                clean(Tries.here(with(Tries.http(camera.port()))));
            }
        }
    }

    @Test
    void aPageThatSendsThePasswordBackDoesNotGetItShown() throws Exception {
        for (String status : new String[] {"200 OK", "401 " + CANARY, "302 x", "503 " + CANARY}) {
            try (Peer camera = Peer.web(request -> {
                if (request.authorization().isEmpty()) {
                    return "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"ip camera " + CANARY
                            + "\"\r\nContent-Length: 0\r\n\r\n";
                }
                String html = "<title>" + CANARY + " " + request.authorization() + "</title>";
                return "HTTP/1.1 " + status + "\r\nServer: " + TOKEN + "\r\nLocation: http://viewer:" + CANARY
                        + "@elsewhere/" + CANARY + "\r\nContent-Length: " + html.length() + "\r\n\r\n" + html;
            })) {
                clean(Tries.here(with(Tries.http(camera.port()))));
                clean(Tries.hairpin(with(Tries.http(camera.port()))));
            }
        }
    }
}
