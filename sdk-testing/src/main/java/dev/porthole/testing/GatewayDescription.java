package dev.porthole.testing;

import static dev.porthole.testing.SoapReplies.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The device description of a fake gateway, in the form of miniupnpd 2.3.1, and what follows from it for searches.
 *
 * @param version 1 or 2
 * @param wans the WAN connections
 * @param friendlyName the name that people see
 * @param model the model's name
 * @param urlBase the URLBase element; empty for none
 * @param presentationUrl where the web page is; empty for none
 */
record GatewayDescription(
        int version,
        List<FakeWan> wans,
        String friendlyName,
        String model,
        Optional<String> urlBase,
        Optional<String> presentationUrl) {
    /** miniupnpd's identification, with a system that is none. */
    static final String SERVER = "Simulated/1.0 UPnP/1.1 MiniUPnPd/2.3.1";

    static final String UUID = "uuid:00000000-0000-4000-8000-00000000000";
    private static final String DEVICE = "urn:schemas-upnp-org:device:";
    private static final String SERVICE = "urn:schemas-upnp-org:service:";
    private static final Pattern TYPE = Pattern.compile("<(?:deviceType|serviceType)>\\s*([^<]+?)\\s*<");

    String xml() {
        return "<?xml version=\"1.0\"?>\r\n<root xmlns=\"urn:schemas-upnp-org:device-1-0\" configId=\"1337\">"
                + "<specVersion><major>1</major><minor>1</minor></specVersion>"
                + urlBase.map(url -> element("URLBase", url)).orElse("")
                + "<device>" + about("InternetGatewayDevice", friendlyName, model, 1)
                + "<serviceList>" + service(SERVICE + "Layer3Forwarding:1", "L3Forwarding1", "/L3F.xml", "/ctl/L3F")
                + "</serviceList><deviceList><device>" + about("WANDevice", "WANDevice", "WAN Device", 2)
                + "<serviceList>"
                + service(SERVICE + "WANCommonInterfaceConfig:1", "WANCommonIFC1", "/WANCfg.xml", "/ctl/CmnIfCfg")
                + "</serviceList><deviceList>" + connectionDevices() + "</deviceList></device></deviceList>"
                + presentationUrl.map(url -> element("presentationURL", url)).orElse("") + "</device></root>";
    }

    private String about(String type, String name, String modelName, int serial) {
        return element("deviceType", DEVICE + type + ":" + version)
                + element("friendlyName", name)
                + element("manufacturer", "Porthole")
                + element("modelDescription", "A simulated gateway")
                + element("modelName", modelName)
                + element("modelNumber", "1")
                + element("serialNumber", "1")
                + element("UDN", UUID + serial);
    }

    /** One connection device for each WAN connection, as on a router with several. */
    private String connectionDevices() {
        StringBuilder xml = new StringBuilder();
        for (int i = 0; i < wans.size(); i++) {
            FakeWan wan = wans.get(i);
            String id = wan.serviceType().contains("PPP") ? "WANPPPConn" : "WANIPConn";
            xml.append("<device>")
                    .append(about("WANConnectionDevice", "WANConnectionDevice", "WAN Connection", 3 + i))
                    .append("<serviceList>")
                    .append(service(wan.serviceType(), id + (i + 1), "/WANIPCn.xml", wan.controlUrl()))
                    .append("</serviceList></device>");
        }
        return xml.toString();
    }

    private static String service(String type, String id, String scpd, String control) {
        return "<service>" + element("serviceType", type) + element("serviceId", "urn:upnp-org:serviceId:" + id)
                + element("SCPDURL", scpd) + element("controlURL", control)
                + element("eventSubURL", control.replace("/ctl/", "/evt/")) + "</service>";
    }

    /** What the description claims to be: the values of ST that a search for everything is answered with. */
    static List<String> searchTargets(String description) {
        List<String> targets = new ArrayList<>();
        for (Matcher match = TYPE.matcher(description); match.find(); ) {
            if (!targets.contains(match.group(1))) {
                targets.add(match.group(1));
            }
        }
        // miniupnpd claims it without describing it.
        boolean ip = targets.stream().anyMatch(target -> target.startsWith(SERVICE + "WANIPConnection:"));
        if (ip && !targets.contains(SERVICE + "WANPPPConnection:1")) {
            targets.add(SERVICE + "WANPPPConnection:1");
        }
        targets.add("upnp:rootdevice");
        targets.add(UUID + 1);
        return targets;
    }

    /** The replies' values of ST for a search: the asked version is given back, whatever the own one is. */
    static List<String> matching(String description, String searchTarget) {
        if (searchTarget.equals("ssdp:all")) {
            return searchTargets(description);
        }
        String name = withoutVersion(searchTarget);
        boolean known = searchTargets(description).stream()
                .anyMatch(own -> withoutVersion(own).equals(name));
        return known ? List.of(searchTarget) : List.of();
    }

    private static String withoutVersion(String type) {
        return type.startsWith("urn:") ? type.replaceFirst(":[0-9]+$", "") : type;
    }

    static String usn(String searchTarget) {
        if (searchTarget.startsWith("uuid:")) {
            return searchTarget;
        }
        int device = searchTarget.matches(".*:(WANDevice|WANCommonInterfaceConfig):.*")
                ? 2
                : searchTarget.matches(".*:(WANConnectionDevice|WANIPConnection|WANPPPConnection):.*") ? 3 : 1;
        return UUID + device + "::" + searchTarget;
    }
}
