package dev.porthole.pcp.internal;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a request is sent again. Both RFCs double the wait; PCP's starts at 3 s and NAT-PMP's at 250 ms. One hop away a
 * healthy gateway answers within milliseconds, so both start at the latter here. Jitter and maximum are PCP's (RFC 6887
 * section 8.1.1).
 */
final class Retransmission {
    /** The first wait. */
    static final Duration FIRST = Duration.ofMillis(250);
    /** So often NAT-PMP sends at most (RFC 6886 section 3.1). */
    static final int NATPMP_TRIES = 9;
    /** PCP sends until the caller's deadline. */
    static final int PCP_TRIES = Integer.MAX_VALUE;

    private static final Duration LONGEST = Duration.ofSeconds(1024);
    private static final double JITTER = 0.1;

    private Retransmission() {}

    static Duration next(Duration wait) {
        Duration doubled = wait.multipliedBy(2);
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    static Duration jittered(Duration wait) {
        return Duration.ofNanos(
                (long) (wait.toNanos() * ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER)));
    }
}
