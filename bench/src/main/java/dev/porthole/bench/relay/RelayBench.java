package dev.porthole.bench.relay;

import dev.porthole.bench.turns.Outcome;
import dev.porthole.bench.turns.Report;
import dev.porthole.bench.turns.Results;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a relay costs, on the loopback interface: time, speed and memory, against socat and against no relay at all. */
public final class RelayBench {
    private static final int WARM = 3;
    private static final int ROUND_TRIPS = 1000;
    private static final int PACKET = 1400;
    private static final int CONNECTIONS = 200;
    private static final long MUCH = 256L << 20;
    private static final int AT_ONCE = 8;
    private static final int IDLE = 1000;
    private static final int STREAMING = 200;
    private static final int STREAMING_SECONDS = 5;

    private final List<Passage> passages;
    private final int rounds;

    private RelayBench(List<Passage> passages, int rounds) {
        this.passages = passages;
        this.rounds = rounds;
    }

    /**
     * Runs.
     *
     * @param args the folder for {@code relay.md} and the logs; {@code --quick} for few rounds
     * @throws Exception where something cannot be started
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        boolean quick = List.of(args).contains("--quick");
        try (BenchCamera camera = new BenchCamera();
                Passage direct = Passage.direct(camera.port());
                Passage ours = Passage.relay(camera.port(), folder.resolve("relay.log"));
                Passage socat = Passage.socat(camera.port(), folder.resolve("socat.log"));
                PrintStream out = new PrintStream(folder.resolve("relay.md").toFile(), StandardCharsets.UTF_8)) {
            RelayBench bench = new RelayBench(List.of(direct, ours, socat), quick ? 5 : 25);
            Report report = new Report(out, "direct");
            report.table(
                    String.format(Locale.ROOT, "%,d round trips of a packet of %,d bytes", ROUND_TRIPS, PACKET),
                    0,
                    bench.play(RelayBench::roundTrips));
            report.table(
                    CONNECTIONS + " connections in a row, each to its first byte",
                    0,
                    bench.play(RelayBench::connections));
            report.table((MUCH >> 20) + " MiB from the camera, one connection", 0, bench.play(p -> much(p, 1)));
            report.table(
                    (MUCH >> 20) + " MiB from the camera, " + AT_ONCE + " connections at once",
                    0,
                    bench.play(p -> much(p, AT_ONCE)));
            bench.memory(out);
        }
    }

    /** What is timed. */
    private interface Task {
        void through(Passage passage) throws IOException;
    }

    private List<Results> play(Task task) {
        List<Results> results =
                passages.stream().map(passage -> new Results(passage.name())).toList();
        for (int round = 0; round < rounds + WARM; round++) {
            for (int turn = 0; turn < passages.size(); turn++) {
                int player = (round + turn) % passages.size();
                results.get(player).add(timed(task, passages.get(player)), round >= WARM);
            }
        }
        return results;
    }

    private static Outcome timed(Task task, Passage passage) {
        long start = System.nanoTime();
        try {
            task.through(passage);
            return new Outcome.Took(System.nanoTime() - start);
        } catch (IOException e) {
            return new Outcome.Failed(String.valueOf(e.getMessage()));
        }
    }

    private static void roundTrips(Passage passage) throws IOException {
        byte[] packet = new byte[PACKET];
        try (Socket socket = passage.connect()) {
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(BenchCamera.ECHO);
            for (int i = 0; i < ROUND_TRIPS; i++) {
                out.write(packet);
                in.readNBytes(packet, 0, packet.length);
            }
        }
    }

    private static void connections(Passage passage) throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            echo(passage).close();
        }
    }

    /** A connection that stands: a byte has come back. */
    private static Socket echo(Passage passage) throws IOException {
        Socket socket = passage.connect();
        socket.getOutputStream().write(new byte[] {BenchCamera.ECHO, 1});
        if (socket.getInputStream().read() != 1) {
            socket.close();
            throw new IOException("no echo");
        }
        return socket;
    }

    private static void much(Passage passage, int atOnce) throws IOException {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            Socket socket = passage.connect();
            all.add(CompletableFuture.runAsync(
                    () -> drain(socket, MUCH / atOnce), work -> new Thread(work, "viewer").start()));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    }

    private static void drain(Socket socket, long wanted) {
        byte[] bytes = new byte[64 * 1024];
        try (socket) {
            OutputStream out = socket.getOutputStream();
            out.write(ByteBuffer.allocate(1 + Long.BYTES)
                    .put((byte) BenchCamera.POUR)
                    .putLong(wanted)
                    .array());
            InputStream in = socket.getInputStream();
            long left = wanted;
            while (left > 0) {
                int count = in.read(bytes);
                if (count < 0) {
                    throw new IOException("the end came too early");
                }
                left -= count;
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void memory(PrintStream out) throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%n### Memory%n%n| | before, MiB | %,d idle connections, MiB | for each, KiB | %d streams of 2 Mbit/s, MiB |"
                        + " processes then |%n|---|---:|---:|---:|---:|---:|%n",
                IDLE,
                STREAMING);
        for (Passage passage : passages) {
            if (passage.process().isPresent()) {
                memory(out, passage);
            }
        }
    }

    private static void memory(PrintStream out, Passage passage) throws IOException, InterruptedException {
        long before = passage.residentKib();
        List<Socket> idle = new ArrayList<>();
        for (int i = 0; i < IDLE; i++) {
            idle.add(echo(passage));
        }
        long whenIdle = passage.residentKib();
        closeAll(idle);
        List<Socket> streams = new ArrayList<>();
        for (int i = 0; i < STREAMING; i++) {
            Socket socket = passage.connect();
            socket.getOutputStream().write(BenchCamera.STREAM);
            streams.add(socket);
            Thread viewer = new Thread(null, () -> view(socket), "viewer", 128 * 1024);
            viewer.setDaemon(true);
            viewer.start();
        }
        TimeUnit.SECONDS.sleep(STREAMING_SECONDS);
        long streaming = passage.residentKib();
        long processes = passage.processes();
        closeAll(streams);
        out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.1f | %,d |%n",
                passage.name(),
                before / 1024.0,
                whenIdle / 1024.0,
                (whenIdle - before) / (double) IDLE,
                streaming / 1024.0,
                processes);
    }

    private static void view(Socket socket) {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Over.
        }
    }

    private static void closeAll(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
