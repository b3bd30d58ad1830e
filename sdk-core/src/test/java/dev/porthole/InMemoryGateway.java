package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.ReservedPort;
import dev.porthole.mapping.SearchScope;
import dev.porthole.mapping.TransportProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A gateway without a network, for tests of the flow: refuses, fails and forgets as told. */
final class InMemoryGateway implements PortMappingProvider, GatewayFinder {
    /** What happens instead of a mapping at the n-th call of map. */
    interface Fault {
        MappingOutcome happen(InMemoryGateway gateway, MappingRequest request) throws InterruptedException;
    }

    final List<PortMapping> table = new ArrayList<>();
    final Map<Integer, Fault> faults = new HashMap<>();
    final Set<Integer> sameOnly = new HashSet<>();
    ExternalAddress external = ExternalAddress.reported("203.0.113.7");
    Capabilities capabilities = Capabilities.builder().build();
    String lanAddress = "192.168.1.1";
    boolean listable = true;
    boolean releasable = true;
    boolean translates = true;
    int stuckPort;
    int mapCalls;
    int commits;
    boolean committable = true;
    /** What the last commit made last. */
    final List<PortMapping> committed = new ArrayList<>();

    int searches;
    List<Finding> searchFindings = List.of();
    boolean present = true;
    MappingProtocol protocol = MappingProtocol.UPNP;
    boolean closed;

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
    public Found find(SearchScope scope, Deadline deadline) {
        searches++;
        return new Found(present ? List.of(this) : List.of(), searchFindings);
    }

    @Override
    public Gateway gateway() {
        return new Gateway(
                protocol == MappingProtocol.UPNP ? "uuid:1" : protocol.id() + ":192.168.1.1",
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
        if (external == null) {
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
        Fault fault = faults.get(++mapCalls);
        return fault != null ? fault.happen(this, request) : store(request, request.externalPort());
    }

    MappingOutcome store(MappingRequest request, int port) {
        if (!translates && port != request.internal().port()) {
            return refused(Refusal.SAME_PORT_REQUIRED);
        }
        Optional<PortMapping> there = at(request.protocol(), port);
        if (there.isPresent() && !there.get().ours() && !there.get().leadsTo(request.internal())) {
            return refused(Refusal.CONFLICT);
        }
        there.ifPresent(table::remove);
        PortMapping mapping = new PortMapping(
                request.protocol(),
                PortRange.of(port),
                request.internal().address().getHostAddress(),
                request.internal().port(),
                "",
                request.description(),
                Optional.of(request.lease()),
                true);
        table.add(mapping);
        return new MappingOutcome.Mapped(mapping);
    }

    private Optional<PortMapping> at(TransportProtocol protocol, int port) {
        return table.stream()
                .filter(m -> m.protocol() == protocol && m.external().contains(port))
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
        at(mapping.protocol(), mapping.externalPort())
                .filter(m -> m.internalClient().equals(mapping.internalClient())
                        && (m.description().isEmpty() || m.description().equals(mapping.description())))
                .ifPresent(table::remove);
    }

    void foreign(int port, String description) {
        table.add(new PortMapping(
                TransportProtocol.TCP, PortRange.of(port), "192.168.1.66", 1, "", description, Optional.empty(), true));
    }

    @Override
    public void commit(Deadline deadline) {
        commits++;
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
    }
}
