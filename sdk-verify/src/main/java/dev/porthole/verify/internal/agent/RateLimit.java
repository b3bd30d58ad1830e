package dev.porthole.verify.internal.agent;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Token buckets by key: so many at once, then one per interval. Bounded in keys. Thread-safe. */
public final class RateLimit {
    /** As many sites and addresses as one agent is expected to see within an hour; the longest unused go first. */
    private static final int MOST_KEYS = 10_000;

    private final int burst;
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();

    /** When each bucket is full again; the longest unused first. */
    private final Map<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_KEYS;
        }
    };

    /** A limit of {@code burst} at once, and one more per interval. */
    public RateLimit(int burst, Duration interval) {
        this(burst, interval, System::nanoTime);
    }

    RateLimit(int burst, Duration interval, LongSupplier nanoTime) {
        this.burst = burst;
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Takes from a key's bucket, where it holds enough.
     *
     * @return zero where it was taken, else how long to wait
     */
    Duration take(String key, int count) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            Long kept = fullAt.get(key);
            long full = (kept == null || kept - now < 0 ? now : kept) + count * intervalNanos;
            long tooMuch = full - now - burst * intervalNanos;
            if (tooMuch > 0) {
                return Duration.ofNanos(tooMuch);
            }
            fullAt.put(key, full);
            return Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }
}
