package dev.porthole.bench.verify;

import dev.porthole.Deadline;
import dev.porthole.bench.turns.Home;
import dev.porthole.bench.turns.Outcome;
import dev.porthole.bench.turns.WorkerProcess;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.CameraVerifier;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The process of one that looks at the camera's stream: does a {@link StreamTask} for each line that it reads. */
public final class StreamWorker {
    /** The argument of bare sockets. */
    static final String BARE = "stream-bare";
    /** The argument of ours. */
    static final String OURS = "stream-porthole";
    /** The stream that all look at. */
    static final String PATH = "/main";

    /** Before each turn: a camera stops its encoder some time after the last session, and none may find it running. */
    static final Duration PAUSE = Duration.ofMillis(300);

    /** Proof of rising sequence numbers, and no wait beyond it. */
    static final Duration MEDIA_TIME = Duration.ofMillis(1);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Home home;
    private final String password;
    private final CameraVerifier verifier =
            CameraVerifier.builder().mediaTime(MEDIA_TIME).build();

    private StreamWorker(Home home) throws IOException {
        this.home = home;
        this.password = home.password();
    }

    /**
     * Runs until the end of input.
     *
     * @param args {@link #BARE} or {@link #OURS}
     * @throws IOException where standard input or the password cannot be read
     */
    public static void main(String[] args) throws IOException {
        StreamWorker worker = new StreamWorker(Home.fromEnvironment());
        boolean ours = args[0].equals(OURS);
        WorkerProcess.serve(line -> {
            try {
                StreamTask task = StreamTask.valueOf(line);
                return new Outcome.Took(ours ? worker.porthole(task) : worker.bare(task));
            } catch (IOException | InterruptedException e) {
                e.printStackTrace();
                return new Outcome.Failed(String.valueOf(e).replaceAll("\\s+", " "));
            }
        });
        System.exit(0);
    }

    private long bare(StreamTask task) throws IOException {
        long start = System.nanoTime();
        try (BareStream stream = new BareStream(home.camera(), PATH, home.user(), password)) {
            stream.play(home.camera());
            long first = System.nanoTime() - start;
            if (task == StreamTask.WHOLE) {
                stream.watch(MEDIA_TIME);
            }
            stream.tearDown();
            return task == StreamTask.WHOLE ? System.nanoTime() - start : first;
        }
    }

    private long porthole(StreamTask task) throws IOException, InterruptedException {
        Target target = Target.at(
                        Target.Scheme.RTSP, IpLiteral.parse(home.camera()).orElseThrow(), 554)
                .path(PATH)
                .credentials(Optional.of(home.credentials()))
                .build();
        long start = System.nanoTime();
        Verdict verdict = verifier.verify(target, Vantage.LAN, Deadline.after(TIMEOUT));
        long whole = System.nanoTime() - start;
        if (verdict.status() != Verdict.Status.REACHABLE) {
            throw new IOException(verdict.toString());
        }
        return task == StreamTask.WHOLE ? whole : firstPacket(verdict);
    }

    /** Whole milliseconds are told, rounded down; they are counted rounded up. */
    private static long firstPacket(Verdict verdict) {
        long millis = Long.parseLong(verdict.evidence().get("firstPacketMs"));
        return TimeUnit.MILLISECONDS.toNanos(millis + 1);
    }
}
