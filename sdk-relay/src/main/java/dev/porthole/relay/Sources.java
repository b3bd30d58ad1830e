package dev.porthole.relay;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many connections each remote host has. Used by one thread. */
final class Sources {
    private final Map<InetAddress, Integer> counts = new HashMap<>();

    int count(InetAddress source) {
        return counts.getOrDefault(source, 0);
    }

    void add(InetAddress source) {
        counts.merge(source, 1, Integer::sum);
    }

    void remove(InetAddress source) {
        counts.computeIfPresent(source, (address, count) -> count == 1 ? null : count - 1);
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }
}
