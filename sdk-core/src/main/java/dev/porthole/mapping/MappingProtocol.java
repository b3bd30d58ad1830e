package dev.porthole.mapping;

import java.util.Locale;
import java.util.Optional;

/**
 * The way by which mappings are made; one rung of the ladder. All are searched by at once; the order here is the order in
 * which they are preferred, see {@link dev.porthole.Porthole#publish}.
 */
public enum MappingProtocol {
    /** UPnP Internet Gateway Device 1 and 2. */
    UPNP,
    /** Port Control Protocol, RFC 6887. */
    PCP,
    /** NAT Port Mapping Protocol, RFC 6886. */
    NATPMP,
    /** The camera asks the gateway itself, by its own UPnP client. */
    CAMERA,
    /** The router's web administration. */
    WEB,
    /** This host maps a port of its own and forwards to the camera. */
    RELAY,
    /** A person follows printed steps. */
    MANUAL;

    /**
     * The name used in configuration and reports: lower case, for example {@code upnp}.
     *
     * @return the name
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a protocol by its {@link #id()}, ignoring case and surrounding space.
     *
     * @param id the name
     * @return the protocol, or empty where there is none of that name
     */
    public static Optional<MappingProtocol> byId(String id) {
        for (MappingProtocol protocol : values()) {
            if (protocol.id().equalsIgnoreCase(id.strip())) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }
}
