package dev.porthole.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection. Bytes go straight from one socket to the other by way of a buffer that all share; only what
 * the other side does not take at once is held in a buffer of its own, and until that is empty nothing more is read. So an
 * idle direction holds nothing and a blocked one holds one buffer. Used by one thread.
 */
final class Direction {
    /** A camera at full speed must not keep the others waiting. */
    private static final int MOST_ROUNDS = 8;

    private final SocketChannel from;
    private final SocketChannel to;
    private final ByteBuffer shared;
    private final BufferPool pool;
    private @Nullable ByteBuffer held;
    private boolean endRead;
    private boolean endPassedOn;
    private long bytes;

    Direction(SocketChannel from, SocketChannel to, ByteBuffer shared, BufferPool pool) {
        this.from = from;
        this.to = to;
        this.shared = shared;
        this.pool = pool;
    }

    /**
     * Passes on what there is, and the end once all before it has gone.
     *
     * @return whether anything moved
     */
    boolean move() throws IOException {
        long before = bytes;
        boolean ended = endPassedOn;
        if (drained()) {
            copy();
        }
        // Nothing is read while something is held, so all before the end has gone.
        if (endRead && !endPassedOn) {
            to.shutdownOutput();
            endPassedOn = true;
        }
        return bytes != before || endPassedOn != ended;
    }

    /** Whether nothing is held any more. */
    private boolean drained() throws IOException {
        ByteBuffer waiting = held;
        if (waiting == null) {
            return true;
        }
        bytes += to.write(waiting);
        if (waiting.hasRemaining()) {
            return false;
        }
        held = null;
        pool.give(waiting);
        return true;
    }

    private void copy() throws IOException {
        for (int round = 0; round < MOST_ROUNDS && !endRead && held == null; round++) {
            int count = from.read(shared.clear());
            if (count < 0) {
                endRead = true;
            }
            if (count <= 0) {
                return;
            }
            bytes += to.write(shared.flip());
            if (shared.hasRemaining()) {
                held = pool.take().put(shared).flip();
            } else if (count < shared.capacity()) {
                return;
            }
        }
    }

    /** Whether the source is worth being read. */
    boolean wantsToRead() {
        return !endRead && held == null;
    }

    /** Whether something waits for the destination. */
    boolean wantsToWrite() {
        return held != null;
    }

    /** Whether all has been passed on, and the end. */
    boolean finished() {
        return endPassedOn;
    }

    /** What was passed on. */
    long bytes() {
        return bytes;
    }

    /** Gives back what it holds. */
    void drop() {
        if (held != null) {
            pool.give(held);
            held = null;
        }
    }
}
