package dev.porthole.mapping;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One HTTP request at a time per router, whatever protocol it serves: FRITZ!Box breaks on simultaneous ones, miniupnpd is
 * slower with eight in parallel than one after the other. Shared by all that may ask a router at once, so that a search by
 * UPnP and one by the router's web administration take turns. Thread-safe.
 */
public final class RouterTurns {
    private final Map<InetAddress, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** Nobody's turn yet. */
    public RouterTurns() {}

    /**
     * Takes the turn with a router. A thread that has it may take it again.
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
