package dev.porthole.pcp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Deadline;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.SearchScope;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Ipv6GatewayTest {
    private static final InetAddress ROUTER = address("192.168.1.1");
    private static final InetAddress ROUTER6 = address("fe80::1");
    private static final InetAddress CAMERA = address("192.168.1.10");
    private static final InetAddress CAMERA6 = address("2001:db8::10");

    private final GatewaySearch pcp = search(GatewayStates.pcp(), null);

    private static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    private static GatewaySearch search(GatewayStates pcp, GatewayStates natPmp) {
        return new GatewaySearch(
                pcp,
                natPmp,
                5351,
                Duration.ZERO,
                () -> new LocalNetwork(List.of(), Optional.of(ROUTER), Optional.of(ROUTER6)));
    }

    private static List<InetAddress> asked(GatewaySearch search, boolean firstUsable, InetAddress... cameras) {
        return search
                .servers(SearchScope.builder()
                        .firstUsable(firstUsable)
                        .cameras(List.of(cameras))
                        .build())
                .stream()
                .map(InetSocketAddress::getAddress)
                .toList();
    }

    @Test
    void the_gateways_of_those_families_are_asked_that_the_cameras_have() {
        assertThat(asked(pcp, true, CAMERA)).containsExactly(ROUTER);
        assertThat(asked(pcp, true, CAMERA6)).containsExactly(ROUTER6);
        assertThat(asked(pcp, true, CAMERA6, CAMERA)).containsExactly(ROUTER, ROUTER6);
    }

    @Test
    void without_a_camera_ipv6_is_asked_for_only_where_every_answer_is_waited_for() {
        assertThat(asked(pcp, true)).containsExactly(ROUTER);
        assertThat(asked(pcp, false)).containsExactly(ROUTER, ROUTER6);
    }

    @Test
    void natpmp_is_about_ipv4_alone() {
        GatewaySearch natPmp = search(null, GatewayStates.natPmp());
        assertThat(asked(natPmp, false)).containsExactly(ROUTER);
        assertThat(asked(natPmp, true, CAMERA6)).isEmpty();
    }

    @Test
    void with_cameras_of_both_families_one_answer_is_not_enough() {
        SearchScope.Builder scope = SearchScope.builder();
        assertThat(pcp.firstEnough(scope.cameras(List.of(CAMERA6)).build())).isTrue();
        assertThat(pcp.firstEnough(scope.cameras(List.of(CAMERA6, CAMERA)).build()))
                .isFalse();
    }

    @Test
    void a_gateway_that_is_asked_by_ipv6_has_no_external_address_and_translates_nothing() throws InterruptedException {
        // A documentation address: nothing may be sent there.
        InetSocketAddress server = new InetSocketAddress(CAMERA6, 5351);
        PcpProvider provider =
                new PcpProvider(server, GatewayStates.pcp().of(server), new Nonces(Optional::empty, () -> "key"));
        assertThat(provider.externalAddress(Deadline.after(Duration.ofSeconds(5))))
                .isEqualTo(ExternalAddress.UNKNOWN);
        assertThat(provider.capabilities().translation()).isFalse();
    }
}
