package dev.porthole.bench.gateways;

import com.offbynull.portmapper.gateways.network.NetworkGateway;
import com.offbynull.portmapper.gateways.network.internalmessages.KillNetworkRequest;
import com.offbynull.portmapper.gateways.process.ProcessGateway;
import com.offbynull.portmapper.gateways.process.internalmessages.KillProcessRequest;
import com.offbynull.portmapper.mapper.PortMapper;
import com.offbynull.portmapper.mapper.PortType;
import com.offbynull.portmapper.mappers.natpmp.NatPmpPortMapper;
import com.offbynull.portmapper.mappers.pcp.PcpPortMapper;
import dev.porthole.bench.upnp.Wish;
import dev.porthole.mapping.MappingProtocol;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** offbynull's portmapper by PCP or NAT-PMP: it looks for a gateway, or maps to its own host. */
final class Offbynull implements Deed {
    private final NetworkGateway network = NetworkGateway.create();
    private final ProcessGateway processes = ProcessGateway.create();
    private final MappingProtocol protocol;
    private final boolean mapping;
    private final Wish wish = OurMapping.wish(OurMapping.host());
    private final RouterTable table = new RouterTable();
    private @Nullable PortMapper mapper;

    private Offbynull(MappingProtocol protocol, boolean mapping) {
        this.protocol = protocol;
        this.mapping = mapping;
    }

    static Offbynull search(MappingProtocol protocol) {
        return new Offbynull(protocol, false);
    }

    static Offbynull mapping(MappingProtocol protocol) {
        return new Offbynull(protocol, true);
    }

    @Override
    public void before() throws Exception {
        if (mapping && mapper == null) {
            mapper = find();
        }
    }

    @Override
    public void run() throws Exception {
        if (mapping) {
            Objects.requireNonNull(mapper, "nothing was looked for")
                    .mapPort(PortType.TCP, wish.internalPort(), wish.externalPort(), Wish.LEASE);
        } else {
            find();
        }
    }

    private PortMapper find() throws IOException, InterruptedException {
        List<? extends PortMapper> found = protocol == MappingProtocol.PCP
                ? PcpPortMapper.identify(network.getBus(), processes.getBus())
                : NatPmpPortMapper.identify(network.getBus(), processes.getBus());
        if (found.isEmpty()) {
            throw new IOException("no gateway found");
        }
        return found.get(0);
    }

    @Override
    public void after() throws IOException {
        if (mapping) {
            table.checkAndRemove(wish);
        }
    }

    @Override
    public void close() {
        network.getBus().send(new KillNetworkRequest());
        processes.getBus().send(new KillProcessRequest());
    }
}
