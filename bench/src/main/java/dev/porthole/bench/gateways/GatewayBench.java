package dev.porthole.bench.gateways;

import dev.porthole.bench.turns.Contender;
import dev.porthole.bench.turns.Home;
import dev.porthole.bench.turns.PacketCounter;
import dev.porthole.bench.turns.Report;
import dev.porthole.bench.turns.Results;
import dev.porthole.bench.turns.WholeProcess;
import dev.porthole.bench.turns.WorkerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Compares ways to a gateway and to a mapping, in one run. Runs in a home of the laboratory that speaks all protocols. */
public final class GatewayBench {
    private static final List<Racer> SEARCHES = List.of(
            Racer.BARE_PCP,
            Racer.BARE_NATPMP,
            Racer.BARE_UPNP,
            Racer.PCP,
            Racer.NATPMP,
            Racer.UPNP,
            Racer.FACADE,
            Racer.WEUPNP,
            Racer.JUPNP,
            Racer.OFFBYNULL_PCP,
            Racer.OFFBYNULL_NATPMP,
            Racer.OFFBYNULL_UPNP);
    private static final int SLOW_ROUNDS = 4;
    private static final double MAPPING_TARGET = 1.5;
    private static final int AGAIN_TARGET = 3;
    private static final double SEARCH_TARGET_MILLIS = 5;
    private static final int SEARCH_TARGET_TIMES = 10;

    private final List<String> words;
    private final Path folder;
    private final boolean quick;
    private final PrintStream out;
    private final Map<Racer, WorkerProcess> workers = new EnumMap<>(Racer.class);

    private GatewayBench(List<String> words, Path folder, boolean quick, PrintStream out) {
        this.words = words;
        this.folder = folder;
        this.quick = quick;
        this.out = out;
    }

    /**
     * Runs.
     *
     * @param args the folder for logs and the table; the table's file; {@code --quick} for a few rounds only; {@code
     *     searches}, {@code mappings} or {@code starts} for these alone
     * @throws Exception where the laboratory fails; a contender's failure is a result
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        try (PrintStream out = new PrintStream(folder.resolve(args[1]).toFile(), StandardCharsets.UTF_8)) {
            new GatewayBench(List.of(args), folder, List.of(args).contains("--quick"), out).run(Home.fromEnvironment());
        }
    }

    private void run(Home home) throws IOException, InterruptedException {
        try {
            if (wanted("searches")) {
                searches();
            }
            if (wanted("mappings")) {
                mappings(
                        "A mapping by PCP, for the camera",
                        List.of(Racer.BARE_PCP_MAP, Racer.PCP_MAP, Racer.OFFBYNULL_PCP_MAP));
                mappings(
                        "A mapping by NAT-PMP, for this host",
                        List.of(Racer.BARE_NATPMP_MAP, Racer.NATPMP_MAP, Racer.OFFBYNULL_NATPMP_MAP));
            }
            if (wanted("starts")) {
                starts(home);
            }
        } finally {
            workers.values().forEach(WorkerProcess::close);
        }
    }

    private boolean wanted(String part) {
        boolean all = Stream.of("searches", "mappings", "starts").noneMatch(words::contains);
        return all || words.contains(part);
    }

    private void searches() throws IOException, InterruptedException {
        List<Contender> contenders = racers(SEARCHES);
        contenders.add(typed("natpmpc (whole processes), NAT-PMP", List.of("natpmpc")));
        contenders.add(typed("upnpc (whole processes), UPnP", List.of("upnpc", "-s")));
        List<Results> results = play("searches", contenders, 30, 60);
        new Report(out, "PCP floor").table("To the first usable gateway", 0, results);
        double peer = results.subList(SEARCHES.indexOf(Racer.WEUPNP), SEARCHES.size()).stream()
                .flatMapToDouble(result -> result.median().stream())
                .min()
                .orElse(Double.NaN);
        for (Racer ours : List.of(Racer.PCP, Racer.NATPMP)) {
            double millis = median(results, ours);
            out.printf(
                    Locale.ROOT,
                    "%n%s: %.1f ms (%s %.0f), %.1f times ahead of the fastest other library (%s %d).%n",
                    ours.title(),
                    millis,
                    millis <= SEARCH_TARGET_MILLIS ? "≤" : "**above**",
                    SEARCH_TARGET_MILLIS,
                    peer / millis,
                    peer / millis >= SEARCH_TARGET_TIMES ? "≥" : "**below**",
                    SEARCH_TARGET_TIMES);
        }
    }

    private static double median(List<Results> results, Racer racer) {
        return results.get(SEARCHES.indexOf(racer)).median().orElse(Double.NaN);
    }

    private void mappings(String title, List<Racer> racers) throws IOException, InterruptedException {
        new Report(out).table(title, MAPPING_TARGET, play(title, racers(racers), 100, 100));
    }

    private void starts(Home home) throws IOException, InterruptedException {
        int port = URI.create(home.description()).getPort();
        PacketCounter datagrams = new PacketCounter("searches", "udp dport { 1900, 5351 }");
        PacketCounter connections =
                new PacketCounter("requests", "tcp dport " + port + " tcp flags & (syn | ack) == syn");
        List<Contender> contenders =
                racers(List.of(Racer.BARE_START, Racer.START, Racer.START_AFTER_LOSS, Racer.START_AGAIN));
        List<Results> results = play("starts", contenders, 50, 60);
        new Report(out).table("From the start of a program to a mapping that was read back", 0, results);
        for (Contender ours : contenders.subList(1, contenders.size())) {
            int[] before = {datagrams.count(), connections.count()};
            ours.turn().take();
            boolean again = ours.name().equals(Racer.START_AGAIN.title());
            // The referee looks, and removes what does not stay.
            int requests = connections.count() - before[1] - (again ? 1 : 2);
            int searched = datagrams.count() - before[0];
            String target = again ? (requests <= AGAIN_TARGET ? " (≤ " : " (**above** ") + AGAIN_TARGET + ")" : "";
            out.printf(
                    "%n%s: %d HTTP requests%s and %d datagrams of PCP, NAT-PMP and SSDP.%n",
                    ours.name(), requests, target, searched);
        }
    }

    private List<Contender> racers(List<Racer> racers) throws IOException {
        List<Contender> contenders = new ArrayList<>();
        for (Racer racer : racers) {
            WorkerProcess worker = new WorkerProcess(RacerWorker.class, racer.name(), folder);
            workers.put(racer, worker);
            contenders.add(new Contender(racer.title(), racer.rounds(Integer.MAX_VALUE), () -> worker.ask("go")));
        }
        return contenders;
    }

    private Contender typed(String name, List<String> command) {
        WholeProcess process = new WholeProcess(name, List.of(command), folder.resolve(command.get(0) + "-search.out"));
        return new Contender(name, SLOW_ROUNDS, process::run);
    }

    private List<Results> play(String what, List<Contender> contenders, int warmUp, int rounds)
            throws IOException, InterruptedException {
        System.err.println("bench: " + what);
        return Contender.play(contenders, quick ? 2 : warmUp, quick ? 5 : rounds, Duration.ZERO);
    }
}
