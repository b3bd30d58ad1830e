package dev.porthole.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Deadline;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a peer does, a verdict comes by the deadline plus 250 ms. */
class HostilePeerTest {
    private static final Duration DEADLINE = Duration.ofMillis(400);
    private static final Duration LATEST = DEADLINE.plusMillis(250);

    private static final String RTSP_HEAD = "RTSP/1.0 200 OK\r\n";
    private static final String HTTP_HEAD = "HTTP/1.1 200 OK\r\n";

    /** What a peer may do instead of answering. */
    enum Misdeed {
        SILENCE {
            @Override
            void commit(Peer.Connection connection, String head) throws Exception {
                connection.silence();
            }
        },
        HANG_UP {
            @Override
            void commit(Peer.Connection connection, String head) {}
        },
        DRIP {
            @Override
            void commit(Peer.Connection connection, String head) throws Exception {
                for (char letter : (head + "Server: " + "x".repeat(4000)).toCharArray()) {
                    connection.send(String.valueOf(letter));
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            }
        },
        ENDLESS_HEADER {
            @Override
            void commit(Peer.Connection connection, String head) throws Exception {
                connection.send(head + "Server: ");
                forEver(connection, "x".repeat(8192));
            }
        },
        ENDLESS_HEADERS {
            @Override
            void commit(Peer.Connection connection, String head) throws Exception {
                connection.send(head);
                forEver(connection, "X-A: b\r\n".repeat(500));
            }
        },
        ENDLESS_BODY {
            @Override
            void commit(Peer.Connection connection, String head) throws Exception {
                connection.send(head + "Content-Length: 4294967295\r\n\r\n");
                forEver(connection, "<title>a</title><input ".repeat(500));
            }
        },
        ENDLESS_FRAMES {
            @Override
            void commit(Peer.Connection connection, String head) throws Exception {
                forEver(connection, "$\0\0\u0010" + "x".repeat(16));
            }
        },
        ENDLESS_CHUNKS {
            @Override
            void commit(Peer.Connection connection, String head) throws Exception {
                connection.send(head + "Transfer-Encoding: chunked\r\n\r\n");
                forEver(connection, "1\r\nx\r\n".repeat(500));
            }
        },
        UNFINISHED_BODY {
            @Override
            void commit(Peer.Connection connection, String head) throws Exception {
                connection.send(head + "Content-Length: 1000\r\n\r\nv=0\r\n");
                connection.silence();
            }
        },
        REDIRECT_LOOP {
            @Override
            void commit(Peer.Connection connection, String head) throws Exception {
                connection.send(head.replace("200", "302") + "Location: /" + System.nanoTime() + "\r\n\r\n");
            }
        };

        abstract void commit(Peer.Connection connection, String head) throws Exception;

        static void forEver(Peer.Connection connection, String text) throws Exception {
            while (true) {
                connection.send(text);
            }
        }
    }

    /** Loads the classes, of which TLS has many: the deadline is for peers, not for the JVM's start. */
    @BeforeAll
    static void warmUp() throws Exception {
        for (Target.Scheme scheme : Target.Scheme.values()) {
            try (Peer peer = Peer.holding(connection -> connection.send("x"))) {
                new CameraVerifier()
                        .verify(target(scheme, peer.port()), Vantage.HERE, Deadline.after(Duration.ofSeconds(1)));
            }
        }
    }

    private static Target target(Target.Scheme scheme, int port) {
        return Tries.withViewer(Target.at(scheme, InetAddress.getLoopbackAddress(), port))
                .build();
    }

    private static void verdictInTime(Target target) throws InterruptedException {
        CameraVerifier verifier = new CameraVerifier();
        long start = System.nanoTime();
        Verdict verdict = verifier.verify(target, Vantage.HERE, Deadline.after(DEADLINE));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LATEST);
        assertThat(verdict.findings()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Misdeed.class)
    void rtspGivesAVerdictInTime(Misdeed misdeed) throws Exception {
        try (Peer peer = Peer.holding(connection -> {
            connection.request();
            misdeed.commit(connection, RTSP_HEAD);
        })) {
            verdictInTime(target(Target.Scheme.RTSP, peer.port()));
        }
    }

