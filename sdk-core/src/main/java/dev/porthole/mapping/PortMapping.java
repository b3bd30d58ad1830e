package dev.porthole.mapping;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A mapping as the gateway reports it. All of it is the gateway's word: the internal client may be empty or a name (some
 * gateways accept one), which is never resolved.
 *
 * @param protocol the transport
 * @param external the external port or ports
 * @param internalClient the internal client as the gateway gave it, usually an IPv4 literal
 * @param internalPort the internal port; the first of them where {@code external} is a range; 0 where the gateway gave
 *     none that is valid
 * @param remoteHost the only remote host that may connect, as the gateway gave it; empty for anyone
 * @param description the description, by which ours are told from foreign ones, see {@link MappingTag}
 * @param lease the time left; empty where the mapping is permanent or the gateway does not say
 * @param enabled false where the gateway keeps the mapping but does not forward; it still holds its port
 */
public record PortMapping(
        TransportProtocol protocol,
        PortRange external,
        String internalClient,
        int internalPort,
        String remoteHost,
        String description,
        Optional<Duration> lease,
        boolean enabled) {
    /** Checks that nothing is missing. */
    public PortMapping {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(external, "external");
        Objects.requireNonNull(internalClient, "internalClient");
        Objects.requireNonNull(remoteHost, "remoteHost");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(lease, "lease");
    }

    /**
     * The external port; the first where the mapping is a range.
     *
     * @return 1 to 65535
     */
    public int externalPort() {
        return external.first();
    }

    /**
     * The internal client as an address.
     *
     * @return the address, or empty where the gateway gave no IP literal
     */
    public Optional<InetAddress> internalAddress() {
        return IpLiteral.parse(internalClient);
    }

    /**
     * Whether traffic to this mapping goes to an endpoint.
     *
     * @param endpoint the endpoint
     * @return true where client and port are the same
     */
    public boolean leadsTo(InternalEndpoint endpoint) {
        return internalPort == endpoint.port()
                && internalAddress().filter(endpoint.address()::equals).isPresent();
    }

    /**
     * The same mapping under another description.
     *
     * @param text the description
     * @return the changed mapping
     */
    public PortMapping describedAs(String text) {
        return new PortMapping(protocol, external, internalClient, internalPort, remoteHost, text, lease, enabled);
    }

    /**
     * Whether the description carries our tag.
     *
     * @return true where it does
     */
    public boolean ours() {
        return MappingTag.isOurs(description);
    }
}
