package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.RememberedGateway;
import dev.porthole.mapping.ReservedPort;
import dev.porthole.mapping.SearchScope;
import dev.porthole.mapping.TransportProtocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A gateway without a network, for tests of the flow: refuses, fails and forgets as told. */
final class InMemoryGateway implements PortMappingProvider, GatewayFinder {
    /** What happens instead of a mapping at the n-th call of map. */
    interface Fault {
        MappingOutcome happen(InMemoryGateway gateway, MappingRequest request) throws InterruptedException;
    }

    final List<PortMapping> table;
    final Map<Integer, Fault> faults = new HashMap<>();
    final Set<Integer> sameOnly = new HashSet<>();
    ExternalAddress external = ExternalAddress.reported("203.0.113.7");
    Capabilities capabilities = Capabilities.builder().build();
    /** Secure mode: the only host for which it maps. */
    Optional<InetAddress> onlyFor = Optional.empty();

    String lanAddress = "192.168.1.1";
    boolean listable = true;
    boolean releasable = true;
    boolean translates = true;
    int stuckPort;
    int mapCalls;
    int commits;
    boolean committable = true;
    Runnable whenCommitting = () -> {};
    /** What the last commit made last. */
    final List<PortMapping> committed = new ArrayList<>();

    int searches;
    List<Finding> searchFindings = List.of();
    boolean present = true;
    MappingProtocol protocol = MappingProtocol.UPNP;
    boolean closed;
    int closings;
    /** A search ends when this is open; at once unless set. */
    CountDownLatch answers = new CountDownLatch(0);
    /** Told when a search has ended, or was interrupted. */
    volatile CountDownLatch answered = new CountDownLatch(1);
    /** Told when it is asked for a mapping. */
    final CountDownLatch asked = new CountDownLatch(1);

    /** Told when a search has begun. */
    final CountDownLatch searching = new CountDownLatch(1);

    volatile boolean interrupted;
    Runnable whenClosed = () -> {};
    Optional<String> memento = Optional.empty();
    int recalls;
    boolean recallable = true;
    private boolean recalled;

    InMemoryGateway() {
        this(new ArrayList<>());
    }

    /** Another protocol of a router. */
    InMemoryGateway(List<PortMapping> table) {
        this.table = table;
    }

    static MappingOutcome refused(Refusal reason) {
        return new MappingOutcome.Refused(reason, OptionalInt.of(718), "as told");
    }

    static NatTraversalException timeout() {
        return new NatTraversalException(FindingCode.TIMED_OUT, "router did not answer");
    }

    @Override
    public MappingProtocol protocol() {
        return protocol;
    }

    @Override
    public Found find(SearchScope scope, Deadline deadline) throws InterruptedException {
        searches++;
        recalled = false;
        searching.countDown();
        try {
            answers.await();
        } catch (InterruptedException e) {
            interrupted = true;
            throw e;
        } finally {
            answered.countDown();
        }
        return new Found(present ? List.of(this) : List.of(), searchFindings);
    }

    @Override
    public Optional<PortMappingProvider> recall(RememberedGateway gateway, SearchScope scope) {
        recalls++;
        recalled = true;
        return Optional.of(this);
    }

    @Override
    public Optional<String> memento() {
        return memento;
    }

