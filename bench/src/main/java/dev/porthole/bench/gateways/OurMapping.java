package dev.porthole.bench.gateways;

import dev.porthole.Deadline;
import dev.porthole.bench.turns.Home;
import dev.porthole.bench.upnp.Wish;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMappingProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One mapping by Porthole's provider: by PCP for the camera, by NAT-PMP for this host. */
final class OurMapping implements Deed {
    private static final int EXTERNAL_PORT = 21_554;
    private static final int INTERNAL_PORT = 554;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final MappingProtocol protocol;
    private final Wish wish;
    private final RouterTable table = new RouterTable();
    private @Nullable PortMappingProvider provider;

    OurMapping(MappingProtocol protocol) {
        this.protocol = protocol;
        this.wish = wish(protocol == MappingProtocol.PCP ? camera() : host());
    }

    static Wish wish(String client) {
        return new Wish(EXTERNAL_PORT, client, INTERNAL_PORT);
    }

    static String camera() {
        return Home.variable("PORTHOLE_LAB_CAMERA");
    }

    static String host() {
        return Home.variable("PORTHOLE_LAB_HOST");
    }

    static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    @Override
    public void before() throws Exception {
        if (provider == null) {
            provider = OurSearch.find(protocol);
        }
    }

    @Override
    public void run() throws Exception {
        if (provider == null) {
            throw new IllegalStateException("nothing was looked for");
        }
        MappingRequest request = MappingRequest.to(
                        new InternalEndpoint(address(wish.internalClient()), wish.internalPort()), wish.externalPort())
                .description(Wish.DESCRIPTION)
                .lease(Duration.ofSeconds(Wish.LEASE))
                .build();
        MappingOutcome outcome = provider.map(request, Deadline.after(TIMEOUT));
        if (!(outcome instanceof MappingOutcome.Mapped)) {
            throw new IOException(outcome.toString());
        }
    }

    @Override
    public void after() throws IOException {
        table.checkAndRemove(wish);
    }
}
