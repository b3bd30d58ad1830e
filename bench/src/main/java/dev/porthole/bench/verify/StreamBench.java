package dev.porthole.bench.verify;

import dev.porthole.bench.turns.Contender;
import dev.porthole.bench.turns.Home;
import dev.porthole.bench.turns.Outcome;
import dev.porthole.bench.turns.PacketCounter;
import dev.porthole.bench.turns.Report;
import dev.porthole.bench.turns.Results;
import dev.porthole.bench.turns.WholeProcess;
import dev.porthole.bench.turns.WorkerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares our verification of a stream with bare sockets and with ffprobe, at the camera's own address, and writes the
 * tables. Runs in a home of the laboratory.
 */
public final class StreamBench {
    private static final int WARM_UP = 30;
    private static final int ROUNDS = 40;
    /** The default ffprobe looks for two seconds. */
    private static final int ROUNDS_OF_FFPROBE = 11;

    private final Home home;
    private final Path folder;
    private final boolean quick;

    private StreamBench(Home home, Path folder, boolean quick) {
        this.home = home;
        this.folder = folder;
        this.quick = quick;
    }

    /**
     * Runs.
     *
     * @param args the folder for {@code streams.md} and the logs; {@code --quick} for a few rounds only
     * @throws Exception where the laboratory fails; a contender's failure is a result
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        try (PrintStream out = new PrintStream(folder.resolve("streams.md").toFile(), StandardCharsets.UTF_8)) {
            new StreamBench(Home.fromEnvironment(), folder, List.of(args).contains("--quick")).run(new Report(out));
        }
    }

    private void run(Report report) throws IOException, InterruptedException {
        try (WorkerProcess bare = new WorkerProcess(StreamWorker.class, StreamWorker.BARE, folder);
                WorkerProcess porthole = new WorkerProcess(StreamWorker.class, StreamWorker.OURS, folder)) {
            PacketCounter requests = new PacketCounter("requests", "tcp dport 554 tcp flags & psh == psh");
            for (StreamTask task : StreamTask.values()) {
                System.err.println("bench: streams, " + task);
                List<Contender> contenders = new ArrayList<>();
                contenders.add(new Contender("bare sockets", ROUNDS, () -> bare.ask(task.name())));
                contenders.add(new Contender(Report.OURS, ROUNDS, () -> porthole.ask(task.name())));
                contenders.addAll(ffprobes(task));
                List<Results> results =
                        Contender.play(contenders, quick ? 0 : WARM_UP, quick ? 3 : ROUNDS, StreamWorker.PAUSE);
                for (int who = 0; who < contenders.size(); who++) {
                    count(contenders.get(who), results.get(who), requests);
                }
                report.table(task.title(), task.target(), results);
            }
        }
    }

    /** A whole process has no first packet of its own: it is compared with the first table's floor, as a user meets it. */
    private List<Contender> ffprobes(StreamTask task) throws IOException {
        if (task != StreamTask.FIRST_PACKET) {
            return List.of();
        }
        String url = Ffprobe.url(home, home.camera(), 554);
        return List.of(
                whole("ffprobe, default (whole processes)", Ffprobe.asIs(url)),
                whole("ffprobe, tuned (whole processes)", Ffprobe.tuned(url)));
    }

    private Contender whole(String name, List<String> command) {
        Path output = folder.resolve(name.replaceAll("[^a-z]+", "-") + ".out");
        WholeProcess process = new WholeProcess(name, List.of(command), output);
        return new Contender(name, ROUNDS_OF_FFPROBE, process::run);
    }

    /** One more turn, whose time does not count. */
    private static void count(Contender contender, Results results, PacketCounter requests)
            throws IOException, InterruptedException {
        int before = requests.count();
        if (results.able() && contender.turn().take() instanceof Outcome.Took) {
            results.requests(Integer.toString(requests.count() - before));
        }
    }
}
