package dev.porthole.pcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.mapping.TransportProtocol;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes laid out by hand after the figures of RFC 6886 sections 3.2 and 3.3. */
class NatPmpWireTest {
    private static final String ADDRESS = "0080000000000007cb007107";
    private static final String MAPPED = "0082000000000007022a216a00000e10";

    private static NatPmpReply parse(String hex) throws MalformedReplyException {
        return NatPmpReply.parse(HexFormat.of().parseHex(hex));
    }

    @Test
    void requests_are_as_the_rfc_draws_them() {
        assertThat(NatPmp.addressRequest()).containsExactly(0, 0);
        assertThat(HexFormat.of().formatHex(NatPmp.mapRequest(TransportProtocol.TCP, 554, 8554, 3600)))
                .isEqualTo("00020000022a216a00000e10");
        assertThat(NatPmp.mapRequest(TransportProtocol.UDP, 1, 2, 3)[1]).isEqualTo((byte) 1);
    }

    @Test
    void the_external_address_is_read() throws Exception {
        NatPmpReply reply = parse(ADDRESS);
        assertThat(reply.aboutAddress()).isTrue();
        assertThat(reply.epoch()).isEqualTo(7);
        assertThat(reply.external()).contains(PcpWireTest.ip("203.0.113.7"));
    }

    @Test
    void a_mapping_is_read_with_its_port_in_full() throws Exception {
        NatPmpReply reply = parse(MAPPED);
        assertThat(reply.map()).contains(new NatPmpReply.Mapped(554, 8554, 3600));
        assertThat(reply.repliesTo(TransportProtocol.TCP, 554)).isTrue();
        assertThat(reply.repliesTo(TransportProtocol.UDP, 554)).isFalse();
        assertThat(reply.repliesTo(TransportProtocol.TCP, 555)).isFalse();
    }

    @Test
    void a_refusal_may_be_short_and_names_nothing() throws Exception {
        NatPmpReply reply = parse("0082000200000007");
        assertThat(reply.result()).contains(NatPmpResult.NOT_AUTHORIZED);
        assertThat(reply.map()).isEmpty();
        assertThat(parse("008000030000000700000000").external()).isEmpty();
        assertThat(parse("008200ff00000007").result()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00800000",
                "00800000000007",
                "0080000000000007",
                "0080000000000007cb0071",
                "0082000000000007022a216a00000e",
                "0282000000000007022a216a00000e10",
                "0002000000000007022a216a00000e10"
            })
    void what_is_cut_off_of_another_version_or_a_request_is_refused(String hex) {
        assertThatThrownBy(() -> parse(hex)).isInstanceOf(MalformedReplyException.class);
    }

    @Test
    void what_is_much_too_long_is_refused() {
        assertThatThrownBy(() -> NatPmpReply.parse(new byte[1100])).isInstanceOf(MalformedReplyException.class);
    }
}
