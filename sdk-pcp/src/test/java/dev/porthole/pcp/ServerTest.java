package dev.porthole.pcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Deadline;
import dev.porthole.Secret;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import dev.porthole.testing.FakePcpServer;
import dev.porthole.testing.FakePcpServer.Trait;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** A server, and what tests do with it. */
abstract class ServerTest {
    static final InetAddress CAMERA = IpLiteral.parse("192.168.69.110").orElseThrow();
    static final InetAddress HERE = InetAddress.getLoopbackAddress();

    FakePcpServer server;

    FakePcpServer start(Trait... traits) {
        try {
            server = FakePcpServer.start(traits);
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        if (server != null) {
            assertThat(server.complaints()).isEmpty();
            server.close();
        }
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(5));
    }

    /** A scope with a key, as a ledger gives it. */
    SearchScope scope(String key) {
        return SearchScope.builder()
                .multicast(false)
                .gateways(List.of(server.address()))
                .installationKey(() -> Optional.of(Secret.of(key)))
                .build();
    }

    PortMappingProvider only(GatewayFinder finder) throws InterruptedException {
        List<PortMappingProvider> providers = finder.find(scope("key"), soon()).providers();
        assertThat(providers).hasSize(1);
        return providers.get(0);
    }

    static MappingRequest.Builder to(InetAddress internal, int externalPort) {
        return MappingRequest.to(new InternalEndpoint(internal, 554), externalPort)
                .lease(Duration.ofHours(1))
                .description("porthole:door:rtsp");
    }

    static PortMapping mapped(MappingOutcome outcome) {
        assertThat(outcome).isInstanceOf(Mapped.class);
        return ((Mapped) outcome).mapping();
    }

    static Refused refused(MappingOutcome outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        return (Refused) outcome;
    }
}
