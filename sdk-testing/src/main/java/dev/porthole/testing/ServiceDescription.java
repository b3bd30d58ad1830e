package dev.porthole.testing;

import static dev.porthole.testing.SoapReplies.element;

import java.util.List;
import java.util.Set;

/** The service description (SCPD) of WANIPConnection: its actions with their arguments. */
final class ServiceDescription {
    private static final List<Action> VERSION_1 = List.of(
            new Action("SetConnectionType", "NewConnectionType", ""),
            new Action("GetConnectionTypeInfo", "", "NewConnectionType NewPossibleConnectionTypes"),
            new Action("RequestConnection", "", ""),
            new Action("ForceTermination", "", ""),
            new Action("GetStatusInfo", "", "NewConnectionStatus NewLastConnectionError NewUptime"),
            new Action("GetNATRSIPStatus", "", "NewRSIPAvailable NewNATEnabled"),
            new Action(
                    "GetGenericPortMappingEntry",
                    "NewPortMappingIndex",
                    "NewRemoteHost NewExternalPort NewProtocol NewInternalPort NewInternalClient NewEnabled"
                            + " NewPortMappingDescription NewLeaseDuration"),
            new Action(
                    "GetSpecificPortMappingEntry",
                    "NewRemoteHost NewExternalPort NewProtocol",
                    "NewInternalPort NewInternalClient NewEnabled NewPortMappingDescription NewLeaseDuration"),
            new Action(
                    "AddPortMapping",
                    "NewRemoteHost NewExternalPort NewProtocol NewInternalPort NewInternalClient NewEnabled"
                            + " NewPortMappingDescription NewLeaseDuration",
                    ""),
            new Action("DeletePortMapping", "NewRemoteHost NewExternalPort NewProtocol", ""),
            new Action("GetExternalIPAddress", "", "NewExternalIPAddress"));

    private static final List<Action> VERSION_2 = List.of(
            new Action("DeletePortMappingRange", "NewStartPort NewEndPort NewProtocol NewManage", ""),
            new Action(
                    "GetListOfPortMappings",
                    "NewStartPort NewEndPort NewProtocol NewManage NewNumberOfPorts",
                    "NewPortListing"),
            new Action(
                    "AddAnyPortMapping",
                    "NewRemoteHost NewExternalPort NewProtocol NewInternalPort NewInternalClient NewEnabled"
                            + " NewPortMappingDescription NewLeaseDuration",
                    "NewReservedPort"));

    private ServiceDescription() {}

    private record Action(String name, String in, String out) {
        String xml() {
            return "<action>" + element("name", name) + "<argumentList>" + arguments(in, "in") + arguments(out, "out")
                    + "</argumentList></action>";
        }

        private static String arguments(String names, String direction) {
            StringBuilder xml = new StringBuilder();
            for (String name : names.isEmpty() ? new String[0] : names.split(" ")) {
                xml.append("<argument>")
                        .append(element("name", name))
                        .append(element("direction", direction))
                        .append(element("relatedStateVariable", name.replaceFirst("^New", "")))
                        .append("</argument>");
            }
            return xml.toString();
        }
    }

    static String xml(int version, Set<String> missingActions) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\r\n"
                + "<scpd xmlns=\"urn:schemas-upnp-org:service-1-0\"><specVersion><major>1</major><minor>1</minor>"
                + "</specVersion><actionList>");
        for (List<Action> actions : version == 1 ? List.of(VERSION_1) : List.of(VERSION_1, VERSION_2)) {
            actions.stream()
                    .filter(action -> !missingActions.contains(action.name))
                    .forEach(action -> xml.append(action.xml()));
        }
        return xml.append("</actionList><serviceStateTable><stateVariable sendEvents=\"no\"><name>ExternalPort</name>"
                        + "<dataType>ui2</dataType></stateVariable></serviceStateTable></scpd>")
                .toString();
    }
}
