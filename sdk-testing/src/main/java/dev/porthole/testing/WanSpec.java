package dev.porthole.testing;

import java.util.Objects;

/**
 * What a WAN connection of a {@link FakeGateway} is to be like at the start.
 *
 * @param serviceType the service type, for example {@code urn:schemas-upnp-org:service:WANIPConnection:1}
 * @param controlUrl the control URL as the description shows it, relative or absolute, possibly with a query
 * @param externalAddress what GetExternalIPAddress answers; empty for no usable address
 * @param status what GetStatusInfo answers
 */
public record WanSpec(String serviceType, String controlUrl, String externalAddress, String status) {
    /** An address of TEST-NET-3 (RFC 5737): public in form, and nobody's. */
    public static final String DEFAULT_EXTERNAL_ADDRESS = "203.0.113.7";

    /** Checks that nothing is missing. */
    public WanSpec {
        Objects.requireNonNull(serviceType, "serviceType");
        Objects.requireNonNull(controlUrl, "controlUrl");
        Objects.requireNonNull(externalAddress, "externalAddress");
        Objects.requireNonNull(status, "status");
    }

    /**
     * A connected WANIPConnection.
     *
     * @param version 1 or 2
     * @return the specification
     */
    public static WanSpec ip(int version) {
        return new WanSpec(
                "urn:schemas-upnp-org:service:WANIPConnection:" + version,
                "/ctl/IPConn",
                DEFAULT_EXTERNAL_ADDRESS,
                "Connected");
    }

    /**
     * A connected WANPPPConnection:1.
     *
     * @return the specification
     */
    public static WanSpec ppp() {
        return new WanSpec(
                "urn:schemas-upnp-org:service:WANPPPConnection:1",
                "/ctl/PPPConn",
                DEFAULT_EXTERNAL_ADDRESS,
                "Connected");
    }

    /**
     * Changes the service type.
     *
     * @param value the new type
     * @return the changed specification
     */
    public WanSpec withServiceType(String value) {
        return new WanSpec(value, controlUrl, externalAddress, status);
    }

    /**
     * Changes the control URL.
     *
     * @param value the new URL as the description shows it
     * @return the changed specification
     */
    public WanSpec withControlUrl(String value) {
        return new WanSpec(serviceType, value, externalAddress, status);
    }

    /**
     * Changes the external address.
     *
     * @param value what to answer, not necessarily an address
     * @return the changed specification
     */
    public WanSpec withExternalAddress(String value) {
        return new WanSpec(serviceType, controlUrl, value, status);
    }

    /**
     * Changes the connection's status.
     *
     * @param value for example {@code Disconnected} or {@code Up}
     * @return the changed specification
     */
    public WanSpec withStatus(String value) {
        return new WanSpec(serviceType, controlUrl, externalAddress, value);
    }

    /**
     * Makes the connection a broken one: disconnected and without address.
     *
     * @return the changed specification
     */
    public WanSpec down() {
        return withStatus("Disconnected").withExternalAddress("");
    }
}
