package dev.porthole.pcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.SourcePolicy.Cidr;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.pcp.internal.wire.MapRequest.Filter;
import dev.porthole.testing.PcpCall;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What we write is read back by the reader of the fake server, which was written after the RFC on its own. */
class WireProperties {
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    @Property
    void a_request_says_what_was_meant(
            @ForAll("requests") MapRequest request, @ForAll("blocks") @Size(max = 40) List<Cidr> blocks) {
        MapRequest filtered = new MapRequest(
                request.lifetime(),
                request.client(),
                request.nonce(),
                request.protocol(),
                request.internalPort(),
                request.externalPort(),
                request.external(),
                request.thirdParty(),
                request.preferFailure(),
                blocks.isEmpty() ? Filter.NONE : Filter.only(blocks));
        byte[] bytes = filtered.encode();
        assertThat(bytes.length % 4).isZero();
        PcpCall read = PcpCall.parse(bytes);
        assertThat(read.lifetime()).isEqualTo(request.lifetime());
        assertThat(read.client()).contains(request.client());
        assertThat(read.nonce()).isEqualTo(hex(request.nonce()));
        assertThat(read.protocol()).isEqualTo(request.protocol() == TransportProtocol.TCP ? 6 : 17);
        assertThat(read.internalPort()).isEqualTo(request.internalPort());
        assertThat(read.externalPort()).isEqualTo(request.externalPort());
        assertThat(read.thirdParty()).isEqualTo(request.thirdParty());
        assertThat(read.preferFailure()).isEqualTo(request.preferFailure());
        assertThat(read.filters()).hasSize(blocks.isEmpty() ? 0 : blocks.size() + 1);
        for (int i = 0; i < blocks.size(); i++) {
            Cidr block = blocks.get(i);
            int prefix = block.address() instanceof Inet4Address ? 96 + block.prefix() : block.prefix();
            assertThat(read.filters().get(i + 1)).isEqualTo(block.address().getHostAddress() + "/" + prefix);
        }
    }

    @Property
    void a_natpmp_request_says_what_was_meant(
            @ForAll TransportProtocol protocol,
            @ForAll @IntRange(min = 1, max = 65535) int internalPort,
            @ForAll @IntRange(max = 65535) int externalPort,
            @ForAll @LongRange(max = UNSIGNED) long lifetime) {
        PcpCall read = PcpCall.parse(NatPmp.mapRequest(protocol, internalPort, externalPort, lifetime));
        assertThat(List.of((long) read.internalPort(), (long) read.externalPort(), read.lifetime()))
                .containsExactly((long) internalPort, (long) externalPort, lifetime);
        assertThat(read.protocol()).isEqualTo(protocol == TransportProtocol.TCP ? 6 : 17);
    }

    @Property
    void a_reply_is_read_as_it_was_laid_out(
            @ForAll @IntRange(min = 2, max = 255) int code,
            @ForAll @LongRange(max = UNSIGNED) long lifetime,
            @ForAll @LongRange(max = UNSIGNED) long epoch,
            @ForAll("nonces") Nonce nonce,
            @ForAll @IntRange(max = 65535) int externalPort)
            throws Exception {
        ByteBuffer out = ByteBuffer.allocate(60)
                .put((byte) 2)
                .put((byte) 0x81)
                .put((byte) 0)
                .put((byte) code)
                .putInt((int) lifetime)
                .putInt((int) epoch)
                .position(24);
        nonce.put(out);
        out.put((byte) 6).position(40).putShort((short) 554).putShort((short) externalPort);
        PcpReply reply = PcpReply.parse(out.array());
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.lifetime()).isEqualTo(lifetime);
        assertThat(reply.epoch()).isEqualTo(epoch);
        assertThat(reply.map().orElseThrow().nonce()).isEqualTo(nonce);
        assertThat(reply.map().orElseThrow().externalPort()).isEqualTo(externalPort);
    }

    @Property(tries = 5000)
    void arbitrary_bytes_are_a_reply_or_refused(@ForAll @Size(max = 1300) byte[] bytes) {
        both(bytes);
    }

    @Property(tries = 5000)
    void nearly_right_bytes_are_a_reply_or_refused(
            @ForAll @IntRange(max = 70) int length, @ForAll @IntRange(max = 70) int at, @ForAll byte value) {
        byte[] bytes = new byte[length];
        if (length > 1) {
            bytes[0] = 2;
            bytes[1] = (byte) 0x81;
        }
        if (at < length) {
            bytes[at] = value;
        }
        both(bytes);
    }

    /** Nothing else may be thrown. */
    private static void both(byte[] bytes) {
        byte[] before = bytes.clone();
        try {
            PcpReply.parse(bytes);
        } catch (MalformedReplyException | UnsupportedVersionException e) {
            assertThat(e.getMessage()).hasSizeLessThan(200);
        }
        try {
            NatPmpReply.parse(bytes);
        } catch (MalformedReplyException e) {
            assertThat(e.getMessage()).hasSizeLessThan(200);
        }
        assertThat(Arrays.equals(before, bytes)).isTrue();
    }

    private static String hex(Nonce nonce) {
        ByteBuffer out = ByteBuffer.allocate(Nonce.BYTES);
        nonce.put(out);
        return HexFormat.of().formatHex(out.array());
    }

    @Provide
    Arbitrary<Nonce> nonces() {
        return Combinators.combine(Arbitraries.integers(), Arbitraries.longs()).as(Nonce::new);
    }

    @Provide
    Arbitrary<InetAddress> addresses() {
        return Arbitraries.of(4, 16)
                .flatMap(size -> Arbitraries.bytes().array(byte[].class).ofSize(size))
                .map(WireProperties::address);
    }

    @Provide
    Arbitrary<List<Cidr>> blocks() {
        return addresses()
                .map(address -> new Cidr(address, address.getAddress().length * 8))
                .list();
    }

    @Provide
    Arbitrary<MapRequest> requests() {
        Arbitrary<Integer> ports = Arbitraries.integers().between(0, 65535);
        return Combinators.combine(
                        Arbitraries.longs().between(0, UNSIGNED),
                        addresses(),
                        nonces(),
                        Arbitraries.of(TransportProtocol.class),
                        ports,
                        ports,
                        addresses().optional(),
                        Arbitraries.of(true, false))
                .as((lifetime, client, nonce, protocol, internal, external, third, prefer) -> new MapRequest(
                        lifetime,
                        client,
                        nonce,
                        protocol,
                        internal,
                        external,
                        Optional.empty(),
                        third,
                        prefer,
                        Filter.NONE));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
