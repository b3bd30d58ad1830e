package dev.porthole.routers.fakes;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A FRITZ!Box with TR-064: digest authentication, two services of which the line's own is in use, mappings that are listed
 * by number, and mappings that a host may add for itself only.
 */
public final class FritzBox extends FakeRouter {
    /** Which service has the mappings. */
    public enum Line {
        /** DSL: {@code WANPPPConnection}. */
        PPP("/upnp/control/wanpppconn1", "WANPPPConnection"),
        /** Cable, and behind another router: {@code WANIPConnection}. */
        IP("/upnp/control/wanipconnection1", "WANIPConnection");

        private final String path;
        private final String service;

        Line(String path, String service) {
            this.path = path;
            this.service = service;
        }
    }

    /** For whom a host may add mappings. */
    public enum Rights {
        /** As AVM documents it: for itself. The simulated box takes no camera of the tests for the host that asks. */
        ITSELF,
        /** For every host. No FRITZ!OS is known that does; for the rest of what a driver does. */
        ANYBODY,
        /** None: the account lacks the right for settings. */
        NONE
    }

    private static final String ENVELOPE = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
            + " s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\">\n<s:Body>\n%s</s:Body>\n</s:Envelope>\n";

    private final Line line;
    private final Rights rights;
    private final DigestGuard guard = new DigestGuard();
    private int failing = -1;

    /** A box with four mappings. */
    public FritzBox(Line line, Rights rights) throws IOException {
        super("fritzbox", "NewPortMappingDescription");
        this.line = line;
        this.rights = rights;
        hold(mapping("2121", "TCP", "21", "192.168.1.5", "1", "ftp"));
        hold(mapping("9000", "TCP", "9000", "192.168.1.6", "1", "Skype"));
        hold(mapping("6000-6010", "UDP", "6000", "192.168.1.6", "1", "game"));
        hold(mapping("3389", "TCP", "3389", "192.168.1.6", "0", "remote & \"desk\""));
    }

    private static Map<String, Object> mapping(
            String external, String protocol, String internal, String client, String on, String text) {
        return row(
                "NewRemoteHost",
                "0.0.0.0",
                "NewExternalPort",
                external,
                "NewProtocol",
                protocol,
                "NewInternalPort",
                internal,
                "NewInternalClient",
                client,
                "NewEnabled",
                on,
                "NewPortMappingDescription",
                text,
                "NewLeaseDuration",
                "0");
    }

    /** From now on its list fails at a mapping, with another fault than the one that ends it. */
    public synchronized void failAt(int index) {
        failing = index;
    }

    @Override
    public boolean keepsSessions() {
        return false;
    }

    @Override
    public Optional<String> lockedFor() {
        return Optional.empty();
    }

    @Override
    protected void endSessions() {
        guard.forget();
    }

    @Override
    protected boolean counts(Call call) {
        return call.path().startsWith("/upnp/control/wan")
                && !call.header("Authorization").isEmpty();
    }

    @Override
    Answer answered(Call call) {
        if (call.is("GET", "/tr64desc.xml")) {
            return Answer.xml(200, description());
        }
        if (!call.method().equals("POST")) {
            return Answer.html(404, "<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD></HTML>");
        }
        DigestGuard.Verdict verdict = guard.verdict(call);
        if (verdict != DigestGuard.Verdict.RIGHT) {
            boolean tooOld = verdict == DigestGuard.Verdict.TOO_OLD;
            if (!call.header("Authorization").isEmpty() && !tooOld) {
                countLogin();
            }
            return Answer.html(401, "<HTML><HEAD><TITLE>401 Unauthorized (ERR_NONE)</TITLE></HEAD></HTML>")
                    .with("WWW-Authenticate", guard.challenge(tooOld));
        }
        String action = call.header("SOAPACTION").replace("\"", "");
        String name = action.substring(action.indexOf('#') + 1);
        if (call.path().equals("/upnp/control/layer3forwarding") && name.equals("GetDefaultConnectionService")) {
            return done("Layer3Forwarding", name, Map.of("NewDefaultConnectionService", "1." + line.service + ".1"));
        }
        if (!call.path().equals(line.path) || !action.startsWith("urn:dslforum-org:service:" + line.service + ":1#")) {
            return fault(401, "Invalid Action");
        }
        return action(name, Xml.leaves(call.body()));
    }

