package dev.porthole;

import dev.porthole.Precedence.Aim;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.GatewayFinder.Found;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One search by all protocols at once, each in a thread of its own that ends with its search. Whoever answers is handed
 * on, in the order of {@link Precedence}, while the others go on searching.
 *
 * <p>Every provider that a search brings is closed with this object, once, whether it was handed on or not; one that a
 * search brings later is closed by that search's thread. Used by one thread.
 */
final class Race implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Porthole.class);

    private final Settings settings;
    private final Precedence precedence;
    private final SearchScope scope;
    private final Deadline deadline;
    /** How long searches are waited for: the last third of the time is for those who have answered. */
    private Deadline waitBy;
    /** When a search ends, so that what it has to tell comes in time. */
    private Deadline searchBy;

    private final List<Search> searches = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    /** Have answered and were not handed on. */
    private final List<PortMappingProvider> waiting = new ArrayList<>();

    private final List<PortMappingProvider> open = new ArrayList<>();
    private Deadline beginAt = Deadline.after(Duration.ZERO);
    private boolean held;
    private boolean begun;
    private long start = System.nanoTime();
    private boolean over;

    /** One protocol's search. */
    private final class Search implements Runnable {
        private final GatewayFinder finder;
        private final Thread thread;
        private List<Finding> findings = List.of();
        private boolean ended;

        Search(GatewayFinder finder) {
            this.finder = finder;
            this.thread =
                    new Thread(this, "porthole-search-" + finder.protocol().id());
            thread.setDaemon(true);
        }

        @Override
        public void run() {
            Found brought = new Found(List.of(), List.of());
            try {
                if (awaitBeginning()) {
                    brought = finder.find(scope, searchBy);
                }
            } catch (InterruptedException e) {
                LOG.debug("the search by {} was ended", finder.protocol().id());
            } catch (NatTraversalException e) {
                brought = new Found(List.of(), List.of(Findings.of(e)));
            } catch (RuntimeException | LinkageError e) {
                LOG.warn(
                        "the search by {} failed; the others go on",
                        finder.protocol().id(),
                        e);
                brought = new Found(List.of(), List.of(failed(e)));
            } finally {
                ended(this, brought);
            }
        }

        private Finding failed(Throwable e) {
            return Finding.of(
                    FindingCode.INTERNAL_ERROR,
                    "The search by " + finder.protocol().id() + " failed: " + e,
                    "Report this with its log; the other ways to map ports are not concerned.");
        }
    }

    Race(Settings settings, LocalNetwork network, List<Camera> cameras, Aim aim, Deadline deadline) {
        this.settings = settings;
        this.deadline = deadline;
        this.waitBy = deadline;
        this.searchBy = deadline;
        this.precedence = new Precedence(settings, network, cameras, aim);
        this.scope = settings.scopeFor(cameras, aim != Aim.ALL);
        settings.finders().forEach(finder -> searches.add(new Search(finder)));
    }

    /** Begins to search by every protocol. */
    static Race start(Settings settings, LocalNetwork network, List<Camera> cameras, Aim aim, Deadline deadline) {
        Race race = new Race(settings, network, cameras, aim, deadline);
        race.begin();
        return race;
    }

    /** Begins to search, where that has not begun. */
    void begin() {
        settings.events()
                .progress("looking for gateways by "
                        + searches.stream()
                                .map(search -> search.finder.protocol().id())
                                .distinct()
                                .collect(Collectors.joining(", ")));
        beginIn(Duration.ZERO);
    }

    /** Begins to search some time from now, unless told otherwise until then. */
    void beginIn(Duration headStart) {
        lock.lock();
        try {
            held = false;
            if (!begun) {
                beginAt = Deadline.after(headStart);
                Duration third = deadline.remaining().dividedBy(3);
                waitBy = deadline.minus(third);
                searchBy = waitBy.minus(third.dividedBy(20));
            }
            news.signalAll();
        } finally {
            lock.unlock();
        }
        searches.stream()
                .filter(search -> search.thread.getState() == Thread.State.NEW)
                .forEach(search -> search.thread.start());
    }

    /** Does not begin to search before it is told so again, where it has not begun. */
    void hold() {
        lock.lock();
        try {
            held = true;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitBeginning() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!over && (held || !beginAt.expired()) && !begun) {
                long pause = held ? Long.MAX_VALUE : beginAt.remaining().toNanos();
                news.await(pause, TimeUnit.NANOSECONDS);
            }
            if (!begun) {
                begun = true;
                start = System.nanoTime();
            }
            return !over;
        } finally {
            lock.unlock();
        }
    }

    SearchScope scope() {
        return scope;
    }

    /** Closes a provider that did not come by a search together with those that did. */
    void keep(PortMappingProvider provider) {
        lock.lock();
        try {
            open.add(provider);
        } finally {
            lock.unlock();
        }
    }

    Precedence precedence() {
        return precedence;
    }

    /**
     * Waits for a provider that may be asked.
     *
     * @param cameras those that still have no ports
     * @return empty when every provider was handed on and no search goes on, or is waited for any longer
     */
    Optional<PortMappingProvider> next(List<Camera> cameras) throws InterruptedException {
        Comparator<PortMappingProvider> first = precedence.first(cameras);
        lock.lockInterruptibly();
        try {
            while (true) {
                Set<MappingProtocol> searching = awaited();
                Duration elapsed = elapsed();
                Duration pause = waitBy.remaining();
                Optional<PortMappingProvider> best = Optional.empty();
                for (PortMappingProvider provider : waiting) {
                    Duration left =
                            precedence.patience(provider, cameras, searching).minus(elapsed);
                    if (left.isZero() || left.isNegative()) {
                        best = best.filter(other -> first.compare(other, provider) <= 0)
                                .or(() -> Optional.of(provider));
                    } else {
                        pause = left.compareTo(pause) < 0 ? left : pause;
                    }
                }
                if (best.isPresent()) {
                    waiting.remove(best.get());
                    return best;
                }
                if (searching.isEmpty()) {
                    return Optional.empty();
                }
                news.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Set<MappingProtocol> awaited() {
        return waitBy.expired() ? Set.of() : searching();
    }

    private Set<MappingProtocol> searching() {
        Set<MappingProtocol> searching = EnumSet.noneOf(MappingProtocol.class);
        searches.stream().filter(search -> !search.ended).forEach(search -> searching.add(search.finder.protocol()));
        return searching;
    }

    /** Whether a camera is to be mapped by another gateway that has not been asked. */
    boolean heldElsewhere(Camera camera, Gateway gateway) {
        lock.lock();
        try {
            Set<MappingProtocol> hoped = elapsed().compareTo(Precedence.HOLDER_TIME) < 0 ? awaited() : Set.of();
            return precedence.heldElsewhere(camera, gateway, hoped, unasked());
        } finally {
            lock.unlock();
        }
    }

    /** The gateways that were found and not handed on. */
    List<Gateway> unasked() {
        lock.lock();
        try {
            return waiting.stream().map(PortMappingProvider::gateway).toList();
        } finally {
            lock.unlock();
        }
    }

    /** The protocols that have not answered yet. */
    Set<MappingProtocol> stillSearching() {
        lock.lock();
        try {
            return searching();
        } finally {
            lock.unlock();
        }
    }

    /** What was wrong with answers by some protocols so far. */
    List<Finding> findings(Set<MappingProtocol> protocols) {
        lock.lock();
        try {
            return searches.stream()
                    .filter(search -> protocols.contains(search.finder.protocol()))
                    .flatMap(search -> search.findings.stream())
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private void ended(Search search, Found brought) {
        boolean late;
        lock.lock();
        try {
            late = over;
            if (!late) {
                // One that was cut short has not ended: nobody knows what it would have found.
                search.ended = true;
                search.findings = brought.findings();
                waiting.addAll(brought.providers());
                open.addAll(brought.providers());
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (late) {
            brought.providers().forEach(PortMappingProvider::close);
        }
    }

    /** Ends the searches that go on; what was handed on can still be used. */
    void stop() {
        lock.lock();
        try {
            over = true;
        } finally {
            lock.unlock();
        }
        searches.forEach(search -> search.thread.interrupt());
    }

    @Override
    public void close() {
        stop();
        List<PortMappingProvider> all;
        lock.lock();
        try {
            all = List.copyOf(open);
            open.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(PortMappingProvider::close);
    }
}
