package dev.porthole.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request to a {@link FakePcpServer}, read strictly after RFC 6887 or RFC 6886.
 *
 * @param kind what is asked for
 * @param lifetime seconds; 0 for the end of a mapping
 * @param client PCP's client address; empty for NAT-PMP
 * @param nonce PCP's nonce in hexadecimal, empty where there is none
 * @param protocol the transport's number, 6 for TCP and 17 for UDP; 0 where there is none
 * @param internalPort the internal port
 * @param externalPort the external port suggested, 0 for any
 * @param thirdParty the internal client where it is not the caller
 * @param preferFailure whether that option was there
 * @param filters the FILTER options as {@code address/prefix length}, in order
 */
public record PcpCall(
        Kind kind,
        long lifetime,
        Optional<InetAddress> client,
        String nonce,
        int protocol,
        int internalPort,
        int externalPort,
        Optional<InetAddress> thirdParty,
        boolean preferFailure,
        List<String> filters) {
    /** What a request asks for. */
    public enum Kind {
        /** PCP, opcode 0. */
        ANNOUNCE,
        /** PCP, opcode 1. */
        MAP,
        /** NAT-PMP, opcode 0. */
        NATPMP_ADDRESS,
        /** NAT-PMP, opcodes 1 and 2. */
        NATPMP_MAP
    }

    /** Copies the list. */
    public PcpCall {
        filters = List.copyOf(filters);
    }

    /**
     * Reads a request.
     *
     * @param bytes a datagram
     * @return the request
     * @throws IllegalArgumentException where it does not keep to the RFC; the message says where
     */
    public static PcpCall parse(byte[] bytes) {
        check(bytes.length >= 2, "no header");
        return bytes[0] == 0 ? natPmp(ByteBuffer.wrap(bytes)) : pcp(ByteBuffer.wrap(bytes));
    }

    private static PcpCall natPmp(ByteBuffer in) {
        int opcode = in.get(1);
        if (opcode == 0) {
            check(in.limit() == 2, "2 bytes ask for the address");
            return new PcpCall(
                    Kind.NATPMP_ADDRESS, 0, Optional.empty(), "", 0, 0, 0, Optional.empty(), false, List.of());
        }
        check(opcode == 1 || opcode == 2, "opcode " + opcode);
        check(in.limit() == 12 && in.getShort(2) == 0, "12 bytes ask for a mapping, two of them zero");
        return new PcpCall(
                Kind.NATPMP_MAP,
                in.getInt(8) & 0xFFFF_FFFFL,
                Optional.empty(),
                "",
                opcode == 1 ? 17 : 6,
                in.getShort(4) & 0xFFFF,
                in.getShort(6) & 0xFFFF,
                Optional.empty(),
                false,
                List.of());
    }

    private static PcpCall pcp(ByteBuffer in) {
        check(in.get(0) == 2, "version " + in.get(0));
        check(in.limit() >= 24 && in.limit() <= 1100 && in.limit() % 4 == 0, "length " + in.limit());
        check(in.getShort(2) == 0, "reserved bits of the header");
        int opcode = in.get(1);
        long lifetime = in.getInt(4) & 0xFFFF_FFFFL;
        in.position(8);
        Optional<InetAddress> client = Optional.of(address(in));
        if (opcode == 0) {
            return new PcpCall(Kind.ANNOUNCE, lifetime, client, "", 0, 0, 0, Optional.empty(), false, List.of());
        }
        check(opcode == 1, "opcode " + opcode);
        check(in.remaining() >= 36, "MAP of " + in.limit());
        byte[] nonce = new byte[12];
        in.get(nonce);
        int protocol = in.get() & 0xFF;
        check(in.get() == 0 && in.getShort() == 0, "reserved bits of MAP");
        int internalPort = in.getShort() & 0xFFFF;
        int externalPort = in.getShort() & 0xFFFF;
        address(in);
        return withOptions(
                in,
                new PcpCall(
                        Kind.MAP,
                        lifetime,
                        client,
                        java.util.HexFormat.of().formatHex(nonce),
                        protocol,
                        internalPort,
                        externalPort,
                        Optional.empty(),
                        false,
                        List.of()));
    }

    private static PcpCall withOptions(ByteBuffer in, PcpCall call) {
        Optional<InetAddress> thirdParty = Optional.empty();
        boolean preferFailure = false;
        List<String> filters = new ArrayList<>();
        while (in.hasRemaining()) {
            int code = in.get() & 0xFF;
            check(in.get() == 0, "reserved bits of option " + code);
            int length = in.getShort();
            check(in.remaining() >= length, "option " + code + " is cut off");
            switch (code) {
                case 1 -> {
                    check(length == 16 && thirdParty.isEmpty(), "THIRD_PARTY");
                    thirdParty = Optional.of(address(in));
                }
                case 2 -> {
                    check(length == 0 && !preferFailure, "PREFER_FAILURE");
                    preferFailure = true;
                }
                case 3 -> {
                    check(length == 20 && in.get() == 0, "FILTER");
                    int prefix = in.get() & 0xFF;
                    check(in.getShort() == 0, "a filter on a port");
                    filters.add(address(in).getHostAddress() + "/" + prefix);
                }
                default -> throw new IllegalArgumentException("option " + code);
            }
        }
        return new PcpCall(
                call.kind,
                call.lifetime,
                call.client,
                call.nonce,
                call.protocol,
                call.internalPort,
                call.externalPort,
                thirdParty,
                preferFailure,
                filters);
    }

    private static InetAddress address(ByteBuffer in) {
        byte[] bytes = new byte[16];
        in.get(bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("not as the RFC says: " + what);
        }
    }
}