    private Answer action(String name, Map<String, Object> given) {
        return switch (name) {
            case "GetExternalIPAddress" -> done(line.service, name, Map.of("NewExternalIPAddress", "203.0.113.9"));
            case "GetPortMappingNumberOfEntries" ->
                done(line.service, name, Map.of("NewPortMappingNumberOfEntries", rules.size()));
            case "GetGenericPortMappingEntry" -> {
                int index = Integer.parseInt(String.valueOf(given.get("NewPortMappingIndex")));
                if (index == failing) {
                    yield fault(501, "Action Failed");
                }
                yield index < rules.size()
                        ? done(line.service, name, rules.get(index))
                        : fault(713, "SpecifiedArrayIndexInvalid");
            }
            case "AddPortMapping" -> added(name, given);
            case "DeletePortMapping" ->
                rules.removeIf(rule -> same(rule, given))
                        ? done(line.service, name, Map.of())
                        : fault(714, "NoSuchEntryInArray");
            default -> fault(401, "Invalid Action");
        };
    }

    private Answer added(String name, Map<String, Object> given) {
        Map<String, Object> rule = mapping("", "", "", "", "", "");
        if (!given.keySet().containsAll(rule.keySet())) {
            return fault(402, "Invalid Args");
        }
        rule.replaceAll((field, old) -> given.get(field));
        if (rights != Rights.ANYBODY) {
            return fault(606, "Action Not Authorized");
        }
        boolean right = String.valueOf(rule.get("NewExternalPort")).matches("[1-9][0-9]{0,4}")
                && String.valueOf(rule.get("NewInternalPort")).matches("[1-9][0-9]{0,4}")
                && List.of("TCP", "UDP").contains(String.valueOf(rule.get("NewProtocol")));
        if (!right) {
            return fault(600, "Argument Value Invalid");
        }
        Optional<Map<String, Object>> holder =
                rules.stream().filter(other -> same(other, rule)).findFirst();
        if (holder.isPresent()) {
            if (!holder.get().get("NewInternalClient").equals(rule.get("NewInternalClient"))) {
                return fault(718, "ConflictInMappingEntry");
            }
            rules.remove(holder.get());
        }
        rules.add(rule);
        return done(line.service, name, Map.of());
    }

    private static boolean same(Map<String, Object> rule, Map<String, Object> other) {
        return rule.get("NewExternalPort").equals(other.get("NewExternalPort"))
                && rule.get("NewProtocol").equals(other.get("NewProtocol"));
    }

    private static Answer done(String service, String action, Map<String, Object> output) {
        String tag = "u:" + action + "Response";
        return Answer.xml(
                200,
                String.format(
                        ENVELOPE,
                        "<" + tag + " xmlns:u=\"urn:dslforum-org:service:" + service + ":1\">\n"
                                + Xml.elements(new LinkedHashMap<>(output)) + "</" + tag + ">\n"));
    }

    private static Answer fault(int code, String text) {
        return Answer.xml(
                500,
                String.format(
                        ENVELOPE,
                        "<s:Fault>\n<faultcode>s:Client</faultcode>\n<faultstring>UPnPError</faultstring>\n<detail>\n"
                                + "<UPnPError xmlns=\"urn:schemas-upnp-org:control-1-0\">\n"
                                + Xml.element("errorCode", code) + Xml.element("errorDescription", text)
                                + "</UPnPError>\n</detail>\n</s:Fault>\n"));
    }

    private static String description() {
        return "<root xmlns=\"urn:dslforum-org:device-1-0\">\n<device>\n"
                + "<deviceType>urn:dslforum-org:device:InternetGatewayDevice:1</deviceType>\n"
                + "<friendlyName>FRITZ!Box 7590</friendlyName>\n<manufacturer>AVM</manufacturer>\n"
                + "<modelDescription>FRITZ!Box 7590</modelDescription>\n<modelName>FRITZ!Box 7590</modelName>\n"
                + "</device>\n</root>\n";
    }
}
