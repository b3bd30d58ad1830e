package dev.porthole.verify.internal.stun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.verify.internal.stun.StunMessage.Attribute;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class StunProperties {
    @Property
    void noDatagramBreaksTheDecoder(@ForAll @Size(max = 2100) byte[] datagram) {
        StunMessage.decode(datagram).flatMap(BindingAnswer::of);
    }

    /** Random bytes rarely have a header; these always do. */
    @Property
    void noAttributesBreakTheDecoder(@ForAll @Size(max = 200) byte[] attributes, @ForAll boolean error) {
        byte[] whole = new byte[attributes.length & ~3];
        System.arraycopy(attributes, 0, whole, 0, whole.length);
        ByteBuffer datagram = ByteBuffer.allocate(StunMessage.HEADER + whole.length);
        datagram.putShort((short) (error ? StunMessage.BINDING_ERROR : StunMessage.BINDING_SUCCESS));
        datagram.putShort((short) whole.length)
                .putInt(0x2112_A442)
                .put(new byte[12])
                .put(whole);
        StunMessage.decode(datagram.array()).flatMap(BindingAnswer::of);
    }

    @Property
    void whatIsEncodedIsDecoded(@ForAll("messages") StunMessage message) {
        byte[] once = message.encode();
        StunMessage decoded = StunMessage.decode(once).orElseThrow();
        assertThat(decoded.transaction()).isEqualTo(message.transaction());
        assertThat(decoded.attributes()).hasSameSizeAs(message.attributes());
        assertThat(decoded.encode()).isEqualTo(once);
    }

    @Property
    void aCutMessageIsNone(@ForAll("messages") StunMessage message, @ForAll double part) {
        byte[] whole = message.encode();
        int length = (int) (Math.abs(part % 1) * whole.length);
        byte[] cut = new byte[Math.min(length, whole.length - 1)];
        System.arraycopy(whole, 0, cut, 0, cut.length);
        assertThat(StunMessage.decode(cut)).isEmpty();
    }

    @Provide
    Arbitrary<StunMessage> messages() {
        Arbitrary<byte[]> values = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
        Arbitrary<Integer> types = Arbitraries.integers().between(0, 0xFFFF).filter(type -> type != 0x8028);
        Arbitrary<List<Attribute>> attributes =
                Combinators.combine(types, values).as(Attribute::new).list().ofMaxSize(6);
        Arbitrary<String> ids =
                Arbitraries.strings().withChars("0123456789abcdef").ofLength(24);
        return Combinators.combine(Arbitraries.integers().between(0, 0x3FFF), ids, attributes)
                .as(StunMessage::new);
    }
}
