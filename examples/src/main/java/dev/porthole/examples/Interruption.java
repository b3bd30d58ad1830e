package dev.porthole.examples;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns Ctrl-C into an interrupt of the thread that works, and lets it release what it had mapped. */
final class Interruption {
    /** Rolling back takes a second at most; a relay's mappings are released on every gateway, which is looked for first. */
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int status;

    private Interruption() {}

    static Interruption ofThread(Thread worker) {
        Interruption interruption = new Interruption();
        // The process ends when this hook has ended; until then the worker goes on.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.stop(worker), "interrupt"));
        return interruption;
    }

    private void stop(Thread worker) {
        if (finished.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            boolean ended = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (ended && status == ExitStatus.DONE.number()) {
                // A signal is how a server is ended, and no failure; without this, the JVM's own status counts.
                Runtime.getRuntime().halt(status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The answer is printed; the run ends with a status. */
    void finished(int with) {
        status = with;
        finished.countDown();
    }
}
