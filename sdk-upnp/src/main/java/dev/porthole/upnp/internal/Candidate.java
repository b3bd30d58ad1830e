package dev.porthole.upnp.internal;

import dev.porthole.mapping.Gateway;
import dev.porthole.upnp.internal.Uplink.State;
import dev.porthole.upnp.internal.UpnpProvider.Service;
import java.net.InetAddress;

/**
 * A gateway that was found, by its best WAN connection.
 *
 * @param gateway what it is
 * @param service its best WAN connection service
 * @param state what that connection says of its uplink
 * @param order when its first answer came, as a number; lower is earlier
 */
record Candidate(Gateway gateway, Service service, State state, int order) {
    boolean usable() {
        return state.usable();
    }

    /**
     * Whether both are one device. A vendor's devices may all carry one unique name, so a name counts only together with
     * the host, or with the address on the outside.
     */
    boolean sameDeviceAs(Candidate other) {
        boolean control = service.control().equals(other.service.control());
        boolean name = gateway.id().equals(other.gateway.id());
        boolean outside = state.address().address().isPresent()
                && state.address().address().equals(other.state.address().address());
        return control || (name && (host().equals(other.host()) || outside));
    }

    InetAddress host() {
        return gateway.lanAddress();
    }
}
