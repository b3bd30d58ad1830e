package dev.porthole.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.mapping.IpLiteral;
import java.net.InetAddress;
import java.net.NetworkInterface;
import org.junit.jupiter.api.Test;

class LocalNetworkTest {
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