    @Override
    public Gateway gateway() {
        return new Gateway(
                protocol == MappingProtocol.UPNP ? "uuid:1" : protocol.id() + ":" + lanAddress,
                protocol,
                IpLiteral.parse(lanAddress).orElseThrow(),
                "Test");
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ExternalAddress externalAddress(Deadline deadline) {
        if (external == null || (recalled && !recallable)) {
            throw timeout();
        }
        return external;
    }

    @Override
    public List<PortMapping> mappings(Deadline deadline) {
        if (!listable) {
            throw timeout();
        }
        return capabilities.listing() ? List.copyOf(table) : List.of();
    }

    @Override
    public Optional<PortMapping> mapping(TransportProtocol protocol, int externalPort, Deadline deadline) {
        return at(protocol, externalPort);
    }

    @Override
    public Set<ReservedPort> reservedPorts(Deadline deadline) {
        return Set.of();
    }

    @Override
    public MappingOutcome map(MappingRequest request, Deadline deadline) throws InterruptedException {
        asked.countDown();
        Fault fault = faults.get(++mapCalls);
        return fault != null ? fault.happen(this, request) : store(request, request.externalPort());
    }

    MappingOutcome store(MappingRequest request, int port) {
        String client = request.internal().address().getHostAddress();
        Optional<PortMapping> there = at(request.protocol(), port, client);
        boolean refreshes = there.filter(m -> m.leadsTo(request.internal()))
                .filter(m -> !capabilities.listing() || m.description().isEmpty())
                .isPresent();
        if (there.isPresent() && !there.get().ours() && !refreshes) {
            return refused(Refusal.CONFLICT);
        }
        boolean refreshed = there.filter(m -> m.leadsTo(request.internal())).isPresent() || !capabilities.listing();
        there.ifPresent(table::remove);
        Optional<Refusal> refusal = refusal(request, port);
        if (refusal.isPresent()) {
            // As a provider does whose gateway refuses after ours has made room.
            there.ifPresent(table::add);
            return refused(refusal.get());
        }
        PortMapping mapping = new PortMapping(
                request.protocol(),
                PortRange.of(port),
                client,
                request.internal().port(),
                "",
                request.description(),
                Optional.of(request.lease()),
                true);
        // As miniupnpd shows what PCP has mapped.
        table.add(capabilities.listing() ? mapping : mapping.describedAs("PCP MAP"));
        return new Mapped(mapping, refreshed ? Mapped.How.REFRESHED : Mapped.How.MADE);
    }

    private Optional<Refusal> refusal(MappingRequest request, int port) {
        if (onlyFor.filter(host -> !host.equals(request.internal().address())).isPresent()) {
            return Optional.of(Refusal.THIRD_PARTY);
        }
        return !translates && port != request.internal().port()
                ? Optional.of(Refusal.SAME_PORT_REQUIRED)
                : Optional.empty();
    }

    private Optional<PortMapping> at(TransportProtocol protocol, int port) {
        return table.stream()
                .filter(m -> m.protocol() == protocol && m.external().contains(port))
                .findFirst();
    }

    /** With IPv6 each client has all ports. */
    private Optional<PortMapping> at(TransportProtocol protocol, int port, String client) {
        return client.indexOf(':') < 0
                ? at(protocol, port)
                : table.stream()
                        .filter(m -> m.protocol() == protocol
                                && m.externalPort() == port
                                && m.internalClient().equals(client))
                        .findFirst();
    }

    @Override
    public MappingOutcome renew(PortMapping mapping, MappingRequest request, Deadline deadline) {
        return store(request, mapping.externalPort());
    }

    @Override
    public void release(PortMapping mapping, Deadline deadline) throws InterruptedException {
        if (!releasable || mapping.externalPort() == stuckPort) {
            throw timeout();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        at(mapping.protocol(), mapping.externalPort(), mapping.internalClient())
                .filter(m -> m.internalClient().equals(mapping.internalClient())
                        && (!capabilities.listing()
                                || m.description().isEmpty()
                                || m.description().equals(mapping.description())))
                .ifPresent(table::remove);
    }

    void awaitSearch() {
        try {
            searching.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A latch for the next search's end. */
    CountDownLatch answeredAgain() {
        answered = new CountDownLatch(1);
        return answered;
    }

    void foreign(int port, String description) {
        table.add(new PortMapping(
                TransportProtocol.TCP, PortRange.of(port), "192.168.1.66", 1, "", description, Optional.empty(), true));
    }

    @Override
    public void commit(Deadline deadline) {
        commits++;
        whenCommitting.run();
        if (!committable) {
            throw timeout();
        }
        committed.clear();
        committed.addAll(table);
    }

    /** Restarts as a router does that notes changes and applies them when told. */
    void restart() {
        table.clear();
        table.addAll(committed);
    }

    /** Drops the descriptions, as a table without a column for them does. */
    void forgetNames() {
        table.replaceAll(mapping -> mapping.describedAs(""));
    }

    @Override
    public void close() {
        closed = true;
        closings++;
        whenClosed.run();
    }
}
