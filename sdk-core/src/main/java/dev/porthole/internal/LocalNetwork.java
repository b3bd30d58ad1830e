package dev.porthole.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks to which this host is attached, and its default gateway. A snapshot; immutable.
 *
 * @param attachments one per address of each interface that is up
 * @param defaultGateway the IPv4 default gateway; empty where there is none or the platform does not tell
 */
public record LocalNetwork(List<Attachment> attachments, Optional<InetAddress> defaultGateway) {
    private static final Logger LOG = LoggerFactory.getLogger(LocalNetwork.class);
    /** Linux: proc(5), one line per route, addresses as little-endian hexadecimal. */
    private static final Path ROUTES = Path.of("/proc/net/route");

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
            byte[] mine = address.getAddress();
            byte[] theirs = other.getAddress();
            if (mine.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit++) {
                if (((mine[bit / 8] ^ theirs[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Copies the list. */
    public LocalNetwork {
        attachments = List.copyOf(attachments);
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
        return new LocalNetwork(attachments, readDefaultGateway());
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

    private static Optional<InetAddress> readDefaultGateway() {
        if (!Files.isReadable(ROUTES)) {
            return Optional.empty();
        }
        try {
            return parseRoutes(Files.readAllLines(ROUTES, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            LOG.debug("cannot read {}: {}", ROUTES, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Finds the default gateway in Linux's routing table.
     *
     * @param lines the lines of {@code /proc/net/route}, the first being the heading
     * @return the gateway of the default route with the lowest metric
     */
    static Optional<InetAddress> parseRoutes(List<String> lines) {
        InetAddress best = null;
        long bestMetric = Long.MAX_VALUE;
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] columns = line.strip().split("\\s+");
            if (columns.length < 8 || !columns[1].equals("00000000") || !columns[7].equals("00000000")) {
                continue;
            }
            try {
                long gateway = Long.parseLong(columns[2], 16);
                long metric = Long.parseLong(columns[6]);
                if (gateway != 0 && metric < bestMetric) {
                    byte[] bytes = {
                        (byte) gateway, (byte) (gateway >> 8), (byte) (gateway >> 16), (byte) (gateway >> 24)
                    };
                    best = InetAddress.getByAddress(bytes);
                    bestMetric = metric;
                }
            } catch (NumberFormatException | IOException e) {
                LOG.debug("routing table line not understood: {}", line);
            }
        }
        return Optional.ofNullable(best);
    }
}