    @ParameterizedTest
    @EnumSource(Misdeed.class)
    void rtspGivesAVerdictInTimeAlsoLater(Misdeed misdeed) throws Exception {
        try (Peer peer = Peer.holding(connection -> {
            connection.request();
            connection.send(RTSP_HEAD + "\r\n");
            connection.request();
            misdeed.commit(connection, RTSP_HEAD);
        })) {
            verdictInTime(target(Target.Scheme.RTSP, peer.port()));
        }
    }

    @ParameterizedTest
    @EnumSource(Misdeed.class)
    void httpGivesAVerdictInTime(Misdeed misdeed) throws Exception {
        try (Peer peer = Peer.holding(connection -> {
            connection.request();
            misdeed.commit(connection, HTTP_HEAD);
        })) {
            verdictInTime(target(Target.Scheme.HTTP, peer.port()));
        }
    }

    @ParameterizedTest
    @EnumSource(Misdeed.class)
    void tlsGivesAVerdictInTime(Misdeed misdeed) throws Exception {
        tlsGivesAVerdictInTime(misdeed, Target.Scheme.HTTPS);
        tlsGivesAVerdictInTime(misdeed, Target.Scheme.RTSPS);
    }

    private static void tlsGivesAVerdictInTime(Misdeed misdeed, Target.Scheme scheme) throws Exception {
        try (Peer peer = Peer.holding(connection -> misdeed.commit(connection, HTTP_HEAD))) {
            verdictInTime(target(scheme, peer.port()));
        }
    }

    @Test
    void everyRtspReplyMayBeCutAtEveryByte() throws Exception {
        String sdp = "v=0\r\nm=video 0 RTP/AVP 96\r\n";
        String reply =
                RTSP_HEAD + "CSeq: 2\r\nContent-Base: rtsp://h/\r\nContent-Length: " + sdp.length() + "\r\n\r\n" + sdp;
        CameraVerifier verifier = new CameraVerifier();
        for (int length = 0; length < reply.length(); length++) {
            String cut = reply.substring(0, length);
            try (Peer peer = Peer.holding(connection -> {
                connection.request();
                connection.send(RTSP_HEAD + "\r\n");
                connection.request();
                connection.send(cut);
            })) {
                Verdict verdict = verifier.verify(
                        target(Target.Scheme.RTSP, peer.port()), Vantage.HERE, Deadline.after(Tries.AMPLE));
                assertThat(verdict.status()).as(cut).isEqualTo(Verdict.Status.UNREACHABLE);
                assertThat(verdict.findings()).as(cut).isNotEmpty();
            }
        }
    }

    @Test
    void everyHttpReplyMayBeCutAtEveryByte() throws Exception {
        String reply = HTTP_HEAD + "Server: App-webs/\r\nContent-Length: 62\r\n\r\n"
                + "<title>Network Camera</title><form><input type=password></form>";
        CameraVerifier verifier = new CameraVerifier();
        for (int length = 0; length < reply.length(); length++) {
            String cut = reply.substring(0, length);
            try (Peer peer = Peer.web(request -> cut)) {
                Verdict verdict = verifier.verify(
                        target(Target.Scheme.HTTP, peer.port()), Vantage.HERE, Deadline.after(Tries.AMPLE));
                boolean knowable = cut.contains("App-webs/") || cut.contains("</title");
                assertThat(verdict.status() == Verdict.Status.REACHABLE
                                || !verdict.findings().isEmpty())
                        .as(cut)
                        .isTrue();
                assertThat(verdict.status() == Verdict.Status.REACHABLE && !knowable)
                        .as(cut)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Target.Scheme.class)
    void interruptionEndsAnAttemptAtOnce(Target.Scheme scheme) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (Peer peer = Peer.holding(connection -> {
            asked.countDown();
            connection.silence();
        })) {
            FutureTask<Verdict> attempt = new FutureTask<>(() -> new CameraVerifier()
                    .verify(target(scheme, peer.port()), Vantage.HERE, Deadline.after(Duration.ofMinutes(5))));
            Thread thread = new Thread(attempt);
            thread.start();
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            thread.interrupt();
            assertThatThrownBy(() -> attempt.get(2, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        }
    }
}
