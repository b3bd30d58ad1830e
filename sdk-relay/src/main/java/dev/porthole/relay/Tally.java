package dev.porthole.relay;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What has been counted. Written by the relay's thread, read by any. */
final class Tally {
    private final Map<RelayRefusal, LongAdder> refused = new EnumMap<>(RelayRefusal.class);
    private final Map<RelayEnding, LongAdder> ended = new EnumMap<>(RelayEnding.class);
    private final LongAdder accepted = new LongAdder();
    private final LongAdder toCamera = new LongAdder();
    private final LongAdder fromCamera = new LongAdder();

    Tally() {
        for (RelayRefusal reason : RelayRefusal.values()) {
            refused.put(reason, new LongAdder());
        }
        for (RelayEnding ending : RelayEnding.values()) {
            ended.put(ending, new LongAdder());
        }
    }

    void accepted() {
        accepted.increment();
    }

    void refused(RelayRefusal reason) {
        count(refused, reason);
    }

    void ended(RelayEnding ending) {
        count(ended, ending);
    }

    private static <K> void count(Map<K, LongAdder> map, K key) {
        LongAdder adder = map.get(key);
        if (adder != null) {
            adder.increment();
        }
    }

    void toCamera(long bytes) {
        toCamera.add(bytes);
    }

    void fromCamera(long bytes) {
        fromCamera.add(bytes);
    }

    RelayCounters counters(int open, int buffersHeld) {
        return new RelayCounters(
                open, accepted.sum(), sums(refused), sums(ended), toCamera.sum(), fromCamera.sum(), buffersHeld);
    }

    private static <K> Map<K, Long> sums(Map<K, LongAdder> map) {
        Map<K, Long> sums = new HashMap<>();
        map.forEach((key, adder) -> {
            if (adder.sum() > 0) {
                sums.put(key, adder.sum());
            }
        });
        return sums;
    }
}
