package dev.porthole.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks to which this host is attached, and its default gateways. A snapshot; immutable.
 *
 * @param attachments one per address of each interface that is up
 * @param defaultGateway the IPv4 default gateway; empty where there is none or the platform does not tell
 * @param defaultGatewayIpv6 the IPv6 default gateway, likewise; a link-local address carries its interface
 */
public record LocalNetwork(
        List<Attachment> attachments, Optional<InetAddress> defaultGateway, Optional<InetAddress> defaultGatewayIpv6) {
    private static final Logger LOG = LoggerFactory.getLogger(LocalNetwork.class);

    /**
     * One address of one interface.
     *
     * @param networkInterface the interface
     * @param address this host's address on it
     * @param prefix the length of the network's prefix in bits
     */
    public record Attachment(NetworkInterface networkInterface, InetAddress address, int prefix) {
        /**
         * Whether an address lies in this network.
         *
         * @param other the address
         * @return true where it does
         */
        public boolean contains(InetAddress other) {
            return AddressBits.beginAlike(address, other, prefix);
        }
    }

    /** Copies the list. */
    public LocalNetwork {
        attachments = List.copyOf(attachments);
    }

    /**
     * A network without IPv6.
     *
     * @param attachments one per address of each interface that is up
     * @param defaultGateway the IPv4 default gateway
     */
    public LocalNetwork(List<Attachment> attachments, Optional<InetAddress> defaultGateway) {
        this(attachments, defaultGateway, Optional.empty());
    }

    /**
     * Looks at this host.
     *
     * @return its attachments as of now; none where the system does not tell
     */
    public static LocalNetwork current() {
        List<Attachment> attachments = new ArrayList<>();
        try {
            for (NetworkInterface nic : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (nic.isUp()) {
                    for (InterfaceAddress a : nic.getInterfaceAddresses()) {
                        attachments.add(new Attachment(nic, a.getAddress(), a.getNetworkPrefixLength()));
                    }
                }
            }
        } catch (SocketException e) {
            LOG.warn("the system does not tell its network interfaces: {}", e.getMessage());
        }
        RoutingTable routes = RoutingTable.current();
        return new LocalNetwork(attachments, routes.ipv4(), routes.ipv6());
    }

    /**
     * This host's address as a host sees it that is connected to from here. Sends nothing.
     *
     * @param other the other host
     * @return an address of this host
     * @throws IOException where no route leads there
     */
    public static InetAddress addressTowards(InetAddress other) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            // Any port will do: connecting a datagram socket only chooses the way.
            socket.connect(other, 9);
            return socket.getLocalAddress();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Whether an address is one of this host's own.
     *
     * @param address the address
     * @return true where an interface that is up has it
     */
    public boolean isOwn(InetAddress address) {
        return attachments.stream().anyMatch(a -> a.address().equals(address));
    }

    /**
     * Whether an address lies in a network to which this host is attached.
     *
     * @param address the address
     * @return true where it does
     */
    public boolean attachedTo(InetAddress address) {
        return attachments.stream().anyMatch(a -> a.contains(address));
    }
}
