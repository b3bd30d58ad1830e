package dev.porthole.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An Internet gateway device in this process: it answers SSDP searches, describes itself, and keeps a table of port
 * mappings. Without options it behaves as miniupnpd 2.3.1 does; {@link Quirk}s make it behave as other routers do, and a
 * {@link FaultScript} makes it fail. It forwards no traffic.
 *
 * <p>Thread-safe. Its threads are daemons.
 */
public final class FakeGateway implements AutoCloseable {
    /** The kind of SSDP searches in {@link #count} and {@link #counts}. */
    public static final String SEARCH = "search";

    private final GatewayOptions options;
    private final FaultScript faults = new FaultScript();
    private final RequestLog log = new RequestLog();
    private final AtomicLong clockOffset = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Set<Quirk> quirks;
    private final List<FakeWan> wans;
    private volatile HttpServer http;
    private final SsdpResponder ssdp;
    private volatile GatewayBehaviour behaviour;
    private volatile long bootedAt;
    private final AtomicLong bootId = new AtomicLong(System.currentTimeMillis() / 1000);

    FakeGateway(GatewayOptions options) throws IOException {
        this.options = options;
        quirks = EnumSet.copyOf(options.quirks.isEmpty() ? EnumSet.noneOf(Quirk.class) : options.quirks);
        behaviour = behave();
        bootedAt = nanoTime();
        List<WanSpec> specs = options.wans.isEmpty() ? List.of(WanSpec.ip(options.igdVersion)) : options.wans;
        wans = specs.stream()
                .map(spec -> new FakeWan(spec, new MappingTable(this::nanoTime), this::changed))
                .toList();
        http = listen(options.httpPort);
        try {
            ssdp = SsdpResponder.start(
                    new InetSocketAddress(options.address, options.ssdpPort),
                    options.multicast,
                    options.searchDelay,
                    this::search);
        } catch (IOException e) {
            http.close();
            throw e;
        }
    }

    /**
     * Starts a gateway like miniupnpd 2.3.1 on 127.0.0.1.
     *
     * @return the gateway, listening
     * @throws IOException where it cannot listen
     */
    public static FakeGateway start() throws IOException {
        return options().start();
    }

    /**
     * Options for a gateway.
     *
     * @return new options
     */
    public static GatewayOptions options() {
        return new GatewayOptions();
    }

    private HttpServer listen(int port) throws IOException {
        return HttpServer.start(
                new InetSocketAddress(options.address, port),
                "fake-gateway",
                new GatewayPages(this),
                faults,
                log,
                options.keepAlive);
    }

    private GatewayBehaviour behave() {
        GatewayBehaviour filled = new GatewayBehaviour();
        quirks.forEach(quirk -> quirk.addTo(filled));
        options.rules.forEach(rule -> rule.accept(filled));
        return filled;
    }

    /**
     * Where to send searches: what {@link dev.porthole.mapping.SearchScope.Builder#gateways} wants.
     *
     * @return address and UDP port
     */
    public InetSocketAddress ssdpAddress() {
        return ssdp.address();
    }

    /**
     * Where descriptions and actions are.
     *
     * @return address and TCP port
     */
    public InetSocketAddress httpAddress() {
        return http.address();
    }

    /**
     * Where the description is.
     *
     * @return an absolute URL
     */
    public URI descriptionUrl() {
        return URI.create(base() + options.descriptionPath);
    }

    String base() {
        InetSocketAddress at = http.address();
        String host = at.getAddress().getHostAddress();
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + at.getPort();
    }

    /**
     * The first WAN connection.
     *
     * @return the connection
     */
    public FakeWan wan() {
        return wans.get(0);
    }

    /**
     * The WAN connections.
     *
     * @return an unmodifiable list in the description's order
     */
    public List<FakeWan> wans() {
        return wans;
    }

    /**
     * The mappings of the first WAN connection.
     *
     * @return an unmodifiable copy with the leases that are left, newest first
     */
    public List<TableEntry> mappings() {
        return wan().mappings();
    }

    /**
     * Adds a mapping to the first WAN connection past all rules, as somebody else's.
     *
     * @param entry the mapping
     * @return this
     */
    public FakeGateway addForeign(TableEntry entry) {
        wan().addForeign(entry);
        return this;
    }

    /**
     * What is answered wrongly from now on.
     *
     * @return the script, empty at first
     */
    public FaultScript faults() {
        return faults;
    }

