package dev.porthole.bench.gateways;

import dev.porthole.bench.turns.Home;
import dev.porthole.bench.upnp.Wish;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The floor: one request to the router, whose address is known, and one reply; no checks but of the result's code. */
final class BareUdp implements Deed {
    private static final int PORT = 5351;
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int TCP = 6;
    private static final int HEADER = 24;
    private static final int MAP = 36;
    private static final int THIRD_PARTY = 20;
    private static final int PREFER_FAILURE = 4;

    private final byte[] request;
    private final int codeAt;
    private final Optional<Wish> wish;
    private final RouterTable table = new RouterTable();
    private final InetAddress router = address(Home.variable("PORTHOLE_LAB_ROUTER"));

    private BareUdp(byte[] request, int codeAt, Optional<Wish> wish) {
        this.request = request;
        this.codeAt = codeAt;
        this.wish = wish;
    }

    /** PCP, ANNOUNCE. */
    static BareUdp announce() {
        return new BareUdp(header(HEADER, 0, 0).array(), 3, Optional.empty());
    }

    /** NAT-PMP, the external address. */
    static BareUdp address() {
        return new BareUdp(new byte[2], 3, Optional.empty());
    }

    /** PCP, MAP for the camera. */
    static BareUdp pcpMap() {
        Wish wish = OurMapping.wish(OurMapping.camera());
        ByteBuffer out = header(HEADER + MAP + THIRD_PARTY + PREFER_FAILURE, 1, Wish.LEASE);
        out.put(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, TCP, 0, 0, 0});
        out.putShort((short) wish.internalPort()).putShort((short) wish.externalPort());
        put(out, "0.0.0.0");
        out.put((byte) 1).put((byte) 0).putShort((short) 16);
        put(out, wish.internalClient());
        out.put((byte) 2);
        return new BareUdp(out.array(), 3, Optional.of(wish));
    }

    /** NAT-PMP, a mapping for this host. */
    static BareUdp natPmpMap() {
        Wish wish = OurMapping.wish(OurMapping.host());
        ByteBuffer out = ByteBuffer.allocate(12).put((byte) 0).put((byte) 2).putShort((short) 0);
        out.putShort((short) wish.internalPort()).putShort((short) wish.externalPort());
        return new BareUdp(out.putInt(Wish.LEASE).array(), 3, Optional.of(wish));
    }

    private static ByteBuffer header(int length, int opcode, int lifetime) {
        ByteBuffer out = ByteBuffer.allocate(length).put((byte) 2).put((byte) opcode);
        out.putShort((short) 0).putInt(lifetime);
        put(out, OurMapping.host());
        return out;
    }

    /** An IPv4 address as PCP carries it. */
    private static void put(ByteBuffer out, String address) {
        out.put(new byte[10]).putShort((short) -1).put(address(address).getAddress());
    }

    private static InetAddress address(String literal) {
        return OurMapping.address(literal);
    }

    @Override
    public void run() throws IOException {
        byte[] reply = new byte[1_100];
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(router, PORT));
            socket.send(new DatagramPacket(request, request.length));
            socket.receive(new DatagramPacket(reply, reply.length));
        }
        if (reply[codeAt] != 0) {
            throw new IOException("code " + reply[codeAt]);
        }
    }

    @Override
    public void after() throws IOException {
        if (wish.isPresent()) {
            table.checkAndRemove(wish.get());
        }
    }
}
