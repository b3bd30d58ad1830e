package dev.porthole.upnp.internal.wire;

import java.util.List;

/**
 * What a gateway says of itself, bounded and without control characters. All of it is the device's word.
 *
 * @param udn the unique device name of the root device, empty where it gives none
 * @param model make and model in one line, empty where unknown
 * @param urlBase the base for relative addresses, empty where it gives none
 * @param services its WAN connection services in their order
 */
public record DeviceDescription(String udn, String model, String urlBase, List<WanService> services) {
    /** Copies the list. */
    public DeviceDescription {
        services = List.copyOf(services);
    }

    /**
     * One WAN connection service. Type and control address belong together: a gateway with WANIPConnection and
     * WANPPPConnection answers 401 where they are mixed up.
     *
     * @param type the service type, for example {@code urn:schemas-upnp-org:service:WANIPConnection:1}; safe to put into a
     *     header field and into XML
     * @param controlUrl where actions go, absolute or relative, as written
     * @param scpdUrl where the list of actions is, as written; empty where it gives none
     */
    public record WanService(String type, String controlUrl, String scpdUrl) {}
}
