package dev.porthole.bench.verify;

import dev.porthole.bench.turns.Contender;
import dev.porthole.bench.turns.Home;
import dev.porthole.bench.turns.Outcome;
import dev.porthole.bench.turns.Report;
import dev.porthole.bench.turns.Results;
import dev.porthole.bench.turns.WholeProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares publishing a camera, proved from outside, with the commands that a person would type for the same. Runs in a
 * watched home of the laboratory.
 */
public final class PublishBench {
    private static final int WARM_UP = 15;
    private static final int ROUNDS = 11;
    private static final int EXTERNAL_HTTP = 21_080;
    private static final int EXTERNAL_RTSP = 21_554;
    /** How many times faster than the commands as they come. */
    private static final int TARGET = 20;

    private final Home home;
    private final Path folder;
    private final boolean quick;

    private PublishBench(Home home, Path folder, boolean quick) {
        this.home = home;
        this.folder = folder;
        this.quick = quick;
    }

    /**
     * Runs.
     *
     * @param args the folder for {@code published.md} and the output of commands; {@code --quick} for a few rounds only
     * @throws Exception where the laboratory fails; a contender's failure is a result
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        try (PrintStream out = new PrintStream(folder.resolve("published.md").toFile(), StandardCharsets.UTF_8)) {
            new PublishBench(Home.fromEnvironment(), folder, List.of(args).contains("--quick")).run(out);
        }
    }

    private void run(PrintStream out) throws IOException, InterruptedException {
        System.err.println("bench: published and proved");
        OurPublication ours = new OurPublication(home);
        List<Contender> contenders = List.of(
                new Contender(Report.OURS, WARM_UP + ROUNDS, ours::turn),
                typed("upnpc twice, curl, ffprobe", commands(false)),
                typed("upnpc -u twice, curl, ffprobe tuned", commands(true)));
        List<Results> results = Contender.play(contenders, quick ? 1 : WARM_UP, quick ? 1 : ROUNDS, StreamWorker.PAUSE);
        new Report(out, Report.OURS).table("A camera's web page and stream", 0, results);
        double times = results.get(1).median().orElse(Double.NaN)
                / results.get(0).median().orElse(Double.NaN);
        out.printf(
                Locale.ROOT,
                "%n%s is %.1f times faster than the commands as they come (%s %d). Its last turn: %s.%n",
                Report.OURS,
                times,
                times >= TARGET ? "≥" : "**below**",
                TARGET,
                ours.timings());
    }

    private Contender typed(String name, List<List<String>> commands) {
        String file = name.replaceAll("[^a-z]+", "-");
        WholeProcess process = new WholeProcess(name, commands, folder.resolve(file + ".out"));
        WholeProcess tidying = new WholeProcess("tidying", deletions(), folder.resolve("tidying.out"));
        return new Contender(name, ROUNDS, () -> {
            Outcome outcome = process.run();
            tidying.run();
            return outcome;
        });
    }

    /** Two mappings; then the page and the stream from outside. */
    private List<List<String>> commands(boolean atTheirBest) throws IOException {
        String stream = Ffprobe.url(home, home.external(), EXTERNAL_RTSP);
        String page = "http://" + home.external() + ":" + EXTERNAL_HTTP + "/";
        return List.of(
                upnpc(atTheirBest, "-a", home.camera(), "80", Integer.toString(EXTERNAL_HTTP), "TCP"),
                upnpc(atTheirBest, "-a", home.camera(), "554", Integer.toString(EXTERNAL_RTSP), "TCP"),
                outside(List.of("curl", "-sS", "--fail", page)),
                outside(atTheirBest ? Ffprobe.tuned(stream) : Ffprobe.asIs(stream)));
    }

    private List<List<String>> deletions() {
        return List.of(
                upnpc(true, "-d", Integer.toString(EXTERNAL_HTTP), "TCP"),
                upnpc(true, "-d", Integer.toString(EXTERNAL_RTSP), "TCP"));
    }

    private List<String> upnpc(boolean told, String... words) {
        List<String> command = new ArrayList<>(told ? List.of("upnpc", "-u", home.description()) : List.of("upnpc"));
        command.addAll(List.of(words));
        return command;
    }

    private static List<String> outside(List<String> words) {
        List<String> command =
                new ArrayList<>(List.of(Home.variable("PORTHOLE_LAB_IN_OUTSIDE").split(" ")));
        command.addAll(words);
        return command;
    }
}
