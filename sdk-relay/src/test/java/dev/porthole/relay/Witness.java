package dev.porthole.relay;

import dev.porthole.mapping.InternalEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that remembers. */
final class Witness implements RelayListener {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<RelayEnding> endings = new LinkedBlockingQueue<>();

    @Override
    public void closed(InternalEndpoint target, InetSocketAddress source, RelayEnding ending, long to, long from) {
        endings.add(ending);
    }

    @Override
    public void refused(RelayRefusal reason, InetAddress source, long count) {
        told.add(reason + " " + count);
    }

    @Override
    public void unreachable(InternalEndpoint target, String why, long count) {
        told.add("unreachable " + count);
    }

    @Override
    public void reachableAgain(InternalEndpoint target) {
        told.add("back");
    }

    RelayEnding ending() throws InterruptedException {
        return next(endings, "no connection ended");
    }

    /** The next so many of what is told besides endings, which comes on a thread of its own, and what else is there by then. */
    List<String> told(int count) throws InterruptedException {
        List<String> all = new ArrayList<>();
        while (all.size() < count) {
            all.add(next(told, "nothing more was told than " + all));
        }
        told.drainTo(all);
        return all;
    }

    private static <T> T next(BlockingQueue<T> queue, String otherwise) throws InterruptedException {
        T next = queue.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError(otherwise);
        }
        return next;
    }
}