    /**
     * Adds quirks while the gateway runs.
     *
     * @param values which
     * @return this
     */
    public synchronized FakeGateway add(Quirk... values) {
        quirks.addAll(List.of(values));
        behaviour = behave();
        return this;
    }

    /**
     * Removes quirks while the gateway runs, as when a person changes the router's settings.
     *
     * @param values which
     * @return this
     */
    public synchronized FakeGateway remove(Quirk... values) {
        quirks.removeAll(List.of(values));
        behaviour = behave();
        return this;
    }

    /** Restarts the gateway in an instant: every table is empty, the uptime begins anew. */
    public void reboot() {
        wans.forEach(wan -> wan.table().clear());
        bootedAt = nanoTime();
        bootId.incrementAndGet();
        changed();
    }

    /**
     * Restarts the gateway, and afterwards descriptions and actions are on another port, as on gateways that choose one at
     * each start.
     *
     * @throws IOException where it cannot listen
     */
    public void rebootOnAnotherPort() throws IOException {
        HttpServer before = http;
        http = listen(0);
        before.close();
        reboot();
    }

    /**
     * Lets the gateway's time pass, so that leases run out.
     *
     * @param time how much
     */
    public void advance(Duration time) {
        clockOffset.addAndGet(time.toNanos());
        changed();
    }

    private long nanoTime() {
        return System.nanoTime() + clockOffset.get();
    }

    /**
     * Every HTTP request so far.
     *
     * @return an unmodifiable copy in the order of arrival
     */
    public List<RecordedRequest> requests() {
        return log.requests().stream()
                .filter(request -> !request.kind().equals(SEARCH))
                .toList();
    }

    /**
     * Every HTTP request of a kind so far.
     *
     * @param kind a SOAP action or a constant of {@link RecordedRequest}
     * @return an unmodifiable copy in the order of arrival
     */
    public List<RecordedRequest> requests(String kind) {
        return log.requests().stream()
                .filter(request -> request.kind().equals(kind))
                .toList();
    }

    /**
     * How many requests of a kind came so far.
     *
     * @param kind {@link #SEARCH}, a SOAP action or a constant of {@link RecordedRequest}
     * @return 0 or more
     */
    public int count(String kind) {
        return log.counts().getOrDefault(kind, 0);
    }

    /**
     * How many requests came so far.
     *
     * @return an unmodifiable copy, by kind
     */
    public Map<String, Integer> counts() {
        return log.counts();
    }

    /**
     * How many TCP connections were made so far.
     *
     * @return 0 or more
     */
    public int connections() {
        return http.connections();
    }

    /**
     * The most HTTP requests that waited for an answer at once. To see overlaps surely, make the answers
     * {@link Fault#slow}.
     *
     * @return 0 or more
     */
    public int mostAtOnce() {
        return log.mostInFlight();
    }

    /** Forgets the requests and counts so far, not the mappings. */
    public void forgetRequests() {
        log.clear();
    }

    /** Calls back after each change of a table, in the changing thread and before the change is answered. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    void changed() {
        listeners.forEach(Runnable::run);
    }

    GatewayOptions chosen() {
        return options;
    }

    GatewayBehaviour behaviour() {
        return behaviour;
    }

    long uptimeSeconds() {
        return (nanoTime() - bootedAt) / 1_000_000_000;
    }

    String description() {
        GatewayDescription own = new GatewayDescription(
                options.igdVersion,
                wans,
                options.friendlyName,
                options.model,
                options.urlBase,
                options.page.map(page -> "{base}/"));
        return behaviour.description.apply(
                options.description.orElseGet(own::xml).replace("{base}", base()));
    }

    private List<SsdpReply> search(SsdpResponder.Search search) {
        log.started(new RecordedRequest(
                SEARCH, search.from(), "M-SEARCH * HTTP/1.1", List.of(), search.bytes(), 0, Map.of()));
        log.ended();
        String description = description();
        List<SsdpReply> replies = new ArrayList<>();
        for (String target : search.target()
                .map(wanted -> GatewayDescription.matching(description, wanted))
                .orElse(List.of())) {
            replies.add(SsdpReply.of(
                    target, GatewayDescription.usn(target), descriptionUrl().toString(), bootId.get()));
        }
        return behaviour.ssdp.apply(replies);
    }

    /** Closes every socket. Later requests are refused, as by a router that is switched off. */
    @Override
    public void close() {
        ssdp.close();
        http.close();
    }
}
