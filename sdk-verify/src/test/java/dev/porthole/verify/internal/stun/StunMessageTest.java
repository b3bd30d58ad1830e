package dev.porthole.verify.internal.stun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.verify.internal.stun.StunMessage.Attribute;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StunMessageTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String ID = "b7e7a701bc34d686fa87dfae";

    /** RFC 5769 section 2.2. */
    private static final String OVER_IPV4 = "0101003c2112a442" + ID
            + "8022000b7465737420766563746f7220"
            + "002000080001a147e112a643"
            + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
            + "80280004c07d4c96";

    /** RFC 5769 section 2.3. */
    private static final String OVER_IPV6 = "010100482112a442" + ID
            + "8022000b7465737420766563746f7220"
            + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
            + "00080014a382954e4be67bf11784c97c8292c275bfe3ed41"
            + "80280004c8fb0b4c";

    private static Optional<BindingAnswer> answer(String hex) {
        return StunMessage.decode(HEX.parseHex(hex)).flatMap(BindingAnswer::of);
    }

    private static BindingAnswer success(Attribute... attributes) {
        byte[] datagram = new StunMessage(StunMessage.BINDING_SUCCESS, ID, List.of(attributes)).encode();
        return StunMessage.decode(datagram).flatMap(BindingAnswer::of).orElseThrow();
    }

    private static Attribute attribute(int type, String hex) {
        return new Attribute(type, HEX.parseHex(hex));
    }

    private static BindingAnswer.Seen seen(String address) throws Exception {
        return new BindingAnswer.Seen(InetAddress.getByName(address));
    }

    @Test
    void theVectorsOfTheRfcAreRead() throws Exception {
        assertThat(answer(OVER_IPV4)).contains(seen("192.0.2.1"));
        assertThat(answer(OVER_IPV6)).contains(seen("2001:db8:1234:5678:11:2233:4455:6677"));
        assertThat(StunMessage.decode(HEX.parseHex(OVER_IPV4)).orElseThrow().transaction())
                .isEqualTo(ID);
    }

    @Test
    void aWrongFingerprintIsNoMessage() {
        assertThat(answer(OVER_IPV4.replace("a147", "a148"))).isEmpty();
        assertThat(answer(OVER_IPV4.substring(0, OVER_IPV4.length() - 2) + "97"))
                .isEmpty();
    }

    @Test
    void theXoredAddressGoesBeforeThePlainOne() throws Exception {
        Attribute xored = attribute(0x0020, "0001a147e112a643");
        Attribute plain = attribute(0x0001, "0001a147c6336401");
        assertThat(success(plain, xored)).isEqualTo(seen("192.0.2.1"));
        assertThat(success(plain)).isEqualTo(seen("198.51.100.1"));
    }

    @Test
    void anUnknownAttributeThatMustBeUnderstoodSpoilsTheAnswer() throws Exception {
        Attribute xored = attribute(0x0020, "0001a147e112a643");
        assertThat(success(attribute(0x7F01, ""), xored)).isInstanceOf(BindingAnswer.Unusable.class);
        assertThat(success(attribute(0xFF01, ""), xored)).isEqualTo(seen("192.0.2.1"));
        // SOURCE-ADDRESS and CHANGED-ADDRESS of RFC 3489, which old servers add.
        assertThat(success(attribute(0x0004, "00010d96c6336401"), attribute(0x0005, "00010d96c6336402"), xored))
                .isEqualTo(seen("192.0.2.1"));
    }

    @Test
    void noAddressAndImpossibleAddressesAreUnusable() {
        assertThat(success()).isInstanceOf(BindingAnswer.Unusable.class);
        for (String value :
                List.of("", "0001a1", "0001a147", "0003a147e112a643", "0002a147e112a643", "0001a147e112a64300000000")) {
            assertThat(success(attribute(0x0020, value))).as(value).isInstanceOf(BindingAnswer.Unusable.class);
        }
        assertThat(success(attribute(0x0001, "0001a14700000000"))).isInstanceOf(BindingAnswer.Unusable.class);
        assertThat(success(attribute(0x0001, "0001a147e0000001"))).isInstanceOf(BindingAnswer.Unusable.class);
    }

    @Test
    void anErrorTellsItsCode() {
        byte[] datagram =
                new StunMessage(StunMessage.BINDING_ERROR, ID, List.of(attribute(0x0009, "00000401"))).encode();
        assertThat(StunMessage.decode(datagram).flatMap(BindingAnswer::of)).contains(new BindingAnswer.Refused(401));
    }
}
