package dev.porthole.testing;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a camera streamed. Thread-safe. */
final class StreamCounts {
    final AtomicLong packets = new AtomicLong();
    final AtomicInteger openSessions = new AtomicInteger();
    final AtomicInteger abandonedSessions = new AtomicInteger();
}
