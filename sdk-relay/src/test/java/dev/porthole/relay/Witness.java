package dev.porthole.relay;

import dev.porthole.mapping.InternalEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that remembers. */
final class Witness implements RelayListener {
    final List<String> told = new CopyOnWriteArrayList<>();
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
        RelayEnding ending = endings.poll(20, TimeUnit.SECONDS);
        if (ending == null) {
            throw new AssertionError("no connection ended");
        }
        return ending;
    }
}
