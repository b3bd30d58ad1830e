package dev.porthole.bench.turns;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A Java process that stays warm between its turns: one task a line, each answered by an {@link Outcome}. */
public final class WorkerProcess implements AutoCloseable {
    /** Longer than the slowest library's discovery. */
    private static final int TIMEOUT_SECONDS = 90;

    private final Process process;
    private final PrintStream tasks;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    /**
     * Starts one.
     *
     * @param main the class whose main method calls {@link #serve}
     * @param name its only argument, and the name of its log
     * @param logs the folder for the log
     * @throws IOException where it cannot be started
     */
    public WorkerProcess(Class<?> main, String name, Path logs) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        process = new ProcessBuilder(
                        java,
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        name)
                .redirectError(
                        logs.resolve(name.toLowerCase(Locale.ROOT) + ".log").toFile())
                .start();
        tasks = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, name);
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

    /**
     * Gives it a task.
     *
     * @param task a line
     * @return what came of it
     * @throws InterruptedException where the thread was interrupted
     */
    public Outcome ask(String task) throws InterruptedException {
        tasks.println(task);
        String answer = answers.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (answer == null) {
            process.destroyForcibly();
            return new Outcome.Failed("no end after " + TIMEOUT_SECONDS + " s");
        }
        return Outcome.parse(answer);
    }

    /**
     * The other side: does tasks until the end of standard input.
     *
     * @param work does one
     * @throws IOException where standard input cannot be read
     */
    public static void serve(Function<String, Outcome> work) throws IOException {
        PrintStream answers = System.out;
        // What a library prints is not an answer.
        System.setOut(System.err);
        BufferedReader tasks = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = tasks.readLine()) != null) {
            answers.println(work.apply(line).line());
        }
    }

    /** Ends it. */
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
