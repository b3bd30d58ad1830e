package dev.porthole.bench.upnp;

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
    private final boolean quick;
    private final Report report;

    private UpnpBench(boolean quick, Report report) {
        this.quick = quick;
        this.report = report;
    }

    /**
     * Runs.
     *
     * @param args the folder for {@code upnp.md} and the contestants' logs; {@code --quick} for a few rounds only
     * @throws Exception where the router or the laboratory fails; a contestant's failure is a result
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        boolean quick = args.length > 1 && args[1].equals("--quick");
        try (PrintStream out = new PrintStream(folder.resolve("upnp.md").toFile(), StandardCharsets.UTF_8)) {
            new UpnpBench(quick, new Report(out)).run(Home.fromEnvironment(), folder, out);
        }
    }

    private void run(Home home, Path folder, PrintStream out) throws IOException, InterruptedException {
        Referee referee = new Referee(home);
        out.printf("Router: %s.%n", referee.server());
        List<Player> players = players(home, folder);
        try {
            Traffic traffic = new Traffic(URI.create(home.description()).getPort());
            play(new Match(players, referee, traffic), referee);
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

    private void play(Match match, Referee referee) throws IOException, InterruptedException {
        play(match, Task.DISCOVER, 10, 30);
        play(match, Task.EXTERNAL_ADDRESS, 300, 300);
        play(match, Task.CAMERA, 50, 60);
        play(match, Task.ADDS, 1, 7);
        play(match, Task.ADDS_READ_BACK, 1, 7);
        list(match, referee, 100, 15);
        if (!quick) {
            list(match, referee, 1_000, 7);
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
