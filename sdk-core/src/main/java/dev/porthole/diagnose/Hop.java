package dev.porthole.diagnose;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The places that a connection from outside to a camera goes through, from the camera on. */
public enum Hop {
    /** The camera itself: its services, its account, its own gateway setting. */
    CAMERA,
    /** The relay on this host, where there is one in between. */
    RELAY,
    /** The router at the camera's LAN, and its mappings. */
    GATEWAY,
    /** What stands between the router and the Internet: another NAT, the provider. */
    PROVIDER,
    /** From where it was tried. */
    VANTAGE;

    private static final Set<FindingCode> AT_THE_CAMERA = EnumSet.of(
            FindingCode.CAMERA_DOWN,
            FindingCode.CAMERA_HAS_NO_DEFAULT_ROUTE,
            FindingCode.AUTH_FAILED,
            FindingCode.STREAM_NOT_FOUND,
            FindingCode.RTSP_PORT_MISMATCH,
            FindingCode.MEDIA_NOT_FLOWING,
            FindingCode.CERTIFICATE_CHANGED,
            FindingCode.TARGET_NOT_ON_LAN);

    private static final Set<FindingCode> AT_THE_RELAY = EnumSet.of(FindingCode.RELAY_DOWN, FindingCode.RELAY_UNUSABLE);

    private static final Set<FindingCode> AT_THE_GATEWAY = EnumSet.of(
            FindingCode.NO_GATEWAY,
            FindingCode.UPNP_OFF,
            FindingCode.SECURE_MODE,
            FindingCode.NOT_AUTHORIZED,
            FindingCode.ROUTER_POLICY,
            FindingCode.PORT_CONFLICT,
            FindingCode.ROUTER_SERVICE_PORT,
            FindingCode.SAME_PORT_REQUIRED,
            FindingCode.SOURCE_RESTRICTION_UNSUPPORTED,
            FindingCode.TABLE_FULL,
            FindingCode.PORT_RANGE_FULL,
            FindingCode.NOT_STORED,
            FindingCode.ROUTER_ERROR,
            FindingCode.EXTERNAL_ADDRESS_UNUSABLE,
            FindingCode.NOT_MAPPED,
            FindingCode.RTSP_NOT_MAPPED,
            FindingCode.STALE_MAPPING,
            FindingCode.WRONG_DEVICE);

    private static final Set<FindingCode> AT_THE_PROVIDER =
            EnumSet.of(FindingCode.DOUBLE_NAT, FindingCode.CGNAT, FindingCode.ISP_BLOCKS_PORT);

    private static final Set<FindingCode> AT_THE_VANTAGE =
            EnumSet.of(FindingCode.NO_HAIRPIN, FindingCode.AGENT_UNUSABLE);

    /**
     * Where the fault lies that a finding of this code names.
     *
     * @param code the code
     * @return the place; empty where the code names a symptom, or no fault
     */
    public static Optional<Hop> of(FindingCode code) {
        if (AT_THE_CAMERA.contains(code)) {
            return Optional.of(CAMERA);
        } else if (AT_THE_RELAY.contains(code)) {
            return Optional.of(RELAY);
        } else if (AT_THE_GATEWAY.contains(code)) {
            return Optional.of(GATEWAY);
        } else if (AT_THE_PROVIDER.contains(code)) {
            return Optional.of(PROVIDER);
        }
        return AT_THE_VANTAGE.contains(code) ? Optional.of(VANTAGE) : Optional.empty();
    }
}
