package dev.porthole;

import java.time.Duration;

/**
 * The moment by which a whole call must have ended. Measured on the monotonic clock: setting the system's time does not
 * move it. Immutable.
 */
public final class Deadline {
    /** Half of what the monotonic clock's 63 bits of nanoseconds can tell apart. */
    private static final Duration CENTURY = Duration.ofDays(36_500);

    private final long nanoTime;

    private Deadline(long nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * A deadline some time from now.
     *
     * @param time how long; negative means already past; more than about a century counts as a century
     * @return the deadline
     */
    public static Deadline after(Duration time) {
        Duration bounded = time.isNegative() ? Duration.ZERO : time.compareTo(CENTURY) > 0 ? CENTURY : time;
        return new Deadline(System.nanoTime() + bounded.toNanos());
    }

    /**
     * The earlier of this deadline and one some time from now.
     *
     * @param time how long
     * @return a deadline not later than this one
     */
    public Deadline within(Duration time) {
        Deadline other = after(time);
        return other.nanoTime - nanoTime < 0 ? other : this;
    }

    /**
     * A deadline before this one, leaving time for what must follow.
     *
     * @param time how much earlier
     * @return the earlier deadline
     */
    public Deadline minus(Duration time) {
        return new Deadline(nanoTime - time.toNanos());
    }

    /**
     * The time left.
     *
     * @return zero or more
     */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /**
     * The time left in whole milliseconds, rounded up, so that zero means past. Fits timeouts of sockets, for which zero
     * would mean for ever: ask {@link #expired()} first.
     *
     * @return 0 to {@link Integer#MAX_VALUE}
     */
    public int remainingMillis() {
        long nanos = Math.max(0, nanoTime - System.nanoTime());
        return (int) Math.min(Integer.MAX_VALUE, (nanos + 999_999) / 1_000_000);
    }

    /**
     * Whether the deadline is past.
     *
     * @return true where it is
     */
    public boolean expired() {
        return nanoTime - System.nanoTime() <= 0;
    }

    /** The time left, for messages. */
    @Override
    public String toString() {
        return "in " + remaining().toMillis() + " ms";
    }
}
