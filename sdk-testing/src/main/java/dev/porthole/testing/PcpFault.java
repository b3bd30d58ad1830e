package dev.porthole.testing;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How a {@link FakePcpServer} answers a request wrongly: the datagrams sent instead of the right reply. The request was
 * carried out all the same, unless it was dropped unheard.
 */
@FunctionalInterface
public interface PcpFault {
    /** No answer: the request was carried out, and the reply got lost. */
    PcpFault LOST_REPLY = reply -> List.of();

    /**
     * What is sent.
     *
     * @param reply the right reply
     * @return datagrams, in order
     */
    List<Datagram> instead(byte[] reply);

    /**
     * A datagram to the client.
     *
     * @param bytes its content
     * @param fromElsewhere whether it comes from another port than the server's
     */
    record Datagram(byte[] bytes, boolean fromElsewhere) {
        void send(DatagramSocket server, SocketAddress to) throws java.io.IOException {
            DatagramPacket packet = new DatagramPacket(bytes, bytes.length, to);
            if (!fromElsewhere) {
                server.send(packet);
                return;
            }
            try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(server.getLocalAddress(), 0))) {
                other.send(packet);
            }
        }
    }

    /**
     * Sends other bytes.
     *
     * @param change from a copy of the right reply to the wrong one
     * @return the fault
     */
    static PcpFault changed(UnaryOperator<byte[]> change) {
        return reply -> List.of(new Datagram(change.apply(reply.clone()), false));
    }

    /**
     * Changes one byte.
     *
     * @param index which
     * @param value to what
     * @return the fault
     */
    static PcpFault byteAt(int index, int value) {
        return changed(reply -> {
            reply[index] = (byte) value;
            return reply;
        });
    }

    /**
     * Cuts the reply, or pads it with zeros.
     *
     * @param length to how many bytes
     * @return the fault
     */
    static PcpFault length(int length) {
        return changed(reply -> Arrays.copyOf(reply, length));
    }

    /**
     * Sends the right reply from another port than the server's.
     *
     * @return the fault
     */
    static PcpFault fromElsewhere() {
        return reply -> List.of(new Datagram(reply, true));
    }

    /**
     * Sends what another fault sends, and then the right reply.
     *
     * @param fault the wrong ones first
     * @return the fault
     */
    static PcpFault before(PcpFault fault) {
        return reply -> {
            List<Datagram> all = new ArrayList<>(fault.instead(reply));
            all.add(new Datagram(reply, false));
            return all;
        };
    }
}
