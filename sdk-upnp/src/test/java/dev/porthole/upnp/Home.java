package dev.porthole.upnp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Deadline;
import dev.porthole.mapping.GatewayFinder.Found;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.MappingTag;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import dev.porthole.testing.FakeGateway;
import dev.porthole.testing.GatewayOptions;
import dev.porthole.testing.Quirk;
import dev.porthole.testing.TableEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A gateway on loopback, a camera behind it, and the provider that was found for it. */
final class Home implements AutoCloseable {
    static final InetAddress CAMERA = IpLiteral.parse("192.168.1.20").orElseThrow();
    static final InternalEndpoint RTSP = new InternalEndpoint(CAMERA, 554);
    static final String TAG = MappingTag.of("front door", "rtsp");

    static final UpnpGatewayFinder FINDER =
            UpnpGatewayFinder.builder().window(Duration.ofMillis(1200)).build();

    final FakeGateway gateway;
    private final List<PortMappingProvider> providers = new ArrayList<>();

    Home(FakeGateway gateway) {
        this.gateway = gateway;
    }

    static Home with(Quirk... quirks) throws IOException {
        GatewayOptions options = FakeGateway.options();
        for (Quirk quirk : quirks) {
            options.quirks(quirk);
        }
        return of(options);
    }

    static Home of(GatewayOptions options) throws IOException {
        return new Home(options.start());
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(10));
    }

    static SearchScope.Builder scope(InetSocketAddress... gateways) {
        return SearchScope.builder().multicast(false).gateways(List.of(gateways));
    }

    Found search() throws InterruptedException {
        Found found = FINDER.find(scope(gateway.ssdpAddress()).build(), soon());
        providers.addAll(found.providers());
        return found;
    }

    PortMappingProvider provider() throws InterruptedException {
        if (providers.isEmpty()) {
            Found found = search();
            assertThat(found.providers()).as("%s", found.findings()).hasSize(1);
        }
        return providers.get(0);
    }

    static MappingRequest.Builder request(int externalPort) {
        return MappingRequest.to(RTSP, externalPort).description(TAG).lease(Duration.ofHours(1));
    }

    MappingOutcome map(int externalPort) throws InterruptedException {
        return map(request(externalPort).build());
    }

    MappingOutcome map(MappingRequest request) throws InterruptedException {
        return provider().map(request, soon());
    }

    PortMapping mapped(int externalPort) throws InterruptedException {
        return mapped(request(externalPort).build());
    }

    PortMapping mapped(MappingRequest request) throws InterruptedException {
        MappingOutcome outcome = map(request);
        assertThat(outcome).isInstanceOf(Mapped.class);
        return ((Mapped) outcome).mapping();
    }

    Refused refused(int externalPort) throws InterruptedException {
        return refused(request(externalPort).build());
    }

    Refused refused(MappingRequest request) throws InterruptedException {
        MappingOutcome outcome = map(request);
        assertThat(outcome).isInstanceOf(Refused.class);
        return (Refused) outcome;
    }

    int adds() {
        return gateway.count("AddPortMapping");
    }

    static TableEntry foreign(int externalPort) {
        return TableEntry.tcp(externalPort, "192.168.1.99", 80, "someone else");
    }

    @Override
    public void close() {
        providers.forEach(PortMappingProvider::close);
        gateway.close();
    }
}
