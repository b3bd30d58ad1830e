package dev.porthole.bench.upnp;

import dev.porthole.bench.turns.Home;
import dev.porthole.bench.turns.WorkerProcess;
import java.io.IOException;

/** The process of one contestant: does tasks that come one a line. */
public final class Worker {
    private Worker() {}

    /**
     * Runs until the end of input.
     *
     * @param args the name of a {@link Entrant}
     * @throws IOException where standard input cannot be read
     */
    public static void main(String[] args) throws IOException {
        try (Contestant contestant = Entrant.valueOf(args[0]).contestant()) {
            Turn turn = new Turn(contestant, Home.fromEnvironment());
            WorkerProcess.serve(line -> {
                String[] words = line.split(" ");
                return turn.take(Task.valueOf(words[0]), Integer.parseInt(words[1]));
            });
        }
        // A library's own threads must not keep the process.
        System.exit(0);
    }
}
