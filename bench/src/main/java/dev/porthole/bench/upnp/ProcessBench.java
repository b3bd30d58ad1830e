package dev.porthole.bench.upnp;

import dev.porthole.bench.turns.Home;
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
 * Times whole processes from start to end, in turns: the command line's {@code publish} of one camera, verified, against
 * {@code upnpc}, with the start of the Java machine alone for comparison. Runs in a home of the laboratory.
 */
public final class ProcessBench {
    private static final int ROUNDS = 11;

    private final Home home;
    private final Path folder;
    private final List<String> porthole;
    private final List<String> afterwards;

    private ProcessBench(Home home, Path folder, String commandLine) {
        this.home = home;
        this.folder = folder;
        porthole = List.of(commandLine);
        afterwards = words(porthole, "release", "--all-ours", "--json", "--ledger", ledger());
    }

    /**
     * Runs.
     *
     * @param args the folder for {@code processes.md} and the output of commands, the command line, and {@code --quick}
     *     for two rounds only
     * @throws Exception where something cannot be started
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        int rounds = List.of(args).contains("--quick") ? 2 : ROUNDS;
        try (PrintStream out = new PrintStream(folder.resolve("processes.md").toFile(), StandardCharsets.UTF_8)) {
            new ProcessBench(Home.fromEnvironment(), folder, args[1]).run(rounds, out);
        }
    }

    private void run(int rounds, PrintStream out) throws IOException, InterruptedException {
        // Refuses to start where mappings are left, and removes ours between the turns.
        Referee referee = new Referee(home);
        List<WholeProcess> processes = processes();
        List<Results> results = new ArrayList<>();
        processes.forEach(process -> results.add(new Results(process.name())));
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < processes.size(); i++) {
                System.err.println("bench: " + processes.get(i).name());
                if (results.get(i).able()) {
                    results.get(i).add(processes.get(i).run(), true);
                }
                tidy(referee);
            }
        }
        print(processes, results, out);
    }

    private void tidy(Referee referee) throws IOException, InterruptedException {
        new WholeProcess("release", List.of(afterwards), folder.resolve("release.out")).run();
        Files.deleteIfExists(Path.of(ledger()));
        referee.clear(Task.CAMERA);
    }

    private List<WholeProcess> processes() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> nothing = List.of(java, "-cp", System.getProperty("java.class.path"), Nothing.class.getName());
        return List.of(
                process("java, an empty program", List.of(nothing)),
                process("porthole discover, every answer waited for", List.of(words(porthole, "discover", "--json"))),
                process("porthole publish, not verified", List.of(publish("--no-verify"))),
                process("porthole publish, verified", List.of(publish("--verify-from", "here"))),
                process("upnpc, its own search, two mappings", upnpc(false)),
                process("upnpc -u, no search, two mappings", upnpc(true)));
    }

    private WholeProcess process(String name, List<List<String>> commands) {
        String file = name.replaceAll("[^a-z]+", "-") + ".out";
        return new WholeProcess(name, commands, folder.resolve(file));
    }

    private List<String> publish(String... how) {
        List<String> command = words(porthole, "publish", "--json", "--ledger", ledger(), "--camera", home.camera());
        command.addAll(List.of("--user", home.user(), "--password-file", home.passwordFile(), "--rtsp-path", "/main"));
        command.addAll(List.of(how));
        return command;
    }

    private List<List<String>> upnpc(boolean told) {
        List<String> start = told ? List.of("upnpc", "-u", home.description()) : List.of("upnpc");
        List<List<String>> commands = new ArrayList<>();
        for (Wish wish : new Wishes(home.camera()).of(Task.CAMERA)) {
            String internal = Integer.toString(wish.internalPort());
            String external = Integer.toString(wish.externalPort());
            commands.add(words(start, "-a", wish.internalClient(), internal, external, "TCP"));
        }
        return commands;
    }

    private String ledger() {
        return folder.resolve("ledger").toString();
    }

    private static List<String> words(List<String> start, String... more) {
        List<String> words = new ArrayList<>(start);
        words.addAll(List.of(more));
        return words;
    }

    private static void print(List<WholeProcess> processes, List<Results> results, PrintStream out) {
        double java = results.get(0).median().orElse(Double.NaN);
        out.println("| | median, ms | min – max | turns | without the start of java | told by itself, last turn |");
        out.println("|---|---:|---:|---:|---:|---|");
        for (int i = 0; i < results.size(); i++) {
            Results result = results.get(i);
            boolean ours = result.player().startsWith("porthole");
            out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f – %,.0f | %d | %s | %s |%n",
                    result.player(),
                    result.median().orElse(Double.NaN),
                    result.least(),
                    result.most(),
                    result.turns(),
                    ours ? String.format(Locale.ROOT, "%,.0f", result.median().orElse(Double.NaN) - java) : "",
                    processes.get(i).timings());
        }
        for (Results result : results) {
            result.problems().forEach(problem -> out.printf("%n%s: %s.%n", result.player(), problem));
        }
    }
}
