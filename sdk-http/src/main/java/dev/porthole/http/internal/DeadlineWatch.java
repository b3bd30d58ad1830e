package dev.porthole.http.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ends exchanges whose deadline has come. One daemon thread, which starts with the first exchange and ends when idle. It is
 * woken only for a deadline earlier than the one it waits for: an exchange takes a tenth of a millisecond, and waking a
 * thread for each would cost as much. Thread-safe.
 */
final class DeadlineWatch {
    /** The thread ends after so long without an exchange. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition earlier = lock.newCondition();
    private final Set<Exchange> watched = new HashSet<>();
    private @Nullable Thread thread;
    private long wakeAt;
    private boolean closed;

    /** Watches an exchange; ends it at once where the watch is closed. */
    void add(Exchange exchange) {
        lock.lock();
        try {
            if (closed) {
                exchange.end(Exchange.Ended.BY_CLOSE);
                return;
            }
            watched.add(exchange);
            if (thread == null) {
                thread = start();
            } else if (exchange.endsAt() - wakeAt < 0) {
                earlier.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(Exchange exchange) {
        lock.lock();
        try {
            watched.remove(exchange);
        } finally {
            lock.unlock();
        }
    }

    /** Ends all exchanges and the thread. */
    void close() {
        List<Exchange> open;
        lock.lock();
        try {
            closed = true;
            open = List.copyOf(watched);
            earlier.signal();
        } finally {
            lock.unlock();
        }
        open.forEach(exchange -> exchange.end(Exchange.Ended.BY_CLOSE));
    }

    private Thread start() {
        wakeAt = System.nanoTime();
        Thread started = new Thread(this::run, "porthole-http-deadlines");
        started.setDaemon(true);
        started.start();
        return started;
    }

    private void run() {
        for (List<Exchange> due = await(); due != null; due = await()) {
            due.forEach(exchange -> exchange.end(Exchange.Ended.BY_DEADLINE));
        }
    }

    /** Waits for deadlines; null where the thread is no longer needed. */
    private @Nullable List<Exchange> await() {
        lock.lock();
        try {
            while (!closed) {
                List<Exchange> due = due();
                if (!due.isEmpty()) {
                    return due;
                }
                boolean idle = watched.isEmpty();
                if (earlier.awaitNanos(wakeAt - System.nanoTime()) <= 0 && idle && watched.isEmpty()) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            // Nobody has a reason to interrupt this thread; the next exchange starts another.
        } finally {
            if (closed || watched.isEmpty()) {
                thread = null;
            }
            lock.unlock();
        }
        return null;
    }

    /** Takes out what is due, and sets when to look again. */
    private List<Exchange> due() {
        long now = System.nanoTime();
        List<Exchange> due = new ArrayList<>();
        wakeAt = now + IDLE_NANOS;
        for (Exchange exchange : watched) {
            if (exchange.endsAt() - now <= 0) {
                due.add(exchange);
            } else if (exchange.endsAt() - wakeAt < 0) {
                wakeAt = exchange.endsAt();
            }
        }
        due.forEach(watched::remove);
        return due;
    }
}
