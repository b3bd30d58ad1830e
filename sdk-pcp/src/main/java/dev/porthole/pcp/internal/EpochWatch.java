package dev.porthole.pcp.internal;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Follows one gateway's count of seconds by one protocol. Thread-safe. */
final class EpochWatch {
    private final EpochRule rule;
    private OptionalLong before = OptionalLong.empty();
    private long seenAt;

    EpochWatch(EpochRule rule) {
        this.rule = rule;
    }

    /**
     * Takes note of a reply. Where the state was lost, what follows is compared with this reply, so that one loss is told
     * once.
     *
     * @param epoch the reply's count
     * @param nanoTime when it came, on the monotonic clock
     * @return true where it shows that the gateway lost its state
     */
    synchronized boolean lost(long epoch, long nanoTime) {
        boolean lost = before.isPresent()
                && rule.lost(before.getAsLong(), epoch, TimeUnit.NANOSECONDS.toSeconds(nanoTime - seenAt));
        before = OptionalLong.of(epoch);
        seenAt = nanoTime;
        return lost;
    }
}
