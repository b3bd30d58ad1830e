package dev.porthole.testing;

import java.time.Duration;
import java.util.Objects;

/**
 * One row of a fake gateway's table: a mapping, or what was asked for.
 *
 * @param protocol {@code TCP} or {@code UDP}, in the gateway's spelling
 * @param externalPort the external port
 * @param internalClient the internal client, not necessarily an address
 * @param internalPort the internal port
 * @param remoteHost who may connect; empty for anyone
 * @param description the description
 * @param lease the lease asked for, or the time left; zero for a permanent mapping
 * @param enabled whether traffic is forwarded
 */
public record TableEntry(
        String protocol,
        int externalPort,
        String internalClient,
        int internalPort,
        String remoteHost,
        String description,
        Duration lease,
        boolean enabled) {
    /** Checks that nothing is missing. */
    public TableEntry {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(internalClient, "internalClient");
        Objects.requireNonNull(remoteHost, "remoteHost");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(lease, "lease");
    }

    /**
     * A permanent, enabled TCP mapping for anyone.
     *
     * @param externalPort the external port
     * @param internalClient the internal client
     * @param internalPort the internal port
     * @param description the description
     * @return the entry
     */
    public static TableEntry tcp(int externalPort, String internalClient, int internalPort, String description) {
        return new TableEntry("TCP", externalPort, internalClient, internalPort, "", description, Duration.ZERO, true);
    }

    /**
     * Changes the protocol.
     *
     * @param value the new protocol
     * @return the changed entry
     */
    public TableEntry withProtocol(String value) {
        return new TableEntry(
                value, externalPort, internalClient, internalPort, remoteHost, description, lease, enabled);
    }

    /**
     * Changes the external port.
     *
     * @param value the new port
     * @return the changed entry
     */
    public TableEntry withExternalPort(int value) {
        return new TableEntry(protocol, value, internalClient, internalPort, remoteHost, description, lease, enabled);
    }

    /**
     * Changes the internal client.
     *
     * @param value the new client
     * @return the changed entry
     */
    public TableEntry withInternalClient(String value) {
        return new TableEntry(protocol, externalPort, value, internalPort, remoteHost, description, lease, enabled);
    }

    /**
     * Changes the internal port.
     *
     * @param value the new port
     * @return the changed entry
     */
    public TableEntry withInternalPort(int value) {
        return new TableEntry(protocol, externalPort, internalClient, value, remoteHost, description, lease, enabled);
    }

    /**
     * Changes who may connect.
     *
     * @param value the remote host; empty for anyone
     * @return the changed entry
     */
    public TableEntry withRemoteHost(String value) {
        return new TableEntry(protocol, externalPort, internalClient, internalPort, value, description, lease, enabled);
    }

    /**
     * Changes the description.
     *
     * @param value the new description
     * @return the changed entry
     */
    public TableEntry withDescription(String value) {
        return new TableEntry(protocol, externalPort, internalClient, internalPort, remoteHost, value, lease, enabled);
    }

    /**
     * Changes the lease.
     *
     * @param value the new lease; zero for a permanent mapping
     * @return the changed entry
     */
    public TableEntry withLease(Duration value) {
        return new TableEntry(
                protocol, externalPort, internalClient, internalPort, remoteHost, description, value, enabled);
    }

    /**
     * Changes whether traffic is forwarded.
     *
     * @param value the new state
     * @return the changed entry
     */
    public TableEntry withEnabled(boolean value) {
        return new TableEntry(
                protocol, externalPort, internalClient, internalPort, remoteHost, description, lease, value);
    }

    /**
     * Whether this entry holds a port.
     *
     * @param ofProtocol the protocol in any case
     * @param port the external port
     * @return true where it does
     */
    public boolean holds(String ofProtocol, int port) {
        return externalPort == port && protocol.equalsIgnoreCase(ofProtocol);
    }
}
