package dev.porthole.examples;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Standard input, from which reading does not end when its thread is interrupted: a thread of its own does it. */
final class StandardInput {
    private StandardInput() {}

    /** Waiting for input was interrupted, where no {@link InterruptedException} gets through. */
    static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Interrupted(InterruptedException cause) {
            super(cause);
        }
    }

    /**
     * Reads.
     *
     * @param reading what reads; after an interrupt it goes on and nobody learns what it read
     */
    static <T> T read(Callable<T> reading) throws IOException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(reading);
        Thread reader = new Thread(task, "standard-input");
        reader.setDaemon(true);
        reader.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidInput invalid) {
                throw invalid;
            }
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        }
    }
}
