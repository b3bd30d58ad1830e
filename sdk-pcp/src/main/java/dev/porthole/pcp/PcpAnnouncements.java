package dev.porthole.pcp;

import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.internal.LocalNetwork.Attachment;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.StateLossListener;
import dev.porthole.pcp.internal.AnnouncementReceiver;
import dev.porthole.pcp.internal.GatewayStates;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;

/**
 * Listens for what gateways announce to all hosts when they have restarted or changed their address (multicast to
 * 224.0.0.1, and by PCP to ff02::1 where this host has IPv6, UDP port 5350; RFC 6887 section 14.1.3, RFC 6886 section
 * 3.2.1), so that a loss of mappings is noticed at once instead of with the next reply. Off unless asked for: it takes a port
 * that other programs of this host may share, and a thread for each family.
 *
 * <p>Only gateways that the finder has met are believed. What they announce is told to the {@link StateLossListener}s of
 * {@link PortMappingProvider#onStateLost}, by this object's threads. Thread-safe.
 */
public final class PcpAnnouncements implements AutoCloseable {
    private static final int PORT = 5350;

    private final List<AnnouncementReceiver> receivers = new ArrayList<>();

    private PcpAnnouncements() {}

    /**
     * Starts listening on every interface.
     *
     * @param finder whose gateways are believed
     * @return close it to stop
     * @throws NatTraversalException where the port is taken
     */
    public static PcpAnnouncements listen(PcpGatewayFinder finder) {
        return listen(finder.met(), PORT, StandardProtocolFamily.INET, StandardProtocolFamily.INET6);
    }

    /**
     * Starts listening on every interface.
     *
     * @param finder whose gateways are believed
     * @return close it to stop
     * @throws NatTraversalException where the port is taken
     */
    public static PcpAnnouncements listen(NatPmpGatewayFinder finder) {
        return listen(finder.met(), PORT, StandardProtocolFamily.INET);
    }

    static PcpAnnouncements listen(List<GatewayStates> met, int port, StandardProtocolFamily... families) {
        PcpAnnouncements announcements = new PcpAnnouncements();
        try {
            for (StandardProtocolFamily family : families) {
                announcements.start(family, port, met);
            }
            return announcements;
        } catch (IOException e) {
            announcements.close();
            throw new NatTraversalException(
                    FindingCode.INTERNAL_ERROR,
                    "UDP port " + port + " cannot be used to hear what gateways announce (" + e.getMessage()
                            + "). Another program has it; go on without.",
                    e);
        }
    }

    private void start(StandardProtocolFamily family, int port, List<GatewayStates> met) throws IOException {
        boolean ipv4 = family == StandardProtocolFamily.INET;
        List<NetworkInterface> interfaces = LocalNetwork.current().attachments().stream()
                .filter(a -> a.address() instanceof Inet4Address == ipv4)
                .map(Attachment::networkInterface)
                .distinct()
                .toList();
        // A host without IPv6 has no socket for it either.
        if (ipv4 || !interfaces.isEmpty()) {
            receivers.add(AnnouncementReceiver.start(family, port, interfaces, met));
        }
    }

    /** The port of each family. */
    List<Integer> ports() {
        return receivers.stream().map(AnnouncementReceiver::port).toList();
    }

    /** Stops listening. */
    @Override
    public void close() {
        for (AnnouncementReceiver receiver : receivers) {
            try {
                receiver.close();
            } catch (IOException e) {
                throw new NatTraversalException(FindingCode.INTERNAL_ERROR, "the socket does not close", e);
            }
        }
    }
}
