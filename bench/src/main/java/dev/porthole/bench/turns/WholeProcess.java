package dev.porthole.bench.turns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something that a person would type: one command, or a few in a row. */
public final class WholeProcess {
    private static final Pattern TIMINGS = Pattern.compile("\"timings\"\\s*:\\s*\\{([^}]*)}");

    private final String name;
    private final List<List<String>> commands;
    private final Path output;
    private String timings = "";

    /**
     * A row of the table.
     *
     * @param name its name there
     * @param commands what is run, one after the other
     * @param output where the output goes
     */
    public WholeProcess(String name, List<List<String>> commands, Path output) {
        this.name = name;
        this.commands = commands;
        this.output = output;
    }

    /**
     * Its name.
     *
     * @return as in the table
     */
    public String name() {
        return name;
    }

    /**
     * The times that the command line itself told when it ran last.
     *
     * @return empty where it told none
     */
    public String timings() {
        return timings;
    }

    /**
     * Runs the commands.
     *
     * @return how long they took, or that one failed
     * @throws IOException where one cannot be started
     * @throws InterruptedException where the thread was interrupted
     */
    public Outcome run() throws IOException, InterruptedException {
        List<Process> done = new ArrayList<>();
        long start = System.nanoTime();
        for (List<String> command : commands) {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(
                            output.resolveSibling(output.getFileName() + ".err").toFile())
                    .start();
            process.waitFor();
            done.add(process);
        }
        long nanos = System.nanoTime() - start;
        for (Process process : done) {
            if (process.exitValue() != 0) {
                return new Outcome.Failed("status " + process.exitValue());
            }
        }
        Matcher told = TIMINGS.matcher(Files.readString(output));
        timings = told.find()
                ? told.group(1).replaceAll("[\"\\s]", "").replace(":", " ").replace(",", ", ")
                : "";
        return new Outcome.Took(nanos);
    }
}
