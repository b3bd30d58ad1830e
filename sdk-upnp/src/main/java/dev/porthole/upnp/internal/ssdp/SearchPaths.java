package dev.porthole.upnp.internal.ssdp;

import dev.porthole.internal.LocalNetwork;
import dev.porthole.internal.LocalNetwork.Attachment;
import dev.porthole.mapping.SearchScope;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a search goes: gateways asked directly, and interfaces on which it is multicast.
 *
 * @param direct whom to ask directly
 * @param multicast on which attachments to multicast, best first
 * @param defaultGateway the default gateway, where it is to be asked
 * @param cameraNetworks the attachments whose network holds a camera
 */
public record SearchPaths(
        List<InetSocketAddress> direct,
        List<Attachment> multicast,
        Optional<InetAddress> defaultGateway,
        List<Attachment> cameraNetworks) {
    private static final Logger LOG = LoggerFactory.getLogger(SearchPaths.class);

    /** A host with hundreds of virtual interfaces is not flooded. */
    private static final int MAX_INTERFACES = 32;

    /** Copies the lists. */
    public SearchPaths {
        direct = List.copyOf(direct);
        multicast = List.copyOf(multicast);
        cameraNetworks = List.copyOf(cameraNetworks);
    }

    /**
     * Decides where to search.
     *
     * @param scope what the caller wants
     * @param network what this host is attached to
     * @param port SSDP's port
     * @return the paths
     */
    public static SearchPaths of(SearchScope scope, LocalNetwork network, int port) {
        Set<InetSocketAddress> direct = new LinkedHashSet<>();
        for (InetSocketAddress gateway : scope.gateways()) {
            direct.add(gateway.getPort() == 0 ? new InetSocketAddress(gateway.getAddress(), port) : gateway);
        }
        List<Attachment> usable = usable(scope, network);
        List<Attachment> holding = usable.stream()
                .filter(a -> scope.cameras().stream().anyMatch(a::contains))
                .toList();
        if (!scope.multicast()) {
            return new SearchPaths(List.copyOf(direct), List.of(), Optional.empty(), holding);
        }
        Optional<InetAddress> gateway = network.defaultGateway()
                .filter(address ->
                        scope.interfaces().isEmpty() || usable.stream().anyMatch(a -> a.contains(address)));
        List<InetSocketAddress> all = new ArrayList<>();
        gateway.ifPresent(address -> all.add(new InetSocketAddress(address, port)));
        direct.stream().filter(address -> !all.contains(address)).forEach(all::add);
        List<Attachment> ordered = new ArrayList<>(holding);
        usable.stream().filter(a -> !holding.contains(a)).forEach(ordered::add);
        return new SearchPaths(all, ordered.subList(0, Math.min(ordered.size(), MAX_INTERFACES)), gateway, holding);
    }

    /** Loopback only where it is meant: named, a camera is on it, or there is nothing else. */
    private static List<Attachment> usable(SearchScope scope, LocalNetwork network) {
        List<Attachment> named = network.attachments().stream()
                .filter(a -> a.address() instanceof Inet4Address)
                .filter(a -> scope.interfaces().isEmpty()
                        || scope.interfaces().contains(a.networkInterface().getName()))
                .toList();
        boolean loopback = !scope.interfaces().isEmpty()
                || scope.cameras().stream().anyMatch(InetAddress::isLoopbackAddress)
                || named.stream().allMatch(a -> a.address().isLoopbackAddress());
        return named.stream()
                .filter(a -> a.address().isLoopbackAddress() ? loopback : multicasts(a.networkInterface()))
                .toList();
    }

    private static boolean multicasts(NetworkInterface nic) {
        try {
            return nic.supportsMulticast();
        } catch (SocketException e) {
            LOG.debug("{}: {}", nic.getName(), e.getMessage());
            return false;
        }
    }

    /**
     * Whether a gateway is on a network that holds a camera.
     *
     * @param gateway its LAN address
     * @return true where it is
     */
    public boolean besideCamera(InetAddress gateway) {
        return cameraNetworks.stream().anyMatch(a -> a.contains(gateway));
    }
}
