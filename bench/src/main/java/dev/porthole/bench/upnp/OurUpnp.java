package dev.porthole.bench.upnp;

import dev.porthole.Deadline;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import dev.porthole.upnp.UpnpGatewayFinder;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Porthole's own provider, as the facade uses it. It always reads back what it maps. */
final class OurUpnp implements Contestant {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final GatewayFinder finder = new UpnpGatewayFinder();
    private @Nullable PortMappingProvider provider;

    @Override
    public void forget() {
        if (provider != null) {
            provider.close();
        }
        provider = null;
    }

    @Override
    public void discover() throws Exception {
        List<PortMappingProvider> found =
                finder.find(SearchScope.builder().build(), deadline()).providers();
        if (found.isEmpty()) {
            throw new IOException("no gateway found");
        }
        found.subList(1, found.size()).forEach(PortMappingProvider::close);
        provider = found.get(0);
    }

    private PortMappingProvider provider() {
        return Objects.requireNonNull(provider, "no gateway found");
    }

    @Override
    public String externalAddress() throws Exception {
        return provider().externalAddress(deadline()).reported();
    }

    @Override
    public void add(Wish wish) throws Exception {
        InetAddress client = IpLiteral.parse(wish.internalClient()).orElseThrow();
        MappingRequest request = MappingRequest.to(
                        new InternalEndpoint(client, wish.internalPort()), wish.externalPort())
                .description(Wish.DESCRIPTION)
                .lease(Duration.ofSeconds(Wish.LEASE))
                .build();
        MappingOutcome outcome = provider().map(request, deadline());
        if (!(outcome instanceof MappingOutcome.Mapped)) {
            throw new IOException(outcome.toString());
        }
    }

    @Override
    public void addAndReadBack(Wish wish) throws Exception {
        add(wish);
    }

    @Override
    public int list() throws Exception {
        return provider().mappings(deadline()).size();
    }

    private static Deadline deadline() {
        return Deadline.after(TIMEOUT);
    }

    @Override
    public void close() {
        forget();
    }
}
