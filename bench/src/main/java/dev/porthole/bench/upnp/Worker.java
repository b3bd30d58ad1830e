package dev.porthole.bench.upnp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The process of one contestant: reads tasks from standard input, one a line, and answers each with an {@link Outcome}. */
public final class Worker {
    private Worker() {}

    /**
     * Runs until the end of input.
     *
     * @param args the name of a {@link Entrant}
     * @throws IOException where standard input cannot be read
     */
    public static void main(String[] args) throws IOException {
        PrintStream answers = System.out;
        // What a library prints is not an answer.
        System.setOut(System.err);
        BufferedReader tasks = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Contestant contestant = Entrant.valueOf(args[0]).contestant()) {
            Turn turn = new Turn(contestant, Home.fromEnvironment());
            String line;
            while ((line = tasks.readLine()) != null) {
                String[] words = line.split(" ");
                answers.println(turn.take(Task.valueOf(words[0]), Integer.parseInt(words[1]))
                        .line());
            }
        }
        // A library's own threads must not keep the process.
        System.exit(0);
    }
}
