package dev.porthole.bench.upnp;

import dev.porthole.bench.turns.Home;
import dev.porthole.bench.turns.Report;
import dev.porthole.bench.turns.Results;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares all contestants against one real router, in one run, and writes the tables. Runs in a home of the laboratory. */
public final class UpnpBench {
    private static final List<Task> ALL = List.of(Task.values());

    private final boolean quick;
    private final List<Task> tasks;
    private final Report report;

    private UpnpBench(boolean quick, List<Task> tasks, Report report) {
        this.quick = quick;
        this.tasks = tasks;
        this.report = report;
    }

    /**
     * Runs.
     *
     * @param args the folder for {@code upnp.md} and the contestants' logs; {@code --quick} for a few rounds only; names
     *     of a {@link Task} for these alone
     * @throws Exception where the router or the laboratory fails; a contestant's failure is a result
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        List<String> words = List.of(args);
        List<Task> some =
                ALL.stream().filter(task -> words.contains(task.name())).toList();
        try (PrintStream out = new PrintStream(folder.resolve("upnp.md").toFile(), StandardCharsets.UTF_8)) {
            new UpnpBench(words.contains("--quick"), some.isEmpty() ? ALL : some, new Report(out))
                    .run(Home.fromEnvironment(), folder, out);
        }
    }

    private void run(Home home, Path folder, PrintStream out) throws IOException, InterruptedException {
        Referee referee = new Referee(home);
        out.printf("Router: %s.%n", referee.software());
        List<Player> players = players(home, folder);
        try {
            Traffic traffic = new Traffic(URI.create(home.description()).getPort());
            Match match = new Match(players, referee, traffic);
            if (!tasks.contains(Task.DISCOVER)) {
                match.play(Task.DISCOVER, 0, 0, 0);
            }
            for (Task task : tasks) {
                play(match, referee, task);
            }
        } finally {
            players.forEach(Player::close);
        }
    }

    private static List<Player> players(Home home, Path folder) throws IOException {
        List<Player> players = new ArrayList<>();
        for (Entrant entrant : Entrant.values()) {
            players.add(new WorkerPlayer(entrant, folder));
        }
        players.add(new UpnpcPlayer(home, folder));
        return players;
    }

    private void play(Match match, Referee referee, Task task) throws IOException, InterruptedException {
        switch (task) {
            case DISCOVER -> play(match, task, 10, 30);
            case EXTERNAL_ADDRESS -> play(match, task, 300, 300);
            case CAMERA -> play(match, task, 50, 60);
            case ADDS, ADDS_READ_BACK -> play(match, task, 1, 7);
            case LIST -> {
                list(match, referee, 100, 15);
                if (!quick) {
                    list(match, referee, 1_000, 7);
                }
            }
        }
    }

    private void play(Match match, Task task, int warmUp, int rounds) throws IOException, InterruptedException {
        System.err.println("bench: " + task);
        List<Results> results = match.play(task, 0, quick ? 0 : warmUp, quick ? 1 : rounds);
        report.table(task.title(), task.target(), results);
    }

    private void list(Match match, Referee referee, int entries, int rounds) throws IOException, InterruptedException {
        System.err.println("bench: " + Task.LIST + " " + entries);
        referee.fill(entries);
        List<Results> results = match.play(Task.LIST, entries, quick ? 0 : 1, quick ? 1 : rounds);
        report.table(Task.LIST.title() + " of " + entries, Task.LIST.target(), results);
    }
}
