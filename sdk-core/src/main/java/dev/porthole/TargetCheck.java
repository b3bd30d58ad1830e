package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** Whether a camera may be published through a gateway: only a host of a LAN behind it, never the router itself. */
record TargetCheck(LocalNetwork network, boolean routedLans) {
    /**
     * Checks one camera.
     *
     * @return what stands in the way, or empty
     */
    Optional<Finding> check(Camera camera, Gateway gateway) {
        InetAddress address = camera.address();
        if (address.equals(gateway.lanAddress()) && !address.isLoopbackAddress()) {
            return refuse(camera, "that is the router itself; publishing it would expose its administration.");
        }
        if (gateway.lanAddress().isLoopbackAddress()) {
            // A simulated home, or a tunnel that ends here: there is no LAN to compare with.
            return Optional.empty();
        }
        if (address.isLoopbackAddress()) {
            return refuse(camera, "a loopback address means this host only; no gateway can forward to it.");
        }
        if (address.getClass() != gateway.lanAddress().getClass()) {
            return otherFamily(camera, gateway);
        }
        if (address instanceof Inet6Address && ExternalAddress.kindOf(address) != ExternalAddress.Kind.PUBLIC) {
            return refuse(camera, "IPv6 is not translated, and outside nobody has a way to an address of this kind.");
        }
        if (network.attachedTo(address)) {
            return Optional.empty();
        }
        if (ExternalAddress.kindOf(address) == ExternalAddress.Kind.PUBLIC) {
            return Optional.of(Finding.of(
                    FindingCode.NO_NAT_NEEDED,
                    camera.name() + " has the global address " + address.getHostAddress()
                            + ", which is on no LAN of this host: it needs no port mapping.",
                    "Use its address directly; if it cannot be reached, a firewall is in the way, not NAT."));
        }
        return routedLans
                ? Optional.empty()
                : refuse(camera, "this host is attached to no network that holds this address.");
    }

    /** Whoever asks by one family can hardly be asked for the other. */
    private static Optional<Finding> otherFamily(Camera camera, Gateway gateway) {
        String who = camera.name() + " at " + camera.address().getHostAddress();
        return Optional.of(
                camera.address() instanceof Inet6Address
                        ? Finding.of(
                                FindingCode.NO_NAT_NEEDED,
                                who + " has an IPv6 address, which is not translated, and " + gateway
                                        + " maps IPv4 only.",
                                "Switch on PCP for IPv6 on the router, or let the camera's address and ports in on its"
                                        + " IPv6 firewall page; then use the address directly.")
                        : Finding.of(
                                FindingCode.TARGET_NOT_ON_LAN,
                                who + " is not published by " + gateway + ", which is asked for IPv6 only.",
                                "Switch on UPnP, PCP or NAT-PMP for IPv4 on the router."));
    }

    private static Optional<Finding> refuse(Camera camera, String why) {
        return Optional.of(Finding.of(
                FindingCode.TARGET_NOT_ON_LAN,
                camera.name() + " at " + camera.address().getHostAddress() + " is not published: " + why,
                "Check the camera's address. Where the camera is on another LAN behind the same router, allow routed"
                        + " LANs."));
    }
}
