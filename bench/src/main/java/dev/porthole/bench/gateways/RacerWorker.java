package dev.porthole.bench.gateways;

import dev.porthole.bench.turns.Outcome;
import dev.porthole.bench.turns.WorkerProcess;
import java.io.IOException;

/** The process of one racer: does its deed for each line that it reads. */
public final class RacerWorker {
    private RacerWorker() {}

    /**
     * Runs until the end of input.
     *
     * @param args the name of a {@link Racer}
     * @throws IOException where standard input cannot be read
     */
    public static void main(String[] args) throws IOException {
        try (Deed deed = Racer.valueOf(args[0]).deed()) {
            WorkerProcess.serve(line -> turn(deed));
        }
        // A library's own threads must not keep the process.
        System.exit(0);
    }

    private static Outcome turn(Deed deed) {
        try {
            deed.before();
            long start = System.nanoTime();
            deed.run();
            long nanos = System.nanoTime() - start;
            deed.after();
            return new Outcome.Took(nanos);
        } catch (Exception e) {
            e.printStackTrace();
            return new Outcome.Failed(String.valueOf(e).replaceAll("\\s+", " "));
        }
    }
}
