package dev.porthole.bench.gateways;

import dev.porthole.Camera;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.bench.turns.Contender;
import dev.porthole.bench.turns.Home;
import dev.porthole.bench.turns.Outcome;
import dev.porthole.bench.turns.Report;
import dev.porthole.bench.turns.Results;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How long it takes to say that no gateway answers. Runs in a home whose router speaks no mapping protocol, and is told by
 * its arguments which commands to compare.
 */
public final class NoGatewayBench {
    private static final int ROUNDS = 5;
    private static final double TARGET_MILLIS = 3_000;
    /** What the command line says where nothing was published. */
    private static final int NOT_PUBLISHED = 3;

    private final Camera camera = Camera.at(OurMapping.camera()).name("bench").build();
    private final Path folder;
    private final String commandLine;

    private NoGatewayBench(Path folder, String commandLine) {
        this.folder = folder;
        this.commandLine = commandLine;
    }

    /**
     * Runs.
     *
     * @param args the folder for {@code nogateway.md} and the output of commands, the command line, and {@code --quick} for
     *     one round only
     * @throws Exception where something cannot be started
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        boolean quick = List.of(args).contains("--quick");
        try (PrintStream out = new PrintStream(folder.resolve("nogateway.md").toFile(), StandardCharsets.UTF_8)) {
            new NoGatewayBench(folder, args[1]).run(quick ? 1 : ROUNDS, out);
        }
    }

    private void run(int rounds, PrintStream out) throws IOException, InterruptedException {
        System.err.println("bench: no gateway");
        Home home = Home.fromEnvironment();
        List<Contender> contenders = List.of(
                new Contender("Porthole, publish", ROUNDS + 1, this::inLibrary),
                typed(
                        "porthole publish (whole processes)",
                        NOT_PUBLISHED,
                        List.of(
                                commandLine,
                                "publish",
                                "--json",
                                "--ledger",
                                folder.resolve("no-gateway-ledger").toString(),
                                "--camera",
                                home.camera())),
                typed("upnpc (whole processes)", 1, List.of("upnpc", "-s")),
                typed("natpmpc (whole processes)", 1, List.of("natpmpc")));
        List<Results> results = Contender.play(contenders, 0, rounds, Duration.ZERO);
        new Report(out, Report.OURS).table("No gateway answers", 0, results);
        for (Results ours : results.subList(0, 2)) {
            out.printf(
                    "%n%s: %s 3 s each time.%n",
                    ours.player(), ours.most() <= TARGET_MILLIS ? "within" : "**more than**");
        }
    }

    private Outcome inLibrary() throws InterruptedException {
        long start = System.nanoTime();
        try (Porthole porthole = Porthole.builder().verify(false).build()) {
            Publication publication = porthole.publish(camera);
            return publication.status() == Publication.Status.NOT_PUBLISHED
                    ? new Outcome.Took(System.nanoTime() - start)
                    : new Outcome.Failed(publication.status().toString());
        }
    }

    /** A command that must end with this status. */
    private Contender typed(String name, int status, List<String> command) {
        Path output = folder.resolve(name.replaceAll("[^a-z]+", "-") + ".out");
        return new Contender(name, ROUNDS + 1, () -> {
            long start = System.nanoTime();
            int ended = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            return ended == status
                    ? new Outcome.Took(System.nanoTime() - start)
                    : new Outcome.Failed("status " + ended);
        });
    }
}
