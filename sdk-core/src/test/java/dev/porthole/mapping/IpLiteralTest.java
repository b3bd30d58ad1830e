package dev.porthole.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.10, 192.168.1.10",
        "' 10.0.0.1 ', 10.0.0.1",
        "::1, 0:0:0:0:0:0:0:1",
        "[fe80::1], fe80:0:0:0:0:0:0:1",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
        "::ffff:192.168.1.10, 192.168.1.10"
    })
    void reads_literals(String text, String address) {
        assertThat(IpLiteral.parse(text)).map(InetAddress::getHostAddress).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "router.local",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "192.168.001.010",
                "1.2.3.+4",
                "1.2.3.-4",
                "0x7f.0.0.1",
                "2130706433",
                "1.2.3.4:80",
                ":::",
                "g::1",
                "[::1",
                "1.2.3.4\u0661"
            })
    void refuses_names_and_all_that_readers_disagree_on(String text) {
        assertThat(IpLiteral.parse(text)).isEmpty();
    }

    @Test
    void bounds_its_work() {
        assertThat(IpLiteral.parse(":".repeat(1_000_000))).isEmpty();
        assertThat(IpLiteral.parse("1.".repeat(1_000_000))).isEmpty();
    }
}
