package dev.porthole.bench.routers;

import dev.porthole.Deadline;
import dev.porthole.bench.turns.Contender;
import dev.porthole.bench.turns.Outcome;
import dev.porthole.bench.turns.Report;
import dev.porthole.bench.turns.Results;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import dev.porthole.routers.TableRouter;
import dev.porthole.routers.WebRouter;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jsoup.Jsoup;

/** Reads a long page of port mappings, and publishes cameras on a simulated Milesight router. Needs no laboratory. */
public final class RouterBench {
    private static final int RULES = 500;
    private static final int WARM_UP = 300;
    private static final int ROUNDS = 101;

    private RouterBench() {}

    /**
     * Runs.
     *
     * @param args the folder for {@code pages.md} and {@code milesight.md}; {@code --quick} for a few rounds only
     * @throws Exception where a simulated router fails
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        boolean quick = List.of(args).contains("--quick");
        try (PrintStream out = new PrintStream(folder.resolve("pages.md").toFile(), StandardCharsets.UTF_8)) {
            pages(out, quick);
        }
        try (PrintStream out = new PrintStream(folder.resolve("milesight.md").toFile(), StandardCharsets.UTF_8)) {
            new SixteenCameras().run(out);
        }
    }

    private static void pages(PrintStream out, boolean quick) throws IOException, InterruptedException {
        try (LongPage page = new LongPage(RULES)) {
            WebRouter router = WebRouter.builder(page.uri(), TableRouter.any())
                    .pace(Duration.ZERO)
                    .build();
            try (PortMappingProvider provider = router.find(
                            SearchScope.builder().build(), soon())
                    .providers()
                    .get(0)) {
                int rounds = WARM_UP + ROUNDS;
                List<Contender> contenders = List.of(
                        new Contender("bare sockets and jsoup", rounds, () -> bare(page.uri())),
                        new Contender(Report.OURS, rounds, () -> ours(provider)));
                List<Results> results =
                        Contender.play(contenders, quick ? 2 : WARM_UP, quick ? 3 : ROUNDS, Duration.ZERO);
                int before = page.requests();
                ours(provider);
                results.get(0).requests("1");
                results.get(1).requests(Integer.toString(page.requests() - before));
                new Report(out).table("A page with " + RULES + " rules", 0, results);
            }
        }
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static Outcome ours(PortMappingProvider provider) throws InterruptedException {
        long start = System.nanoTime();
        int rules = provider.mappings(soon()).size();
        long took = System.nanoTime() - start;
        return rules == RULES ? new Outcome.Took(took) : new Outcome.Failed(rules + " rules were read");
    }

    private static Outcome bare(URI uri) throws IOException {
        long start = System.nanoTime();
        int rows = Jsoup.parse(get(uri)).getElementsByTag("tr").size();
        long took = System.nanoTime() - start;
        return rows == RULES + 1 ? new Outcome.Took(took) : new Outcome.Failed(rows + " rows were read");
    }

    private static String get(URI uri) throws IOException {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setTcpNoDelay(true);
            String request = "GET / HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
