package dev.porthole.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.mapping.IpLiteral;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalNetworkTest {
    private static final String HEADING =
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";

    @Test
    void the_default_route_of_the_lowest_metric_wins() {
        assertThat(LocalNetwork.parseRoutes(List.of(
                        HEADING,
                        "wlan0\t00000000\t0100A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0",
                        "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0",
                        "eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0")))
                .map(InetAddress::getHostAddress)
                .contains("192.168.1.1");
    }

    @Test
    void no_default_route_and_nonsense_give_none() {
        assertThat(LocalNetwork.parseRoutes(List.of())).isEmpty();
        assertThat(LocalNetwork.parseRoutes(List.of(HEADING))).isEmpty();
        assertThat(LocalNetwork.parseRoutes(
                        List.of(HEADING, "tun0\t00000000\t00000000\t1\t0\t0\t0\t00000000\t0\t0\t0")))
                .isEmpty();
        assertThat(LocalNetwork.parseRoutes(
                        List.of(HEADING, "eth0\t00000000\tzzzz\t1\t0\t0\t0\t00000000\t0\t0\t0", "x")))
                .isEmpty();
    }

    @Test
    void prefixes_are_compared_bit_by_bit() throws Exception {
        InetAddress mine = IpLiteral.parse("192.168.1.100").orElseThrow();
        NetworkInterface lo = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        LocalNetwork.Attachment lan = new LocalNetwork.Attachment(lo, mine, 26);
        assertThat(lan.contains(IpLiteral.parse("192.168.1.64").orElseThrow())).isTrue();
        assertThat(lan.contains(IpLiteral.parse("192.168.1.128").orElseThrow())).isFalse();
        assertThat(lan.contains(IpLiteral.parse("fe80::1").orElseThrow())).isFalse();
    }

    @Test
    void this_host_is_attached_to_its_loopback() {
        assertThat(LocalNetwork.current()
                        .attachedTo(IpLiteral.parse("127.0.0.1").orElseThrow()))
                .isTrue();
    }
}
