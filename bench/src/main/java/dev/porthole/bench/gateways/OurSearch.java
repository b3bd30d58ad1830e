package dev.porthole.bench.gateways;

import dev.porthole.Deadline;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import dev.porthole.pcp.NatPmpGatewayFinder;
import dev.porthole.pcp.PcpGatewayFinder;
import dev.porthole.upnp.UpnpGatewayFinder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Porthole's search by one protocol, with a new finder each time. */
final class OurSearch implements Deed {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final MappingProtocol protocol;

    OurSearch(MappingProtocol protocol) {
        this.protocol = protocol;
    }

    @Override
    public void run() throws Exception {
        find(protocol).close();
    }

    static PortMappingProvider find(MappingProtocol protocol) throws IOException, InterruptedException {
        List<PortMappingProvider> found = finder(protocol)
                .find(SearchScope.builder().build(), Deadline.after(TIMEOUT))
                .providers();
        if (found.isEmpty()) {
            throw new IOException("no gateway found");
        }
        found.subList(1, found.size()).forEach(PortMappingProvider::close);
        return found.get(0);
    }

    private static GatewayFinder finder(MappingProtocol protocol) {
        return switch (protocol) {
            case PCP -> new PcpGatewayFinder();
            case NATPMP -> new NatPmpGatewayFinder();
            default -> new UpnpGatewayFinder();
        };
    }
}
