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
import java.util.List;

/**
 * Listens for what gateways announce to all hosts when they have restarted or changed their address (multicast to
 * 224.0.0.1, UDP port 5350; RFC 6887 section 14.1.3, RFC 6886 section 3.2.1), so that a loss of mappings is noticed at once
 * instead of with the next reply. Off unless asked for: it takes a port that other programs of this host may share, and a
 * thread.
 *
 * <p>Only gateways that the finder has met are believed. What they announce is told to the {@link StateLossListener}s of
 * {@link PortMappingProvider#onStateLost}, by this object's thread. Thread-safe.
 */
public final class PcpAnnouncements implements AutoCloseable {
    private static final int PORT = 5350;

    private final AnnouncementReceiver receiver;

    private PcpAnnouncements(AnnouncementReceiver receiver) {
        this.receiver = receiver;
    }

    /**
     * Starts listening on every interface.
     *
     * @param finder whose gateways are believed
     * @return close it to stop
     * @throws NatTraversalException where the port is taken
     */
    public static PcpAnnouncements listen(PcpGatewayFinder finder) {
        return listen(finder.met(), PORT);
    }

    /**
     * Starts listening on every interface.
     *
     * @param finder whose gateways are believed
     * @return close it to stop
     * @throws NatTraversalException where the port is taken
     */
    public static PcpAnnouncements listen(NatPmpGatewayFinder finder) {
        return listen(finder.met(), PORT);
    }

    static PcpAnnouncements listen(List<GatewayStates> met, int port) {
        try {
            return new PcpAnnouncements(AnnouncementReceiver.start(
                    port,
                    LocalNetwork.current().attachments().stream()
                            .filter(a -> a.address() instanceof Inet4Address)
                            .map(Attachment::networkInterface)
                            .distinct()
                            .toList(),
                    met));
        } catch (IOException e) {
            throw new NatTraversalException(
                    FindingCode.INTERNAL_ERROR,
                    "UDP port " + port + " cannot be used to hear what gateways announce (" + e.getMessage()
                            + "). Another program has it; go on without.",
                    e);
        }
    }

    int port() {
        return receiver.port();
    }

    /** Stops listening. */
    @Override
    public void close() {
        try {
            receiver.close();
        } catch (IOException e) {
            throw new NatTraversalException(FindingCode.INTERNAL_ERROR, "the socket does not close", e);
        }
    }
}
