package dev.porthole.upnp.internal;

import dev.porthole.Deadline;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.DeviceHttp;
import dev.porthole.http.internal.DeviceText;
import dev.porthole.http.internal.xml.SafeXml;
import dev.porthole.mapping.GatewayFinder.Found;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import dev.porthole.upnp.internal.ssdp.SearchPaths;
import dev.porthole.upnp.internal.ssdp.SsdpReply;
import dev.porthole.upnp.internal.ssdp.SsdpSearch;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One search. Answers are read by the calling thread; each device that gave one is looked at by a thread of its own. */
public final class GatewaySearch {
    private static final Logger LOG = LoggerFactory.getLogger(GatewaySearch.class);

    /** Bounds what a hostile or broken LAN can make us do: devices looked at, and those of one host. */
    private static final int MAX_DEVICES = 64;

    /** The expected gateway has answered and is being looked at: so long another that is usable waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Kept back, so that a device that is too slow is told before the search ends. */
    private static final Duration FOR_REPORTING = Duration.ofMillis(50);

    private static final int MAX_DEVICES_PER_HOST = 32;

    /** Of further ones, of each type the one that answered last is next: a flood comes before what it is to hide. */
    private static final int AT_ONCE_PER_HOST = 8;

    /** A place for one that waits. */
    private record Waiting(InetAddress host, String type) {}

    private static final int MAX_FINDINGS = 64;

    private final SearchScope scope;
    private final SearchSettings settings;
    private final RouterLocks locks;
    private final Deadline deadline;
    private final SearchPaths paths;
    private final SafeXml xml = new SafeXml();
    private long start = System.nanoTime();
    private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
    private final Set<DeviceUrl> looked = new HashSet<>();
    private final Map<InetAddress, Integer> hosts = new HashMap<>();
    private final Map<InetAddress, Integer> underWay = new HashMap<>();
    private final Map<Waiting, Runnable> latest = new LinkedHashMap<>();
    private final Shortlist shortlist;
    private final Set<Finding> findings = new LinkedHashSet<>();
    private final Deadline inspectBy;
    private Optional<Duration> firstUsableAt = Optional.empty();

    /**
     * A search.
     *
     * @param scope where to look
     * @param settings how
     * @param locks shared with all that the same finder found
     * @param deadline when to stop
     */
    public GatewaySearch(SearchScope scope, SearchSettings settings, RouterLocks locks, Deadline deadline) {
        this.scope = scope;
        this.settings = settings;
        this.locks = locks;
        this.deadline = deadline;
        this.inspectBy = deadline.minus(FOR_REPORTING);
        this.paths = SearchPaths.of(scope, settings.network().get(), settings.port());
        this.shortlist = new Shortlist(paths);
    }

    /**
     * Searches.
     *
     * @return what was found
     * @throws InterruptedException where the thread was interrupted
     */
    public Found run() throws InterruptedException {
        ExecutorService threads = newThreads();
        try (SsdpSearch ssdp = new SsdpSearch(paths, settings.port());
                DeviceHttp http = new DeviceHttp()) {
            listen(ssdp, http, threads);
        } catch (IOException e) {
            findings.add(Finding.of(
                    FindingCode.NO_GATEWAY,
                    "This host gives no socket to search for gateways: " + e.getMessage(),
                    "Allow this program to use UDP."));
        } finally {
            threads.shutdownNow();
        }
        return found();
    }

    private void listen(SsdpSearch ssdp, DeviceHttp http, ExecutorService threads)
            throws InterruptedException, IOException {
        // From here: opening sockets and loading classes take their time in a process that has just begun.
        start = System.nanoTime();
        int round = 0;
        while (!deadline.expired() && !settled()) {
            if (SsdpSearch.timeOf(round)
                    .filter(at -> elapsed().compareTo(at) >= 0)
                    .isPresent()) {
                ssdp.send(round++);
                if (round == 1) {
                    threads.execute(() -> WarmUp.run(xml));
                }
            }
            int replies = ssdp.receive(pause(round), reply -> heard(reply, ssdp, http, threads));
            for (Runnable next = news.poll(); next != null; next = news.poll()) {
                next.run();
            }
            if (replies == 0) {
                lookAtLatest();
            }
        }
    }

    /** A flood from one host is over, and what was looked at of it is done: now the ones that came last. */
    private void lookAtLatest() {
        for (Waiting waiting : List.copyOf(latest.keySet())) {
            if (!underWay.containsKey(waiting.host())) {
                Objects.requireNonNull(latest.remove(waiting)).run();
            }
        }
    }

