package dev.porthole.upnp.internal.wire;

import dev.porthole.mapping.IpLiteral;
import java.net.InetAddress;
import org.bitlet.weupnp.GatewayDiscover;

/** Where searches for devices go, UPnP Device Architecture 1.1 section 1.3.2. */
public final class SsdpGroup {
    /** SSDP's port. */
    public static final int PORT = GatewayDiscover.PORT;

    /** SSDP's multicast group. */
    public static final InetAddress ADDRESS =
            IpLiteral.parse(GatewayDiscover.IP).orElseThrow();

    private SsdpGroup() {}
}
