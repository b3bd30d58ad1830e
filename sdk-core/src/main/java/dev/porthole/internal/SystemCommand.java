package dev.porthole.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a command of the operating system that prints a little and ends by itself. */
final class SystemCommand {
    private static final Logger LOG = LoggerFactory.getLogger(SystemCommand.class);
    /** A routing table is there within tens of milliseconds. */
    private static final long MOST_MILLIS = 2000;
    /** A thousand routes. */
    private static final int MOST_BYTES = 128 << 10;

    private SystemCommand() {}

    /**
     * Runs a command without a shell.
     *
     * @param command its full path and arguments
     * @return the lines it printed; none where it could not be run, took too long or the thread was interrupted, whose
     *     interrupt stays
     */
    static List<String> lines(String... command) {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .start();
        } catch (IOException e) {
            LOG.debug("cannot run {}: {}", command[0], e.getMessage());
            return List.of();
        }
        try (InputStream printed = process.getInputStream()) {
            process.getOutputStream().close();
            return read(process, printed);
        } catch (IOException e) {
            LOG.debug("{}: {}", command[0], e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
        return List.of();
    }

    /** Reads what is there without waiting for more, so that neither a silent nor a babbling command holds the caller. */
    private static List<String> read(Process process, InputStream printed) throws IOException, InterruptedException {
        byte[] bytes = new byte[MOST_BYTES];
        int length = 0;
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS);
        while (System.nanoTime() - until < 0) {
            boolean ended = process.waitFor(5, TimeUnit.MILLISECONDS);
            int ready = Math.min(printed.available(), bytes.length - length);
            length += ready > 0 ? printed.read(bytes, length, ready) : 0;
            if (length == bytes.length || (ended && printed.available() == 0)) {
                return new String(bytes, 0, length, StandardCharsets.ISO_8859_1)
                        .lines()
                        .toList();
            }
        }
        return List.of();
    }
}
