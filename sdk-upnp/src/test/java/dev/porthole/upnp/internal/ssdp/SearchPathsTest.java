package dev.porthole.upnp.internal.ssdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.internal.LocalNetwork;
import dev.porthole.internal.LocalNetwork.Attachment;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.SearchScope;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SearchPathsTest {
    private static InetAddress ip(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    /** Only loopback exists everywhere; the attachments of a test pretend to be other ones. */
    private static Attachment at(String address, int prefix) throws Exception {
        return new Attachment(NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()), ip(address), prefix);
    }

    private static LocalNetwork network(String gateway, Attachment... attachments) {
        return new LocalNetwork(
                Arrays.asList(attachments),
                Optional.of(gateway).filter(g -> !g.isEmpty()).map(SearchPathsTest::ip));
    }

    @Test
    void theDefaultGatewayIsAskedFirstThenTheNamedOnes() throws Exception {
        SearchScope scope = SearchScope.builder()
                .gateways(List.of(
                        new InetSocketAddress(ip("10.0.0.1"), 0),
                        new InetSocketAddress(ip("192.168.1.1"), 1900),
                        new InetSocketAddress(ip("10.0.0.2"), 5555)))
                .build();
        SearchPaths paths = SearchPaths.of(scope, network("192.168.1.1", at("127.0.0.1", 8)), 1900);
        assertThat(paths.direct())
                .containsExactly(
                        new InetSocketAddress(ip("192.168.1.1"), 1900),
                        new InetSocketAddress(ip("10.0.0.1"), 1900),
                        new InetSocketAddress(ip("10.0.0.2"), 5555));
    }

    @Test
    void withoutMulticastOnlyTheNamedGatewaysAreAsked() throws Exception {
        SearchScope scope = SearchScope.builder()
                .multicast(false)
                .gateways(List.of(new InetSocketAddress(ip("10.0.0.1"), 0)))
                .build();
        SearchPaths paths = SearchPaths.of(scope, network("192.168.1.1", at("127.0.0.1", 8)), 1900);
        assertThat(paths.direct()).containsExactly(new InetSocketAddress(ip("10.0.0.1"), 1900));
        assertThat(paths.multicast()).isEmpty();
        assertThat(paths.defaultGateway()).isEmpty();
    }

    @Test
    void loopbackIsUsedWhereNothingElseIs() throws Exception {
        SearchPaths alone = SearchPaths.of(SearchScope.builder().build(), network("", at("127.0.0.1", 8)), 1900);
        assertThat(alone.multicast()).hasSize(1);
    }

    @Test
    void loopbackIsLeftOutWhereThereIsAnotherInterfaceUnlessItIsMeant() throws Exception {
        String name = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress())
                .getName();
        LocalNetwork two = network("", at("127.0.0.1", 8), at("192.168.1.5", 24));
        assertThat(SearchPaths.of(SearchScope.builder().build(), two, 1900).multicast())
                .noneMatch(a -> a.address().isLoopbackAddress());
        SearchScope camera =
                SearchScope.builder().cameras(List.of(ip("127.0.0.9"))).build();
        assertThat(SearchPaths.of(camera, two, 1900)
                        .multicast()
                        .get(0)
                        .address()
                        .isLoopbackAddress())
                .isTrue();
        SearchScope named = SearchScope.builder().interfaces(Set.of(name)).build();
        assertThat(SearchPaths.of(named, two, 1900).multicast())
                .anyMatch(a -> a.address().isLoopbackAddress());
    }

    @Test
    void theNetworkOfTheCamerasIsKnown() throws Exception {
        SearchScope scope =
                SearchScope.builder().cameras(List.of(ip("127.0.0.9"))).build();
        SearchPaths paths = SearchPaths.of(scope, network("", at("127.0.0.1", 8)), 1900);
        assertThat(paths.besideCamera(ip("127.0.0.1"))).isTrue();
        assertThat(paths.besideCamera(ip("192.168.1.1"))).isFalse();
    }
}
