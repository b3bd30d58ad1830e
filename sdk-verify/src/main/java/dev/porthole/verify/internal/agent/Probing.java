package dev.porthole.verify.internal.agent;

import dev.porthole.http.internal.SmallServer;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs the probes of a call at once, within bounds overall and per caller. The first runs on the call's own thread, so that
 * there are about as many threads as probes. Thread-safe.
 */
public final class Probing implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final Prober prober;
    private final Semaphore free;
    private final int mostPerCaller;
    private final Map<InetAddress, Integer> perCaller = new ConcurrentHashMap<>();
    private final ExecutorService others;

    /** A runner of at most {@code most} probes, and {@code mostPerCaller} for one address. */
    public Probing(Prober prober, int most, int mostPerCaller, long stackBytes) {
        this.prober = prober;
        this.free = new Semaphore(most);
        this.mostPerCaller = mostPerCaller;
        // Bounded by what is free, which is taken before and given back after.
        this.others = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                SmallServer.daemons("porthole-probe", stackBytes));
    }

    /** Runs probes; empty where too many run already. */
    Optional<List<ProbeAnswer>> run(InetAddress caller, List<ProbeRequest> requests) throws InterruptedException {
        int count = requests.size();
        if (!free.tryAcquire(count)) {
            return Optional.empty();
        }
        try {
            int now = perCaller.merge(caller, count, Integer::sum);
            try {
                return now > mostPerCaller ? Optional.empty() : Optional.of(all(caller, requests));
            } finally {
                perCaller.computeIfPresent(caller, (address, held) -> held == count ? null : held - count);
            }
        } finally {
            free.release(count);
        }
    }

    private List<ProbeAnswer> all(InetAddress caller, List<ProbeRequest> requests) throws InterruptedException {
        List<Future<ProbeAnswer>> running = new ArrayList<>();
        try {
            for (ProbeRequest request : requests.subList(1, requests.size())) {
                running.add(others.submit(() -> prober.probe(caller, request)));
            }
            List<ProbeAnswer> answers = new ArrayList<>();
            answers.add(prober.probe(caller, requests.get(0)));
            for (Future<ProbeAnswer> each : running) {
                answers.add(each.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a probe failed; it should have answered", e.getCause());
        } finally {
            running.forEach(each -> each.cancel(true));
        }
    }

    @Override
    public void close() {
        others.shutdownNow();
    }
}
