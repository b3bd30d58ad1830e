package dev.porthole.bench.upnp;

import dev.porthole.bench.turns.Home;
import dev.porthole.bench.turns.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** miniupnpc's command line client. Each command is a whole process, which is how it is used. */
final class UpnpcPlayer implements Player {
    /** It takes two seconds to search. */
    private static final int ROUNDS_OF_DISCOVERY = 4;

    private final Home home;
    private final Path log;

    UpnpcPlayer(Home home, Path logs) {
        this.home = home;
        log = logs.resolve("upnpc.log");
    }

    @Override
    public String name() {
        return "upnpc (whole processes)";
    }

    @Override
    public Outcome play(Task task, int entries) throws InterruptedException {
        List<List<String>> commands = commands(task);
        try {
            long start = System.nanoTime();
            for (List<String> command : commands) {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
                int status = process.waitFor();
                if (status != 0) {
                    return new Outcome.Failed("status " + status);
                }
            }
            return new Outcome.Took(System.nanoTime() - start);
        } catch (IOException e) {
            return new Outcome.Failed(String.valueOf(e.getMessage()));
        }
    }

    private List<List<String>> commands(Task task) {
        return switch (task) {
            case DISCOVER -> List.of(List.of("upnpc", "-s"));
            case EXTERNAL_ADDRESS -> List.of(at("-s"));
            case LIST -> List.of(at("-l"));
            case CAMERA, ADDS, ADDS_READ_BACK -> {
                List<List<String>> commands = new ArrayList<>();
                for (Wish wish : new Wishes(home.camera()).of(task)) {
                    // It always reads back what it added.
                    commands.add(at(
                            "-e",
                            Wish.DESCRIPTION,
                            "-a",
                            wish.internalClient(),
                            Integer.toString(wish.internalPort()),
                            Integer.toString(wish.externalPort()),
                            "TCP",
                            Integer.toString(Wish.LEASE)));
                }
                yield commands;
            }
        };
    }

    /** Told where the description is, so that only discovery has to search. */
    private List<String> at(String... words) {
        List<String> command = new ArrayList<>(List.of("upnpc", "-u", home.description()));
        command.addAll(List.of(words));
        return command;
    }

    @Override
    public int rounds(Task task, int rounds) {
        return task == Task.DISCOVER ? Math.min(rounds, ROUNDS_OF_DISCOVERY) : rounds;
    }

    @Override
    public void close() {}
}
