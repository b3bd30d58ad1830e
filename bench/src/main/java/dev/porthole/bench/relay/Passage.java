package dev.porthole.bench.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A way to the camera: its own port, or a process that leads there. */
record Passage(String name, int port, Optional<Process> process) implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final int PATIENCE_MILLIS = 10_000;

    static Passage direct(int camera) {
        return new Passage("direct", camera, Optional.empty());
    }

    /** Ours, with a small heap. */
    static Passage relay(int camera, Path log) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RelayServer.class.getName(),
                        Integer.toString(camera))
                .redirectError(log.toFile())
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        return new Passage("Porthole relay", Integer.parseInt(said.readLine()), Optional.of(process));
    }

    /** One process for each connection, as it is used; without delay, as ours. */
    static Passage socat(int camera, Path log) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, HERE)) {
            port = free.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        "socat",
                        "TCP4-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr,fork,nodelay,backlog=1024",
                        "TCP4:127.0.0.1:" + camera + ",nodelay")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Passage passage = new Passage("socat", port, Optional.of(process));
        passage.awaitListening();
        return passage;
    }

    private void awaitListening() throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (true) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(BenchCamera.ECHO);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(HERE, port), PATIENCE_MILLIS);
        return socket;
    }

    /** What it takes of memory, pages shared by several counted in parts: all its processes together. */
    long residentKib() {
        return handles().mapToLong(handle -> pss(handle.pid())).sum();
    }

    long processes() {
        return handles().count();
    }

    private Stream<ProcessHandle> handles() {
        return process.stream().flatMap(p -> Stream.concat(Stream.of(p.toHandle()), p.descendants()));
    }

    private static long pss(long pid) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"));
            return lines.stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        } catch (IOException e) {
            // It ended meanwhile.
            return 0;
        }
    }

    @Override
    public void close() {
        handles().toList().forEach(ProcessHandle::destroy);
    }
}
