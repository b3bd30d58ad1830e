package dev.porthole.bench.upnp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A library in a Java process that stays warm between its turns. */
final class WorkerPlayer implements Player {
    /** Longer than the slowest library's discovery. */
    private static final int TIMEOUT_SECONDS = 90;
    /** Its discovery waits fifteen seconds, whatever is found. */
    private static final int ROUNDS_OF_A_SLOW_DISCOVERY = 3;

    private final Entrant entrant;
    private final Process process;
    private final PrintStream tasks;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    WorkerPlayer(Entrant entrant, Path logs) throws IOException {
        this.entrant = entrant;
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        process = new ProcessBuilder(
                        java,
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        entrant.name())
                .redirectError(logs.resolve(entrant.name().toLowerCase(Locale.ROOT) + ".log")
                        .toFile())
                .start();
        tasks = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, entrant.name());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(answers::add);
        } catch (IOException | UncheckedIOException e) {
            answers.add("failed " + e.getMessage());
        }
        answers.add("failed: its process ended");
    }

    @Override
    public String name() {
        return entrant.title();
    }

    @Override
    public Outcome play(Task task, int entries) throws InterruptedException {
        tasks.println(task + " " + entries);
        String answer = answers.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (answer == null) {
            process.destroyForcibly();
            return new Outcome.Failed("no end after " + TIMEOUT_SECONDS + " s");
        }
        return Outcome.parse(answer);
    }

    @Override
    public int rounds(Task task, int rounds) {
        return entrant == Entrant.OFFBYNULL && task == Task.DISCOVER
                ? Math.min(rounds, ROUNDS_OF_A_SLOW_DISCOVERY)
                : rounds;
    }

    @Override
    public void close() {
        tasks.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
