package dev.porthole.routers.internal.script;

import dev.porthole.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Any bytes as a page's script: what it prints is bounded, or it is given up. */
public final class ScriptFuzz {
    private ScriptFuzz() {}

    /** What {@code fuzz/run} calls. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        ScriptPrinter printer = new ScriptPrinter(
                new ScriptPrinter.Window() {
                    @Override
                    public Optional<String> read(List<String> path, String property) {
                        return Optional.empty();
                    }

                    @Override
                    public void assign(List<String> path, String property, String value) {
                        check(value);
                    }
                },
                Deadline.after(Duration.ofSeconds(30)));
        printer.run(new String(bytes, StandardCharsets.ISO_8859_1)).ifPresent(ScriptFuzz::check);
        printer.run("document.write('after');");
        if (printer.steps() > Meter.MAX_STEPS + 1) {
            throw new AssertionError(printer.steps() + " steps");
        }
    }

    private static void check(String shown) {
        if (shown.length() > Meter.MAX_TEXT) {
            throw new AssertionError(shown.length() + " characters are shown");
        }
    }
}
