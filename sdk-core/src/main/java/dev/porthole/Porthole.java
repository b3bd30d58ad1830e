package dev.porthole;

import dev.porthole.Precedence.Aim;
import dev.porthole.diagnose.Finding;
import dev.porthole.event.PortholeListener;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.ledger.Ledger;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Forwarder;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.MappingTag;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.RouterTurns;
import dev.porthole.mapping.SearchScope;
import dev.porthole.reach.AddressObserver;
import dev.porthole.reach.ReachabilityVerifier;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes cameras behind NAT reachable, and says what is true of them.
 *
 * <pre>{@code
 * try (Porthole porthole = Porthole.builder().build()) {
 *     Publication publication = porthole.publish(Camera.at("192.168.69.110").name("front-door").build());
 *     publication.endpoints().forEach(e -> System.out.println(e.target() + " " + e.verdict()));
 *     publication.findings().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Every call blocks, ends by the configured time-out (default {@link #DEFAULT_TIMEOUT}) and stops at once when its
 * thread is interrupted. What a gateway or a camera does wrong is a {@link Finding} in the result, not an exception.
 *
 * <p>Thread-safe. {@link #close()} releases no mapping: restarting a host application must not close its cameras. Only what
 * is relayed through this host ends with it, until the next {@link #publish} of the same cameras takes it up again, on the
 * same ports.
 */
public final class Porthole implements AutoCloseable {
    /** Long enough for a slow router with a long table; an installer on a ladder does not wait longer. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** Waiting for silent peers costs threads, not processor time; more than this would burden a small recorder. */
    public static final int ATTEMPTS_AT_ONCE = 16;

    private static final int MOST_AT_ONCE = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(Porthole.class);

    private final Settings settings;

    private Porthole(Settings settings) {
        this.settings = settings;
    }

    /**
     * A builder with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Looks for every gateway and asks each for its external address.
     *
     * @param withMappings whether to list their mappings too
     * @return the gateways, best first, or why there are none
     * @throws InterruptedException where the thread was interrupted
     */
    public GatewayReport discover(boolean withMappings) throws InterruptedException {
        Deadline deadline = Deadline.after(settings.timeout());
        List<GatewayReport.Entry> entries = new ArrayList<>();
        GatewayWalk walk = GatewayWalk.walk(settings, List.of(), Aim.ALL, deadline, provider -> {
            entries.add(describe(provider, withMappings, deadline));
            return true;
        });
        entries.sort(Comparator.comparing(GatewayReport.Entry::gateway, walk.order()));
        List<Finding> findings = walk.findings();
        if (entries.isEmpty() && findings.isEmpty()) {
            findings.add(Findings.noGateway(settings.network().get()));
        }
        return new GatewayReport(entries, Findings.ranked(findings));
    }

    /**
     * The router through which this host reaches the Internet, whether or not it answers a mapping protocol.
     *
     * @return its IPv4 address; empty where there is none or the system does not tell
     */
    public Optional<InetAddress> defaultGateway() {
        return settings.network().get().defaultGateway();
    }

    private GatewayReport.Entry describe(PortMappingProvider provider, boolean withMappings, Deadline deadline)
            throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        ExternalAddress external = ExternalAddress.UNKNOWN;
        List<PortMapping> mappings = List.of();
        settings.events().gatewayFound(provider.gateway());
        try {
            external = provider.externalAddress(deadline);
            Findings.unusable(provider.gateway(), external).ifPresent(findings::add);
        } catch (NatTraversalException e) {
            findings.add(Findings.of(e));
        }
        try {
            if (withMappings) {
                settings.events().progress("reading the mappings of " + provider.gateway());
                mappings = provider.mappings(deadline);
            }
        } catch (NatTraversalException e) {
            findings.add(Findings.of(e));
        }
        return new GatewayReport.Entry(provider.gateway(), provider.capabilities(), external, mappings, findings);
    }

    /**
     * Plans external ports for cameras and changes nothing. Each camera is planned for the first gateway that can take it.
     *
     * @param cameras at least one; their names differ
     * @return what {@link #publish} would do now
     * @throws IllegalArgumentException where there is no camera or two have the same name
     * @throws InterruptedException where the thread was interrupted
     */
    public PublicationPlan plan(Camera... cameras) throws InterruptedException {
        return new Planning(settings, checked(cameras), Deadline.after(settings.timeout())).run();
    }

    /**
     * Makes cameras reachable: finds a gateway, plans external ports, maps all services of each camera or none, reads
     * back, and tries the services from the vantage. A service that is not reached although it is mapped is mapped anew, and
     * under {@code PortPolicy.auto()} moved to an external port that is reached; a finding says so. Calling it again is safe: what is mapped keeps its ports.
     *
     * <p>All protocols search at once. A camera stays with the protocol that the ledger names for its ports. Otherwise the
     * first that is usable is asked, and where it refuses the next, in the order of {@link
     * dev.porthole.mapping.MappingProtocol}. Some wait a moment for those before them: protocols that cannot map for other
     * hosts, those that list no mappings where the ledger does not outlast the process or names another gateway, and the
     * router's web administration. Another router waits for that of the default route. A third of the time is left to those
     * who have answered when a search does not end. The publication's {@link Publication#rungs()} tell what came of each.
     *
     * <p>A gateway that did what it was asked for is remembered, by this object and by the ledger. The next call goes to it
     * without a search where it holds all that is wanted, and searches where it is not as it was.
     *
     * @param cameras at least one; their names differ
     * @return what came of it; also where nothing could be published
     * @throws IllegalArgumentException where there is no camera or two have the same name
     * @throws InterruptedException where the thread was interrupted; what this call had mapped is released
     */
    public Publication publish(Camera... cameras) throws InterruptedException {
        List<Camera> list = checked(cameras);
        Deadline deadline = Deadline.after(settings.timeout());
        try (Ladder ladder = new Ladder(settings, list, deadline)) {
            try {
                Publication publication = ladder.climb();
                if (settings.verify()) {
                    publication = new Verification(settings).of(publication, deadline);
                    publication = new Healing(settings, ladder.made(), Set.of(), true, deadline).heal(publication);
                }
                publication = publication.with(Findings.exposure(publication.endpoints(), settings.source()));
                publication.findings().forEach(settings.events()::found);
                return publication;
            } catch (InterruptedException e) {
                ladder.takeBack();
                throw e;
            }
        }
    }

    /**
     * {@link #publish} on an executor.
     *
     * @param executor runs the call; one thread is used
     * @param cameras as for {@link #publish}
     * @return the outcome; cancelling it interrupts the call, which then releases what it had mapped
     */
    public CompletableFuture<Publication> publishAsync(Executor executor, Camera... cameras) {
        List<Camera> list = checked(cameras);
        return InterruptibleFuture.run(executor, () -> publish(list.toArray(Camera[]::new)));
    }

    /**
     * Tries the services of a publication again.
     *
     * @param publication an outcome of {@link #publish}
     * @return the same publication with new verdicts and the findings that follow from them
     * @throws InterruptedException where the thread was interrupted
     */
    public Publication verify(Publication publication) throws InterruptedException {
        return new Verification(settings).of(publication, Deadline.after(settings.timeout()));
    }

    /**
     * Finds out what stands between cameras and the outside. Services that the gateway does not map are mapped for the time
     * of the examination, and released again; of mappings that lead nowhere, ours are made anew. Foreign ones stay.
     *
     * @param cameras at least one; their names differ
     * @return the way to each service, and where it is broken
     * @throws IllegalArgumentException where there is no camera or two have the same name
     * @throws InterruptedException where the thread was interrupted; what this call had mapped is released
     */
    public Diagnosis diagnose(Camera... cameras) throws InterruptedException {
        List<Camera> list = checked(cameras);
        try (Examination examination = new Examination(settings, list, Deadline.after(settings.timeout()))) {
            Diagnosis diagnosis = examination.run();
            diagnosis.findings().forEach(settings.events()::found);
            return diagnosis;
        }
    }

    /**
     * Tries targets that need not have been published by Porthole.
     *
     * @param targets what to try
     * @return one verdict per target, in order; empty where no verifier knows its scheme
     * @throws InterruptedException where the thread was interrupted
     */
    public List<Optional<Verdict>> verify(List<Target> targets) throws InterruptedException {
        Vantage vantage = settings.vantage().orElse(Vantage.HERE);
        return new Verification(settings)
                .run(
                        targets.stream()
                                .map(t -> new Verification.Trial(t, vantage))
                                .toList(),
                        Deadline.after(settings.timeout()));
    }

    /**
     * Releases the mappings of a publication.
     *
     * @param publication an outcome of {@link #publish}
     * @return what was released and what could not be
     * @throws InterruptedException where the thread was interrupted
     */
    public ReleaseReport release(Publication publication) throws InterruptedException {
        Set<PortMapping> wanted = new HashSet<>();
        publication.endpoints().forEach(e -> wanted.add(e.mapping()));
        return new Release(settings)
                .run((mapping, held) -> wanted.stream()
                        .anyMatch(w -> w.protocol() == mapping.protocol()
                                && w.externalPort() == mapping.externalPort()
                                && w.internalPort() == mapping.internalPort()
                                && w.internalClient().equals(mapping.internalClient())));
    }

    /**
     * Releases all mappings of ours that lead to a camera, on every gateway found; those too that lead to a relay, as far as
     * the ledger or the mapping's name tells for which camera it is.
     *
     * @param camera the camera's LAN address
     * @return what was released and what could not be
     * @throws InterruptedException where the thread was interrupted
     */
    public ReleaseReport release(InetAddress camera) throws InterruptedException {
        return new Release(settings)
                .run((mapping, held) -> held.map(
                                entry -> entry.service().address().equals(camera))
                        .orElseGet(() -> leadsTo(mapping, camera)));
    }

    /** A camera that was given no name is called by its address. */
    private static boolean leadsTo(PortMapping mapping, InetAddress camera) {
        return mapping.internalAddress().filter(camera::equals).isPresent()
                || Arrays.stream(Target.Scheme.values())
                        .map(scheme -> MappingTag.of(camera.getHostAddress(), scheme.id()))
                        .anyMatch(mapping.description()::equals);
    }

    /**
     * Releases all mappings of ours on every gateway found. Foreign mappings stay.
     *
     * @return what was released and what could not be
     * @throws InterruptedException where the thread was interrupted
     */
    public ReleaseReport releaseAllOurs() throws InterruptedException {
        return new Release(settings).run((mapping, held) -> true);
    }

    private static List<Camera> checked(Camera... cameras) {
        if (cameras.length == 0) {
            throw new IllegalArgumentException("name at least one camera");
        }
        Set<String> names = new HashSet<>();
        for (Camera camera : cameras) {
            if (!names.add(camera.name())) {
                throw new IllegalArgumentException("two cameras are called '" + camera.name()
                        + "': give each camera behind a gateway a name of its own");
            }
        }
        return List.of(cameras);
    }

    /**
     * Stops what this object does in the background. Releases no mapping. Relays stop: mappings that lead to one stay on the
     * gateway until their lease ends, so that a later run takes them up again; where there is to be none, release them
     * first.
     */
    @Override
    public void close() {
        settings.relays().close();
        LOG.debug("closed");
    }

    /** Builds a {@link Porthole}. Not thread-safe. */
    public static final class Builder {
        private final List<GatewayFinder> finders = new ArrayList<>();
        private final List<ReachabilityVerifier> verifiers = new ArrayList<>();
        private final List<AddressObserver> observers = new ArrayList<>();
        private final List<PortholeListener> listeners = new ArrayList<>();
        private boolean verify = true;
        private int attemptsAtOnce = ATTEMPTS_AT_ONCE;
        private @Nullable Vantage vantage;
        private Ledger ledger = new InMemoryLedger();
        private Duration timeout = DEFAULT_TIMEOUT;
        private Duration lease = MappingRequest.DEFAULT_LEASE;
        private SourcePolicy source = SourcePolicy.anyone();
        private Set<PortRange> avoid = Set.of();
        private boolean routedLans;
        private SearchScope scope = SearchScope.builder().build();
        private ClassLoader classLoader = Builder.class.getClassLoader();
        private Supplier<LocalNetwork> network = LocalNetwork::current;
        private @Nullable Forwarder relay;

        private Builder() {}

        /**
         * Adds a gateway finder. Where none is added, those are used that the service loader finds.
         *
         * @param finder the finder
         * @return this
         */
        public Builder finder(GatewayFinder finder) {
            finders.add(Objects.requireNonNull(finder, "finder"));
            return this;
        }

        /**
         * Adds a verifier. Where none is added, those are used that the service loader finds.
         *
         * @param verifier the verifier
         * @return this
         */
        public Builder verifier(ReachabilityVerifier verifier) {
            verifiers.add(Objects.requireNonNull(verifier, "verifier"));
            return this;
        }

        /**
         * Adds somebody outside who tells by which address this host is seen, so that another NAT in front of the gateway
         * is noticed. The first that answers is believed.
         *
         * @param observer the observer; none is asked where none is added
         * @return this
         */
        public Builder observer(AddressObserver observer) {
            observers.add(Objects.requireNonNull(observer, "observer"));
            return this;
        }

        /**
         * Sets whether {@link Porthole#publish} tries the services.
         *
         * @param value default true
         * @return this
         */
        public Builder verify(boolean value) {
            verify = value;
            return this;
        }

        /**
         * Sets how many services are tried at once. Each takes a thread and some 100 kB while it is tried.
         *
         * @param value 1 to 4096, default {@link Porthole#ATTEMPTS_AT_ONCE}
         * @return this
         * @throws IllegalArgumentException where it is out of range
         */
        public Builder attemptsAtOnce(int value) {
            if (value < 1 || value > MOST_AT_ONCE) {
                throw new IllegalArgumentException("between 1 and " + MOST_AT_ONCE + " attempts at once, not " + value);
            }
            attemptsAtOnce = value;
            return this;
        }

        /**
         * Sets from where services are tried.
         *
         * @param value default: {@link Vantage#HAIRPIN} for a camera on a LAN of this host, else {@link Vantage#HERE}
         * @return this
         */
        public Builder vantage(Vantage value) {
            vantage = Objects.requireNonNull(value, "vantage");
            return this;
        }

        /**
         * Adds a listener.
         *
         * @param listener the listener
         * @return this
         */
        public Builder listener(PortholeListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Sets where it is remembered which camera has which port.
         *
         * @param value default in memory, forgotten at the end of the process
         * @return this
         */
        public Builder ledger(Ledger value) {
            ledger = Objects.requireNonNull(value, "ledger");
            return this;
        }

        /**
         * Sets how long a call may take.
         *
         * @param value more than zero, default {@link Porthole#DEFAULT_TIMEOUT}
         * @return this
         * @throws IllegalArgumentException where it is zero or negative
         */
        public Builder timeout(Duration value) {
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException("timeout " + value + " leaves no time for anything");
            }
            timeout = value;
            return this;
        }

        /**
         * Sets the lease to ask for.
         *
         * @param value default {@link MappingRequest#DEFAULT_LEASE}; zero asks for permanent mappings
         * @return this
         */
        public Builder lease(Duration value) {
            lease = Objects.requireNonNull(value, "lease");
            return this;
        }

        /**
         * Sets who may connect.
         *
         * @param value default anyone
         * @return this
         */
        public Builder source(SourcePolicy value) {
            source = Objects.requireNonNull(value, "source");
            return this;
        }

        /**
         * Sets external ports never to be used, for example 554 where the provider blocks it.
         *
         * @param value default none
         * @return this
         */
        public Builder avoid(Set<PortRange> value) {
            avoid = Set.copyOf(value);
            return this;
        }

        /**
         * Allows cameras on LANs to which this host is not attached, behind the same gateway.
         *
         * @param value default false
         * @return this
         */
        public Builder routedLans(boolean value) {
            routedLans = value;
            return this;
        }

        /**
         * Sets where to look for gateways.
         *
         * @param value default every usable interface and the default gateway
         * @return this
         */
        public Builder scope(SearchScope value) {
            scope = Objects.requireNonNull(value, "scope");
            return this;
        }

        /**
         * Allows to relay through this host, as the last resort: where a gateway refuses to map for a camera and maps for the
         * host that asks, this host has a port of its own mapped and forwards to the camera. Published so, a camera is reached
         * only as long as the {@link Porthole} is open, and all pictures pass through this host; the finding RELAYED says so. TCP
         * only.
         *
         * @param value usually a {@code Relay} of porthole-relay; closed with the Porthole. Default: none, no relaying
         * @return this
         */
        public Builder relay(Forwarder value) {
            relay = Objects.requireNonNull(value, "relay");
            return this;
        }

        /**
         * Sets the class loader by which finders and verifiers are found.
         *
         * @param value default that of this class
         * @return this
         */
        public Builder classLoader(ClassLoader value) {
            classLoader = Objects.requireNonNull(value, "classLoader");
            return this;
        }

        /** For tests: what this host is attached to. */
        Builder network(Supplier<LocalNetwork> value) {
            network = value;
            return this;
        }

        /**
         * Builds the object.
         *
         * @return a new Porthole
         * @throws IllegalStateException where there is no gateway finder at all
         */
        public Porthole build() {
            List<GatewayFinder> allFinders = new ArrayList<>(finders.isEmpty() ? load(GatewayFinder.class) : finders);
            if (allFinders.isEmpty()) {
                throw new IllegalStateException("no gateway finder: add porthole-upnp to the class path or module path,"
                        + " or give the builder a finder");
            }
            allFinders.sort(Comparator.comparing(GatewayFinder::protocol));
            return new Porthole(new Settings(
                    List.copyOf(allFinders),
                    verifiers.isEmpty() ? load(ReachabilityVerifier.class) : List.copyOf(verifiers),
                    List.copyOf(observers),
                    verify,
                    attemptsAtOnce,
                    Optional.ofNullable(vantage),
                    new Events(listeners),
                    ledger,
                    new Memory(ledger),
                    new RouterTurns(),
                    timeout,
                    lease,
                    source,
                    avoid,
                    routedLans,
                    scope,
                    network,
                    new Relays(Optional.ofNullable(relay))));
        }

        /** One broken provider does not disable the rest. */
        private <T> List<T> load(Class<T> type) {
            List<T> found = new ArrayList<>();
            var services = ServiceLoader.load(type, classLoader).stream().iterator();
            while (true) {
                try {
                    if (!services.hasNext()) {
                        return found;
                    }
                    found.add(services.next().get());
                } catch (ServiceConfigurationError e) {
                    LOG.warn("an implementation of {} cannot be used: {}", type.getSimpleName(), e.getMessage());
                }
            }
        }
    }
}
