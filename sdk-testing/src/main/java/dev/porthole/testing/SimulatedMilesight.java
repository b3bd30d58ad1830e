package dev.porthole.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The web administration of a Milesight router in this process, with its traps: an add with a number as index, or with
 * unknown field names, is answered with status 0 and stores nothing; what was not committed is lost at {@link #reboot()};
 * five wrong passwords lock everybody out for ten minutes; calls that come too fast are answered 503. It forwards no
 * traffic.
 *
 * <p>What a rule's fields are called is not public: here {@code source_ip}, {@code source_port}, {@code dest_ip}, {@code
 * dest_port}, {@code protocol}, {@code description}. Thread-safe. Its threads are daemons.
 */
public final class SimulatedMilesight implements AutoCloseable {
    /** The kind of requests for identity, in {@link #faults()} and {@link #count}. */
    public static final String IDENTITY = "identity";
    /** The kind of logins. */
    public static final String LOGIN = "login";
    /** The kind of log-outs. */
    public static final String LOGOUT = "logout";
    /** The kind of requests for the rules. */
    public static final String LIST = MilesightTable.CORE + ":get";
    /** The kind of requests that add a rule. */
    public static final String ADD = MilesightTable.CORE + ":add";
    /** The kind of requests that delete a rule, by the function that this firmware knows. */
    public static final String DELETE = MilesightTable.CORE + ":delete";
    /** The kind of requests that put changes into effect. */
    public static final String COMMIT = "yruo_apply:apply";
    /** The kind of requests for the Security page. */
    public static final String SECURITY = "yruo_firewall_security:get";
    /** The kind of requests for a status page. */
    public static final String STATUS = "yruo_status:get";

    private final MilesightOptions options;
    private final FaultScript faults = new FaultScript();
    private final RequestLog log = new RequestLog();
    private final MilesightLogin login;
    private final MilesightTable table;
    private HttpServer http;
    private long lastCall;
    private boolean called;

    SimulatedMilesight(MilesightOptions options) throws IOException {
        this.options = options;
        this.login = new MilesightLogin(options);
        this.table = new MilesightTable(options.fields());
        this.http = listen(options.port, 1);
    }

    /**
     * Starts a router on 127.0.0.1.
     *
     * @param flavour its firmware
     * @return the router, listening
     * @throws IOException where it cannot listen
     */
    public static SimulatedMilesight start(MilesightFlavour flavour) throws IOException {
        return options(flavour).start();
    }

    /**
     * Options for a router.
     *
     * @param flavour its firmware
     * @return new options
     */
    public static MilesightOptions options(MilesightFlavour flavour) {
        return new MilesightOptions(flavour);
    }

    private HttpServer listen(int port, int key) throws IOException {
        ServerSocketFactory sockets =
                options.flavour.tls ? RouterSockets.withKey(key) : ServerSocketFactory.getDefault();
        return HttpServer.start(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
                "simulated-milesight",
                new MilesightPages(this, options),
                faults,
                log,
                sockets);
    }

    MilesightLogin login() {
        return login;
    }

    MilesightTable table() {
        return table;
    }

    boolean tooFast() {
        long now = System.nanoTime();
        boolean tooFast = called && now - lastCall < options.pace.toNanos();
        called = true;
        lastCall = now;
        return tooFast;
    }

    /**
     * Where the administration is.
     *
     * @return its URL
     */
    public synchronized URI uri() {
        InetSocketAddress at = http.address();
        return URI.create((options.flavour.tls ? "https" : "http") + "://127.0.0.1:" + at.getPort());
    }

    /**
     * Adds a rule past all checks, in effect at once.
     *
     * @param sourcePort the external port
     * @param destinationIp the internal client
     * @param destinationPort the internal port
     * @param description the rule's name, left out where rules have none
     * @return this
     */
    public synchronized SimulatedMilesight addRule(
            int sourcePort, String destinationIp, int destinationPort, String description) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("source_ip", "0.0.0.0/0");
        rule.put("source_port", sourcePort);
        rule.put("dest_ip", destinationIp);
        rule.put("dest_port", destinationPort);
        rule.put("protocol", "TCP");
        if (options.descriptions) {
            rule.put("description", description);
        }
        return addRule(rule);
    }

    /**
     * Adds a rule past all checks, in effect at once.
     *
     * @param rule its fields, whatever their names
     * @return this
     */
    public synchronized SimulatedMilesight addRule(Map<String, Object> rule) {
        table.put(rule);
        return this;
    }

    /**
     * The rules as the router lists them, in effect or not.
     *
     * @return a copy
     */
    public synchronized List<Map<String, @Nullable Object>> rules() {
        return table.staged();
    }

    /**
     * The rules that are in effect: those of the last commit.
     *
     * @return a copy
     */
    public synchronized List<Map<String, @Nullable Object>> rulesInEffect() {
        return table.running();
    }

    /** Restarts the router in an instant: sessions and what was not committed are lost. */
    public synchronized void reboot() {
        table.reboot();
        login.end();
    }

    /**
     * Restarts the router with another TLS key, as after a factory reset.
     *
     * @throws IOException where it cannot listen
     */
    public synchronized void rekey() throws IOException {
        int port = http.address().getPort();
        http.close();
        http = listen(port, 2);
    }

    /** Forgets every session. */
    public synchronized void endSessions() {
        login.end();
    }

    /**
     * Lets nobody log in for a while.
     *
     * @param time how long
     */
    public synchronized void lock(Duration time) {
        login.lock(time);
    }

    /**
     * How many sessions are open.
     *
     * @return 0 or more
     */
    public synchronized int sessions() {
        return login.sessions();
    }

    /**
     * How often somebody tried to log in.
     *
     * @return 0 or more
     */
    public synchronized int loginTries() {
        return login.tries();
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
     * Every request so far.
     *
     * @return an unmodifiable copy in the order of arrival
     */
    public List<RecordedRequest> requests() {
        return log.requests();
    }

    /**
     * How many requests of a kind came so far.
     *
     * @param kind one of this class's constants
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
     * The most requests that waited for an answer at once.
     *
     * @return 0 or more
     */
    public int mostInFlight() {
        return log.mostInFlight();
    }

    /** Forgets the requests so far. */
    public void clearRequests() {
        log.clear();
    }

    @Override
    public synchronized void close() {
        http.close();
    }
}
