package dev.porthole.mapping;

import java.net.InetAddress;
import java.util.Objects;

/**
 * A device that translates between a LAN and the Internet, as seen by one mapping protocol.
 *
 * @param id stable across restarts of the gateway and of this program where the protocol allows it (UPnP: the unique
 *     device name), else derived from the LAN address
 * @param protocol the protocol by which it was found
 * @param lanAddress the gateway's address on the LAN
 * @param model what the gateway says of its make and model; untrusted text, at most 128 characters, never null, empty
 *     where unknown
 */
public record Gateway(String id, MappingProtocol protocol, InetAddress lanAddress, String model) {
    /** Checks that nothing is missing. */
    public Gateway {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(lanAddress, "lanAddress");
        Objects.requireNonNull(model, "model");
    }

    /** Short form for logs and messages: {@code MiniUPnPd at 192.168.1.1 (upnp)}. */
    @Override
    public String toString() {
        return (model.isEmpty() ? "gateway" : model) + " at " + lanAddress.getHostAddress() + " (" + protocol.id()
                + ")";
    }
}
