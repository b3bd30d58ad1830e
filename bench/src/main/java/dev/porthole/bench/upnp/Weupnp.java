package dev.porthole.bench.upnp;

import java.io.IOException;
import java.util.Objects;
import org.bitlet.weupnp.GatewayDevice;
import org.bitlet.weupnp.GatewayDiscover;
import org.bitlet.weupnp.PortMappingEntry;
import org.jspecify.annotations.Nullable;

/** weupnp, used as its own documentation shows it. Its leases are always permanent. */
final class Weupnp implements Contestant {
    private @Nullable GatewayDevice gateway;

    @Override
    public void forget() {
        gateway = null;
    }

    @Override
    public void discover() throws Exception {
        GatewayDiscover search = new GatewayDiscover();
        search.discover();
        // This asks each gateway found for its connection's status.
        gateway = search.getValidGateway();
        gateway();
    }

    private GatewayDevice gateway() {
        return Objects.requireNonNull(gateway, "no gateway found");
    }

    @Override
    public String externalAddress() throws Exception {
        return gateway().getExternalIPAddress();
    }

    @Override
    public void add(Wish wish) throws Exception {
        if (!gateway()
                .addPortMapping(
                        wish.externalPort(), wish.internalPort(), wish.internalClient(), "TCP", Wish.DESCRIPTION)) {
            throw new IOException("refused");
        }
    }

    @Override
    public void addAndReadBack(Wish wish) throws Exception {
        add(wish);
        PortMappingEntry entry = new PortMappingEntry();
        if (!gateway().getSpecificPortMappingEntry(wish.externalPort(), "TCP", entry)
                || entry.getInternalPort() != wish.internalPort()
                || !entry.getInternalClient().equals(wish.internalClient())) {
            throw new IOException("not there when read back");
        }
    }

    @Override
    public int list() throws Exception {
        int index = 0;
        while (gateway().getGenericPortMappingEntry(index, new PortMappingEntry())) {
            index++;
        }
        return index;
    }
}
