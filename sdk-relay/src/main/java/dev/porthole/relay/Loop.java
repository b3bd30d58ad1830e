package dev.porthole.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The relay's only thread, and what it alone may touch. It never waits but for the selector. */
final class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** Nothing on the relay's thread takes longer than a listener lets it. */
    private static final long PATIENCE_SECONDS = 2;

    private static final Duration LONGEST_CHECK = Duration.ofSeconds(1);

    private final Limits limits;
    private final Selector selector;
    private final Announcer announcer;
    private final Tally tally = new Tally();
    private final Sources sources = new Sources();
    private final BufferPool pool;
    private final ByteBuffer shared;
    private final Circle circle = new Circle();
    private final Set<Entrance> entrances = new HashSet<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final long checkEveryNanos;
    private final Thread thread;
    private volatile boolean closing;
    private volatile int open;
    private long now = System.nanoTime();
    private long nextCheck = now;

    Loop(Limits limits, RelayListener listener) throws IOException {
        this.limits = limits;
        this.selector = Selector.open();
        this.announcer = new Announcer(listener, () -> now);
        this.pool = new BufferPool(limits.buffer());
        this.shared = ByteBuffer.allocateDirect(limits.buffer());
        Duration shorter = limits.idle().compareTo(limits.connect()) < 0 ? limits.idle() : limits.connect();
        Duration quarter = shorter.dividedBy(4);
        checkEveryNanos = (quarter.compareTo(LONGEST_CHECK) < 0 ? quarter : LONGEST_CHECK).toNanos();
        thread = new Thread(this::run, "porthole-relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closing) {
                turn();
            }
        } catch (IOException e) {
            LOG.warn("the relay ends: {}", e.getMessage());
        } finally {
            closing = true;
            List.copyOf(entrances).forEach(this::end);
            try {
                selector.close();
            } catch (IOException e) {
                LOG.debug("closing: {}", e.getMessage());
            }
            ended.countDown();
            runTasks();
        }
    }

    private void turn() throws IOException {
        boolean timed = open > 0 || entrances.stream().anyMatch(Entrance::waits);
        if (timed) {
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nextCheck - System.nanoTime()) + 1));
        } else {
            selector.select();
        }
        now = System.nanoTime();
        runTasks();
        Set<SelectionKey> ready = selector.selectedKeys();
        for (SelectionKey key : ready) {
            serve(key);
        }
        ready.clear();
        if (!timed || now - nextCheck >= 0) {
            nextCheck = now + checkEveryNanos;
            List.copyOf(entrances).forEach(entrance -> entrance.check(now));
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** One connection's trouble is not the others'. */
    private static void serve(SelectionKey key) {
        Ready ready = (Ready) key.attachment();
        try {
            ready.ready(key.readyOps());
        } catch (CancelledKeyException e) {
            LOG.debug("closed by what came before it in the same turn");
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.warn("a connection is given up", e);
            ready.fail();
        }
    }

    SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
        return channel.register(selector, operations, ready);
    }

    /** Has an entrance accept connections from now on. */
    void begin(Entrance entrance) throws IOException {
        List<IOException> failed = new ArrayList<>();
        boolean done = call(() -> {
            try {
                entrances.add(entrance);
                entrance.begin();
            } catch (IOException e) {
                end(entrance);
                failed.add(e);
            }
        });
        if (!failed.isEmpty()) {
            throw failed.get(0);
        }
        if (!done || closing) {
            entrance.end();
            throw new IOException("the relay is closed");
        }
    }

    void close(Entrance entrance) {
        call(() -> end(entrance));
    }

    /** Closes an entrance in the next turn: in this one the selector's keys are still gone through. */
    void endLater(Entrance entrance) {
        tasks.add(() -> end(entrance));
        selector.wakeup();
    }

    /** Closes an entrance, and frees its port: a closed channel keeps it until the selector has seen that. */
    void end(Entrance entrance) {
        entrances.remove(entrance);
        entrance.end();
        try {
            if (selector.isOpen()) {
                selector.selectNow();
            }
        } catch (IOException e) {
            LOG.debug("closing: {}", e.getMessage());
        }
    }

    /** Has the relay's thread do something, and waits for it. Returns whether it was done. */
    private boolean call(Runnable task) {
        if (Thread.currentThread() == thread) {
            task.run();
            return true;
        }
        CountDownLatch done = new CountDownLatch(1);
        tasks.add(() -> {
            task.run();
            done.countDown();
        });
        selector.wakeup();
        if (ended.getCount() == 0) {
            // The thread has gone; whatever it left in the queue does no harm when run here.
            runTasks();
        }
        return await(done);
    }

    private static boolean await(CountDownLatch latch) {
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (true) {
                try {
                    return latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the thread and waits for that, a bounded time. */
    void close() {
        closing = true;
        selector.wakeup();
        if (Thread.currentThread() != thread && !await(ended)) {
            LOG.warn("the relay's thread is kept from its end, by a listener probably");
        }
    }

    /** Whether the thread has ended. For tests. */
    boolean ended() {
        return ended.getCount() == 0;
    }

    /** How many sockets the selector watches. For tests. */
    int watched() {
        return selector.keys().size();
    }

    /** Closes a socket, at once and with a reset where what was said is not all. */
    static void close(SocketChannel channel, boolean reset) {
        try {
            if (reset) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing: {}", e.getMessage());
        }
    }

    Circle circle() {
        return circle;
    }

    void refused(RelayRefusal reason, InetSocketAddress source) {
        tally.refused(reason);
        announcer.refused(reason, source.getAddress());
    }

    void opened(int more) {
        int count = open + more;
        open = count;
    }

    int open() {
        return open;
    }

    RelayCounters counters() {
        return tally.counters(open, pool.held());
    }

    long now() {
        return now;
    }

    Limits limits() {
        return limits;
    }

    Announcer announcer() {
        return announcer;
    }

    Tally tally() {
        return tally;
    }

    Sources sources() {
        return sources;
    }

    BufferPool pool() {
        return pool;
    }

    ByteBuffer shared() {
        return shared;
    }
}
