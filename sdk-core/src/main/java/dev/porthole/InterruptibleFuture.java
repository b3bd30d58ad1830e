package dev.porthole;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A future whose cancelling interrupts the thread that computes it, as {@link CompletableFuture}'s does not. */
final class InterruptibleFuture<T> extends CompletableFuture<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread running;

    static <T> CompletableFuture<T> run(Executor executor, Callable<T> call) {
        InterruptibleFuture<T> future = new InterruptibleFuture<>();
        executor.execute(() -> future.compute(call));
        return future;
    }

    private void compute(Callable<T> call) {
        lock.lock();
        try {
            if (isDone()) {
                return;
            }
            running = Thread.currentThread();
        } finally {
            lock.unlock();
        }
        try {
            complete(call.call());
        } catch (Throwable e) {
            completeExceptionally(e);
        } finally {
            lock.lock();
            try {
                running = null;
                // The executor's thread goes on to other work: an interrupt meant for this call ends here.
                if (isCancelled()) {
                    Thread.interrupted();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        lock.lock();
        try {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled && running != null) {
                running.interrupt();
            }
            return cancelled;
        } finally {
            lock.unlock();
        }
    }
}
