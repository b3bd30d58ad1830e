package dev.porthole.internal;

import dev.porthole.mapping.IpLiteral;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The default gateways of this host, out of the platform's routing table: files on Linux, a command of the system on macOS
 * and Windows, whose columns are the same in every language. Lines that are not understood are passed over.
 *
 * @param ipv4 the IPv4 default gateway, that of the best route where there are several
 * @param ipv6 the IPv6 default gateway, normally a link-local address with its interface
 */
record RoutingTable(Optional<InetAddress> ipv4, Optional<InetAddress> ipv6) {
    static final RoutingTable UNKNOWN = new RoutingTable(Optional.empty(), Optional.empty());

    private static final Logger LOG = LoggerFactory.getLogger(RoutingTable.class);
    /** proc(5): one line per route, addresses as little-endian hexadecimal. */
    private static final Path LINUX_IPV4 = Path.of("/proc/net/route");
    /** One line per route, addresses as 32 hexadecimal digits. */
    private static final Path LINUX_IPV6 = Path.of("/proc/net/ipv6_route");

    private static final String ANY_IPV6 = "0".repeat(32);

    /** Reads the table of the system on which this runs. */
    static RoutingTable current() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return macOs(SystemCommand.lines("/usr/sbin/netstat", "-rn"));
        }
        if (system.startsWith("windows")) {
            String root = System.getenv().getOrDefault("SystemRoot", "C:\\Windows");
            return windows(SystemCommand.lines(root + "\\System32\\route.exe", "print"));
        }
        return new RoutingTable(linux(read(LINUX_IPV4)), linuxIpv6(read(LINUX_IPV6)));
    }

    private static List<String> read(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file, StandardCharsets.US_ASCII) : List.of();
        } catch (IOException e) {
            LOG.debug("cannot read {}: {}", file, e.getMessage());
            return List.of();
        }
    }

    /**
     * Linux, IPv4.
     *
     * @param lines the lines of {@code /proc/net/route}, the first being the heading
     */
    static Optional<InetAddress> linux(List<String> lines) {
        Best best = new Best();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] columns = columns(line);
            if (columns.length < 8 || !columns[1].equals("00000000") || !columns[7].equals("00000000")) {
                continue;
            }
            try {
                long gateway = Long.parseLong(columns[2], 16);
                byte[] bytes = {(byte) gateway, (byte) (gateway >> 8), (byte) (gateway >> 16), (byte) (gateway >> 24)};
                best.offer(InetAddress.getByAddress(bytes), Long.parseLong(columns[6]));
            } catch (NumberFormatException | IOException e) {
                LOG.debug("routing table line not understood: {}", line);
            }
        }
        return best.gateway();
    }

    /**
     * Linux, IPv6.
     *
     * @param lines the lines of {@code /proc/net/ipv6_route}: destination, prefix, source, prefix, next hop, metric,
     *     references, uses, flags, interface
     */
    static Optional<InetAddress> linuxIpv6(List<String> lines) {
        Best best = new Best();
        for (String line : lines) {
            String[] columns = columns(line);
            if (columns.length < 10 || !columns[0].equals(ANY_IPV6) || !columns[1].equals("00")) {
                continue;
            }
            try {
                InetAddress hop = InetAddress.getByAddress(HexFormat.of().parseHex(columns[4]));
                best.offer(on(hop, columns[9]), Long.parseLong(columns[5], 16));
            } catch (IllegalArgumentException | IOException e) {
                LOG.debug("routing table line not understood: {}", line);
            }
        }
        return best.gateway();
    }

    /**
     * macOS.
     *
     * @param lines what {@code netstat -rn} prints: destination, gateway, flags, interface; the first default route is
     *     the one in use
     */
    static RoutingTable macOs(List<String> lines) {
        Best ipv4 = new Best();
        Best ipv6 = new Best();
        for (String line : lines) {
            String[] columns = columns(line);
            if (columns.length < 4 || !columns[0].equals("default")) {
                continue;
            }
            // The gateway of a link-local route carries its interface, as in fe80::1%en0.
            String[] parts = columns[1].split("%", 2);
            IpLiteral.parse(parts[0]).ifPresent(address -> {
                Best best = address instanceof Inet4Address ? ipv4 : ipv6;
                best.offer(on(address, parts.length > 1 ? parts[1] : columns[3]), 0);
            });
        }
        return new RoutingTable(ipv4.gateway(), ipv6.gateway());
    }

    /**
     * Windows.
     *
     * @param lines what {@code route print} prints; IPv4: destination, mask, gateway, interface address, metric; IPv6:
     *     interface number, metric, destination, gateway
     */
    static RoutingTable windows(List<String> lines) {
        Best ipv4 = new Best();
        Best ipv6 = new Best();
        for (String line : lines) {
            String[] columns = columns(line);
            if (columns.length == 5 && columns[0].equals("0.0.0.0") && columns[1].equals("0.0.0.0")) {
                offer(ipv4, columns[2], "", columns[4]);
            } else if (columns.length == 4 && columns[2].equals("::/0")) {
                offer(ipv6, columns[3], columns[0], columns[1]);
            }
        }
        return new RoutingTable(ipv4.gateway(), ipv6.gateway());
    }

    private static void offer(Best best, String gateway, String nic, String metric) {
        // Persistent routes are listed a second time, with a word in the place of the metric.
        if (metric.matches("[0-9]{1,9}")) {
            IpLiteral.parse(gateway).ifPresent(address -> best.offer(on(address, nic), Long.parseLong(metric)));
        }
    }

    private static String[] columns(String line) {
        return line.strip().split("\\s+");
    }

    /** A link-local address means something only together with its interface, given by name or number. */
    private static InetAddress on(InetAddress address, String nic) {
        if (!(address instanceof Inet6Address) || !address.isLinkLocalAddress()) {
            return address;
        }
        try {
            if (nic.matches("[0-9]{1,9}")) {
                return Inet6Address.getByAddress(null, address.getAddress(), Integer.parseInt(nic));
            }
            NetworkInterface known = NetworkInterface.getByName(nic);
            return known == null ? address : Inet6Address.getByAddress(null, address.getAddress(), known.getIndex());
        } catch (IOException e) {
            LOG.debug("{} is on no interface {} of this host", address, nic);
            return address;
        }
    }

    /** The gateway of the lowest metric; the first of equals. */
    private static final class Best {
        private Optional<InetAddress> gateway = Optional.empty();
        private long metric;

        void offer(InetAddress address, long itsMetric) {
            if (!address.isAnyLocalAddress() && (gateway.isEmpty() || itsMetric < metric)) {
                gateway = Optional.of(address);
                metric = itsMetric;
            }
        }

        Optional<InetAddress> gateway() {
            return gateway;
        }
    }
}
