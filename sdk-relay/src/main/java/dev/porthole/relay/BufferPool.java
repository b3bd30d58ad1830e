package dev.porthole.relay;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Buffers for bytes that the other side does not take yet. They are made when first needed and kept: their number is bounded
 * by the number of connections, and memory outside the heap comes back only when the collector pleases. Used by one
 * thread, but for {@link #held()}.
 */
final class BufferPool {
    private final int size;
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private volatile int held;
    private int made;

    BufferPool(int size) {
        this.size = size;
    }

    /** An empty buffer. */
    ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(size);
            made++;
        }
        count(1);
        return buffer.clear();
    }

    void give(ByteBuffer buffer) {
        free.push(buffer);
        count(-1);
    }

    private void count(int more) {
        int now = held + more;
        held = now;
    }

    /** How many there are. For tests. */
    int made() {
        return made;
    }

    /** How many are out. */
    int held() {
        return held;
    }
}
