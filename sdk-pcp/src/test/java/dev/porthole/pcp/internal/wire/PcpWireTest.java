package dev.porthole.pcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.SourcePolicy;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.pcp.internal.wire.MapRequest.Filter;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes laid out by hand after the figures of RFC 6887: 3 and 7 (headers), 9 and 10 (MAP), 13 to 15 (options). */
class PcpWireTest {
    private static final String HOST = "00000000000000000000ffffc0a8010a";
    private static final String CAMERA = "00000000000000000000ffffc0a8016e";
    private static final String ANY = "00000000000000000000ffff00000000";
    private static final String NONCE = "0102030405060708090a0b0c";
    /** Granted: TCP 554 at 203.0.113.7:8554 for an hour, epoch 7. */
    private static final String GRANTED = "02810000" + "00000e10" + "00000007" + "0".repeat(24) + NONCE + "06000000"
            + "022a216a" + "00000000000000000000ffffcb007107";

    private static final InetAddress LOCAL = ip("192.168.1.10");

    static InetAddress ip(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static MapRequest request(Optional<InetAddress> thirdParty, boolean preferFailure, Filter filter) {
        return new MapRequest(
                3600,
                LOCAL,
                Nonce.of(bytes(NONCE)),
                TransportProtocol.TCP,
                554,
                8554,
                Optional.empty(),
                thirdParty,
                preferFailure,
                filter);
    }

    @Test
    void an_announcement_is_asked_for_by_a_header_alone() {
        assertThat(Pcp.announce(LOCAL)).isEqualTo(bytes("02000000" + "00000000" + HOST));
    }

    @Test
    void a_map_request_for_this_host_has_no_options() {
        assertThat(request(Optional.empty(), false, Filter.NONE).encode())
                .isEqualTo(bytes("02010000" + "00000e10" + HOST + NONCE + "06000000" + "022a216a" + ANY));
    }

    @Test
    void options_follow_in_order_and_former_filters_are_cleared_first() {
        SourcePolicy source = SourcePolicy.only("198.51.100.0/24", "203.0.113.9/32");
        byte[] encoded = request(Optional.of(ip("192.168.1.110")), true, Filter.only(source.blocks()))
                .encode();
        assertThat(HexFormat.of().formatHex(encoded, 60, encoded.length))
                .isEqualTo("01000010" + CAMERA
                        + "02000000"
                        + "03000014" + "00000000" + ANY
                        + "03000014" + "00780000" + "00000000000000000000ffffc6336400"
                        + "03000014" + "00800000" + "00000000000000000000ffffcb007109");
    }

    @Test
    void an_ipv6_camera_is_asked_for_with_ipv6_zeros_and_plain_prefixes() {
        SourcePolicy source = SourcePolicy.only("2001:db8::/32");
        byte[] encoded = request(Optional.of(ip("2001:db8::5")), false, Filter.only(source.blocks()))
                .encode();
        assertThat(HexFormat.of().formatHex(encoded, 44, 60)).isEqualTo("0".repeat(32));
        assertThat(encoded[encoded.length - 19]).isEqualTo((byte) 32);
    }

    @Test
    void the_longest_request_fits_a_message_and_a_longer_one_is_not_made() {
        List<SourcePolicy.Cidr> blocks =
                java.util.Collections.nCopies(MapRequest.MOST_FILTERS, SourcePolicy.Cidr.parse("198.51.100.0/24"));
        assertThat(request(Optional.of(LOCAL), true, Filter.only(blocks)).encode())
                .hasSizeLessThanOrEqualTo(Pcp.MAX_BYTES);
        List<SourcePolicy.Cidr> more = new java.util.ArrayList<>(blocks);
        more.add(blocks.get(0));
        assertThatThrownBy(() -> Filter.only(more)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_granted_mapping_is_read() throws Exception {
        PcpReply reply = PcpReply.parse(bytes(GRANTED));
        assertThat(reply.success()).isTrue();
        assertThat(reply.lifetime()).isEqualTo(3600);
        assertThat(reply.epoch()).isEqualTo(7);
        PcpReply.Mapped map = reply.map().orElseThrow();
        assertThat(map.externalPort()).isEqualTo(8554);
        assertThat(map.external()).isEqualTo(ip("203.0.113.7"));
        assertThat(map.repliesTo(request(Optional.empty(), false, Filter.NONE))).isTrue();
    }

    @Test
    void unsigned_numbers_stay_so() throws Exception {
        byte[] reply = bytes(GRANTED);
        Arrays.fill(reply, 4, 12, (byte) 0xFF);
        Arrays.fill(reply, 40, 44, (byte) 0xFF);
        PcpReply read = PcpReply.parse(reply);
        assertThat(List.of(read.lifetime(), read.epoch())).containsOnly(0xFFFF_FFFFL);
        assertThat(read.map().orElseThrow().externalPort()).isEqualTo(65535);
    }

    @Test
    void unknown_options_behind_a_reply_are_passed_over() throws Exception {
        assertThat(PcpReply.parse(bytes(GRANTED + "fe000004" + "deadbeef" + "7f00ffff"))
                        .success())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 35})
    void a_reply_to_another_request_is_not_taken_for_ours(int changed) throws Exception {
        byte[] reply = bytes(GRANTED);
        // In turn: the nonce, its end, the transport; the internal port below.
        reply[changed == 35 ? 36 : changed] ^= 1;
        assertThat(PcpReply.parse(reply).map().orElseThrow().repliesTo(request(Optional.empty(), false, Filter.NONE)))
                .isFalse();
        reply = bytes(GRANTED);
        reply[41] ^= 1;
        assertThat(PcpReply.parse(reply).map().orElseThrow().repliesTo(request(Optional.empty(), false, Filter.NONE)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 16, 23, 25, 27, 56, 59, 61, 1101, 1104, 2000})
    void wrong_lengths_are_refused(int length) {
        assertThatThrownBy(() -> PcpReply.parse(Arrays.copyOf(bytes(GRANTED), length)))
                .isInstanceOf(MalformedReplyException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 255", "0, 3", "0, 0", "1, 1"})
    void a_wrong_version_and_a_request_are_refused(int index, int value) {
        byte[] reply = bytes(GRANTED);
        reply[index] = (byte) value;
        assertThatThrownBy(() -> PcpReply.parse(reply)).isInstanceOf(MalformedReplyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00800001", "0080000100000007", "0081000100000007"})
    void natpmps_word_on_the_version_is_understood(String hex) {
        assertThatThrownBy(() -> PcpReply.parse(bytes(hex)))
                .isInstanceOfSatisfying(
                        UnsupportedVersionException.class,
                        e -> assertThat(e.isNatPmp()).isTrue());
    }

    @Test
    void a_server_of_another_version_of_pcp_is_not_taken_for_natpmp() {
        assertThatThrownBy(() -> PcpReply.parse(bytes("01800001" + "0".repeat(40))))
                .isInstanceOfSatisfying(
                        UnsupportedVersionException.class,
                        e -> assertThat(e.isNatPmp()).isFalse());
    }

    @Test
    void every_code_of_the_rfc_is_known_and_no_other() {
        assertThat(PcpResult.of(0)).contains(PcpResult.SUCCESS);
        assertThat(PcpResult.of(13)).contains(PcpResult.EXCESSIVE_REMOTE_PEERS);
        assertThat(PcpResult.of(14)).isEmpty();
        assertThat(PcpResult.of(255)).isEmpty();
    }

    @Test
    void a_nonce_is_not_shown() {
        assertThat(Nonce.of(bytes(NONCE))).hasToString("nonce ***");
    }
}