    /** Until the next thing to do by time alone. */
    private long pause(int round) {
        if (!news.isEmpty()) {
            return 0;
        }
        List<Duration> moments = new ArrayList<>(List.of(settings.window()));
        Optional<Duration> searchAgain = SsdpSearch.timeOf(round);
        if (searchAgain.filter(at -> elapsed().compareTo(at) >= 0).isPresent()) {
            // Its moment came since it was last looked for: it must not be slept through.
            return 0;
        }
        searchAgain.ifPresent(moments::add);
        firstUsableAt.ifPresent(at -> {
            moments.add(at.plus(settings.grace()));
            moments.add(at.plus(PATIENCE));
        });
        long elapsed = elapsed().toNanos();
        long next = deadline.remaining().toNanos();
        for (Duration moment : moments) {
            long in = moment.toNanos() - elapsed;
            next = in > 0 ? Math.min(next, in) : next;
        }
        return next / 1_000_000 + 1;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Whether nothing better can come of waiting. */
    private boolean settled() {
        Duration enough = everybodyAnswered() ? settings.grace() : settings.window();
        if (elapsed().compareTo(enough) >= 0 && underWay.isEmpty()) {
            return true;
        }
        if (!scope.firstUsable() || firstUsableAt.isEmpty()) {
            return false;
        }
        if (shortlist.expectedOneUsable()) {
            return true;
        }
        Duration waited = elapsed().minus(firstUsableAt.get());
        boolean answering = underWay.keySet().stream().anyMatch(shortlist::expected);
        boolean answered = hosts.keySet().stream().anyMatch(shortlist::expected);
        return answering ? waited.compareTo(PATIENCE) >= 0 : answered || waited.compareTo(settings.grace()) >= 0;
    }

    /** Where only named gateways are asked, there is nobody else to wait for. */
    private boolean everybodyAnswered() {
        return paths.multicast().isEmpty()
                && paths.direct().stream().allMatch(asked -> hosts.containsKey(asked.getAddress()));
    }

    private void heard(SsdpReply reply, SsdpSearch ssdp, DeviceHttp http, ExecutorService threads) {
        if (!reply.mayBeGateway()) {
            return;
        }
        Optional<DeviceUrl> location = location(reply);
        if (location.isEmpty() || looked.contains(location.get())) {
            return;
        }
        InetAddress host = location.get().peer().getAddress();
        // A flood from others does not keep the gateway out that was asked directly.
        boolean asked = paths.direct().stream().anyMatch(a -> a.getAddress().equals(host));
        boolean room = looked.size() < MAX_DEVICES || asked;
        // A router's other devices (Wi-Fi protected setup, media servers) must not stand in the way of its gateway.
        boolean another = !reply.claimsGateway() && hosts.containsKey(host);
        if (!room || another) {
            return;
        }
        int before = hosts.getOrDefault(host, 0);
        if (before >= AT_ONCE_PER_HOST && before < MAX_DEVICES_PER_HOST) {
            Waiting waiting = new Waiting(host, reply.target());
            if (latest.size() < MAX_DEVICES || latest.containsKey(waiting)) {
                latest.put(waiting, () -> look(reply, location.get(), ssdp, http, threads));
            }
        } else if (before < MAX_DEVICES_PER_HOST) {
            look(reply, location.get(), ssdp, http, threads);
        }
    }

    private void look(SsdpReply reply, DeviceUrl location, SsdpSearch ssdp, DeviceHttp http, ExecutorService threads) {
        InetAddress host = location.peer().getAddress();
        if (!looked.add(location)) {
            return;
        }
        hosts.merge(host, 1, Integer::sum);
        LOG.debug("{} answers the search: {}", reply.source(), location);
        underWay.merge(host, 1, Integer::sum);
        Runnable inspection = new Inspection(
                reply,
                location,
                looked.size(),
                http,
                xml,
                locks,
                inspectBy,
                candidate -> tell(ssdp, () -> note(candidate)),
                finding -> tell(ssdp, () -> note(finding)));
        threads.execute(() -> {
            try {
                inspection.run();
            } finally {
                tell(ssdp, () -> underWay.computeIfPresent(host, (h, n) -> n == 1 ? null : n - 1));
            }
        });
    }

    private void tell(SsdpSearch ssdp, Runnable event) {
        news.add(event);
        ssdp.wakeUp();
    }

    private void note(Candidate candidate) {
        shortlist.note(candidate);
        if (candidate.usable() && firstUsableAt.isEmpty()) {
            firstUsableAt = Optional.of(elapsed());
        }
    }

    private void note(Finding finding) {
        if (findings.size() < MAX_FINDINGS) {
            findings.add(finding);
        }
    }

    private Optional<DeviceUrl> location(SsdpReply reply) {
        InetAddress sender = reply.source().getAddress();
        if (reply.locations().size() == 1) {
            Optional<DeviceUrl> url = DeviceUrl.parse(reply.locations().get(0)).filter(l -> l.on(sender));
            if (url.isPresent()) {
                return url;
            }
        }
        if (reply.claimsGateway() || !reply.locations().isEmpty()) {
            String written = reply.locations().isEmpty()
                    ? "nothing"
                    : "'" + DeviceText.oneLine(String.join("' and '", reply.locations()), 150) + "'";
            note(Finding.of(
                    FindingCode.MALFORMED_REPLY,
                    sender.getHostAddress() + " answers the search for gateways, but gives " + written
                            + " as the address of its description, which is not one http address on that host itself;"
                            + " it was not used.",
                    "Update or restart the device; if it is not yours, find out what it is."));
        }
        return Optional.empty();
    }

    private Found found() {
        List<PortMappingProvider> providers = new ArrayList<>();
        if (deadline.expired()) {
            underWay.keySet().forEach(host -> note(timedOut(host)));
        }
        for (Candidate candidate : shortlist.best()) {
            LOG.debug("found {} with {}", candidate.gateway(), candidate.state());
            providers.add(new UpnpProvider(candidate, new DeviceHttp(), xml, locks));
        }
        return new Found(providers, List.copyOf(findings));
    }

    private static Finding timedOut(InetAddress host) {
        return Finding.of(
                FindingCode.TIMED_OUT,
                host.getHostAddress() + " answers the search for gateways, but did not give its description in time.",
                "Restart the device if it is stuck, or allow more time.");
    }

    private static ExecutorService newThreads() {
        AtomicInteger number = new AtomicInteger();
        // As many as there are devices, and these are bounded: none waits behind others that drip.
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "porthole-upnp-search-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
