package dev.porthole.bench.verify;

import dev.porthole.Credentials;
import dev.porthole.Porthole;
import dev.porthole.Secret;
import dev.porthole.event.PortholeListener;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
import dev.porthole.testing.CameraOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Verifies a thousand streams at once, each until media has flowed for two seconds. The cameras are simulated, in a process
 * of their own. To be run with a small heap, such as {@code -Xmx256m}.
 */
public final class ThousandBench {
    private static final int CAMERAS = 50;
    private static final int STREAMS_OF_EACH = 20;
    private static final int RUNS = 3;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final PrintStream out;

    private ThousandBench(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs.
     *
     * @param args the folder for {@code thousand.md} and the log of the cameras; {@code --quick} for one run only
     * @throws Exception where the cameras cannot be started
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process cameras = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        CameraPark.class.getName(),
                        Integer.toString(CAMERAS))
                .redirectError(folder.resolve("cameras.log").toFile())
                .start();
        try (BufferedReader ports = cameras.inputReader(StandardCharsets.UTF_8);
                PrintStream out = new PrintStream(folder.resolve("thousand.md").toFile(), StandardCharsets.UTF_8)) {
            new ThousandBench(out).run(targets(ports), List.of(args).contains("--quick") ? 1 : RUNS);
        } finally {
            cameras.destroy();
        }
    }

    private static List<Target> targets(BufferedReader ports) throws IOException {
        Credentials account = new Credentials(CameraOptions.DEFAULT_USER, Secret.of(CameraOptions.DEFAULT_PASSWORD));
        List<Target> targets = new ArrayList<>();
        for (int camera = 0; camera < CAMERAS; camera++) {
            int port = Integer.parseInt(ports.readLine());
            for (int stream = 0; stream < STREAMS_OF_EACH; stream++) {
                targets.add(Target.at(Target.Scheme.RTSP, InetAddress.getLoopbackAddress(), port)
                        .path(StreamWorker.PATH)
                        .credentials(Optional.of(account))
                        .build());
            }
        }
        return targets;
    }

    /** Counts what a host application is told while it waits. */
    private static final class Told implements PortholeListener {
        private final AtomicInteger steps = new AtomicInteger();
        private final AtomicInteger verdicts = new AtomicInteger();

        @Override
        public void progress(String step) {
            steps.incrementAndGet();
        }

        @Override
        public void verified(Target target, Verdict verdict) {
            verdicts.incrementAndGet();
        }
    }

    private void run(List<Target> targets, int runs) throws IOException, InterruptedException {
        out.println("| run | all verdicts after, s | reachable | unreachable | inconclusive | verdicts and steps told"
                + " meanwhile | processor, s | heap after GC, MiB | resident, MiB | threads |");
        out.println("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (int run = 1; run <= runs; run++) {
            System.err.println("bench: " + targets.size() + " streams at once, run " + run);
            Told told = new Told();
            try (Porthole porthole = Porthole.builder()
                            .attemptsAtOnce(targets.size())
                            .timeout(TIMEOUT)
                            .listener(told)
                            .build();
                    Peaks peaks = new Peaks()) {
                long start = System.nanoTime();
                List<Optional<Verdict>> verdicts = porthole.verify(targets);
                row(run, (System.nanoTime() - start) / 1e9, verdicts, told, peaks);
            }
        }
        out.printf(
                "%nLargest heap allowed: %d MiB. Resident is the most since the start of the process.%n",
                Runtime.getRuntime().maxMemory() / (1 << 20));
    }

    private void row(int run, double seconds, List<Optional<Verdict>> verdicts, Told told, Peaks peaks)
            throws IOException {
        Map<Verdict.Status, Integer> byStatus = new EnumMap<>(Verdict.Status.class);
        for (Verdict verdict : verdicts.stream().flatMap(Optional::stream).toList()) {
            byStatus.merge(verdict.status(), 1, Integer::sum);
            if (verdict.status() != Verdict.Status.REACHABLE) {
                System.err.println("bench: " + verdict.findings());
            }
        }
        out.printf(
                Locale.ROOT,
                "| %d | %.1f | %d | %d | %d | %d + %d | %.1f | %d | %d | %d |%n",
                run,
                seconds,
                byStatus.getOrDefault(Verdict.Status.REACHABLE, 0),
                byStatus.getOrDefault(Verdict.Status.UNREACHABLE, 0),
                byStatus.getOrDefault(Verdict.Status.INCONCLUSIVE, 0),
                told.verdicts.get(),
                told.steps.get(),
                peaks.processorMillis() / 1e3,
                peaks.heap() / (1 << 20),
                Peaks.residentKib() / 1024,
                peaks.threads());
    }
}
