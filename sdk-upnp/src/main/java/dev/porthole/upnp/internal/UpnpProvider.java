package dev.porthole.upnp.internal;

import dev.porthole.Deadline;
import dev.porthole.http.internal.DeviceHttp;
import dev.porthole.http.internal.xml.SafeXml;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.Capabilities.SourceRestriction;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.RememberedGateway;
import dev.porthole.mapping.ReservedPort;
import dev.porthole.mapping.RouterTurns;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.upnp.internal.Uplink.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One gateway's WAN connection, by UPnP. Thread-safe; one operation at a time. */
public final class UpnpProvider implements PortMappingProvider {
    /** More refusals than this by one gateway tell nothing new. */
    private static final int MAX_RESERVED = 256;

    private final Gateway gateway;
    private final DeviceHttp http;
    private final RouterTurns turns;
    private final MappingTable table;
    private final LeaseRules leases;
    private final Releaser releaser;
    private final Uplink uplink;
    private final Mapper.Parts parts;
    private final Service service;
    private final Set<ReservedPort> reserved = ConcurrentHashMap.newKeySet();

    /** A gateway that was just found. */
    UpnpProvider(Candidate found, DeviceHttp http, SafeXml xml, RouterTurns turns) {
        this(found.gateway(), found.service(), Optional.of(found.state()), http, xml, turns);
    }

    private UpnpProvider(
            Gateway gateway, Service service, Optional<State> found, DeviceHttp http, SafeXml xml, RouterTurns turns) {
        this.gateway = gateway;
        this.service = service;
        this.http = http;
        this.turns = turns;
        SoapClient soap = new SoapClient(http, xml, turns, service.control(), service.type(), gateway::toString);
        WanConnection wan = new WanConnection(soap);
        this.table = new MappingTable(wan);
        this.leases = new LeaseRules(wan);
        this.releaser = new Releaser(wan, table);
        this.uplink = found.map(state -> new Uplink(wan, service.miniupnpd(), state))
                .orElseGet(() -> Uplink.recalled(wan, service.miniupnpd()));
        this.parts = new Mapper.Parts(
                wan,
                table,
                leases,
                new RefusalDiagnosis(wan, table, leases),
                releaser,
                new PutBack(wan.soap(), table, leases),
                new AddAny(wan, http, service.scpd()),
                new Identity(gateway, service, http, xml, turns, found.isPresent()),
                deadline -> uplink.ask(deadline).address());
    }

    /**
     * A gateway that was used before. Nothing is asked; that it is still the same is shown before anything is changed.
     *
     * @param remembered what was written down of it, and may have been changed since
     * @param turns shared with whoever else asks the router
     * @return empty where not all of it lies on the gateway itself
     */
    public static Optional<UpnpProvider> recall(RememberedGateway remembered, RouterTurns turns) {
        Gateway gateway = remembered.gateway();
        return Memento.read(remembered.memento(), gateway)
                .map(service ->
                        new UpnpProvider(gateway, service, Optional.empty(), new DeviceHttp(), new SafeXml(), turns));
    }

    /**
     * The WAN connection service that is used.
     *
     * @param type its type as described
     * @param description where the device describes itself
     * @param control where actions go
     * @param scpd where the list of actions is
     * @param miniupnpd whether the gateway runs miniupnpd
     */
    record Service(
            String type, DeviceUrl description, DeviceUrl control, Optional<DeviceUrl> scpd, boolean miniupnpd) {}

    @Override
    public Gateway gateway() {
        return gateway;
    }

    @Override
    public Optional<String> memento() {
        return Optional.of(Memento.write(service));
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.builder()
                .sourceRestriction(SourceRestriction.SINGLE_ADDRESS)
                .leases(leases.known())
                .listing(table.listable())
                .build();
    }

    @Override
    public ExternalAddress externalAddress(Deadline deadline) throws InterruptedException {
        return uplink.ask(deadline).address();
    }

    @Override
    public List<PortMapping> mappings(Deadline deadline) throws InterruptedException {
        ReentrantLock lock = turns.take(gateway.lanAddress(), deadline);
        try {
            return table.list(deadline);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<PortMapping> mapping(TransportProtocol protocol, int externalPort, Deadline deadline)
            throws InterruptedException {
        ReentrantLock lock = turns.take(gateway.lanAddress(), deadline);
        try {
            return table.look(protocol, externalPort, deadline).entry();
        } finally {
            lock.unlock();
        }
    }

    /** Those that the gateway refused to map with 729 so far: the protocol has no way to ask for them. */
    @Override
    public Set<ReservedPort> reservedPorts(Deadline deadline) {
        return Set.copyOf(reserved);
    }

    @Override
    public MappingOutcome map(MappingRequest request, Deadline deadline) throws InterruptedException {
        return map(request, Optional.empty(), deadline);
    }

    @Override
    public MappingOutcome renew(PortMapping mapping, MappingRequest request, Deadline deadline)
            throws InterruptedException {
        return map(request, Optional.of(mapping), deadline);
    }

    private MappingOutcome map(MappingRequest request, Optional<PortMapping> known, Deadline deadline)
            throws InterruptedException {
        ReentrantLock lock = turns.take(gateway.lanAddress(), deadline);
        try {
            MappingOutcome outcome = new Mapper(parts, request, known, deadline).map();
            if (outcome instanceof Refused refused
                    && refused.reason() == Refusal.ROUTER_SERVICE
                    && reserved.size() < MAX_RESERVED) {
                reserved.add(new ReservedPort(
                        request.protocol(), PortRange.of(request.externalPort()), "the router itself, as it says"));
            }
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void release(PortMapping mapping, Deadline deadline) throws InterruptedException {
        ReentrantLock lock = turns.take(gateway.lanAddress(), deadline);
        try {
            releaser.release(mapping, deadline);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
