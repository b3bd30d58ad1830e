package dev.porthole.upnp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One request at a time per router: FRITZ!Box breaks on simultaneous ones, miniupnpd is slower with eight in parallel than
 * one after the other. Shared by everything that one finder found, because a host may have several services. Thread-safe.
 */
public final class RouterLocks {
    private final Map<InetAddress, ReentrantLock> locks = new ConcurrentHashMap<>();

    /**
     * Takes a router's lock. A thread that has it may take it again.
     *
     * @param router the router's address
     * @param deadline when to give up waiting
     * @return the lock, held; the caller unlocks it
     * @throws InterruptedException where the thread was interrupted
     * @throws NatTraversalException where the router stayed busy
     */
    public ReentrantLock take(InetAddress router, Deadline deadline) throws InterruptedException {
        ReentrantLock lock = locks.computeIfAbsent(router, address -> new ReentrantLock());
        if (!lock.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new NatTraversalException(
                    FindingCode.TIMED_OUT,
                    router.getHostAddress() + " is still busy with another request of this program. Allow more time.");
        }
        return lock;
    }
}
