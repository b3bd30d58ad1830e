package dev.porthole.bench.upnp;

import com.offbynull.portmapper.gateways.network.NetworkGateway;
import com.offbynull.portmapper.gateways.network.internalmessages.KillNetworkRequest;
import com.offbynull.portmapper.mapper.PortMapper;
import com.offbynull.portmapper.mapper.PortType;
import com.offbynull.portmapper.mappers.upnpigd.PortMapperUpnpIgdPortMapper;
import com.offbynull.portmapper.mappers.upnpigd.UpnpIgdPortMapper;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** offbynull's portmapper, its UPnP part alone. It maps to its own host, whatever is wished for, and cannot list. */
final class Offbynull implements Contestant {
    private final NetworkGateway network = NetworkGateway.create();
    private @Nullable PortMapper mapper;

    @Override
    public void forget() {
        mapper = null;
    }

    @Override
    public void discover() throws Exception {
        for (UpnpIgdPortMapper candidate : UpnpIgdPortMapper.identify(network.getBus())) {
            if (candidate instanceof PortMapperUpnpIgdPortMapper) {
                mapper = candidate;
                return;
            }
        }
        throw new IOException("no gateway found");
    }

    @Override
    public String externalAddress() {
        throw new UnsupportedOperationException("tells it only with a mapping");
    }

    @Override
    public void add(Wish wish) throws Exception {
        Objects.requireNonNull(mapper, "no gateway found")
                .mapPort(PortType.TCP, wish.internalPort(), wish.externalPort(), Wish.LEASE);
    }

    @Override
    public void addAndReadBack(Wish wish) throws Exception {
        add(wish);
    }

    @Override
    public int list() {
        throw new UnsupportedOperationException("cannot list");
    }

    @Override
    public void close() {
        network.getBus().send(new KillNetworkRequest());
    }
}
