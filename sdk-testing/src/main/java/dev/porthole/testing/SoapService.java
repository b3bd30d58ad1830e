package dev.porthole.testing;

import static dev.porthole.testing.SoapReplies.element;
import static dev.porthole.testing.SoapReplies.fault;
import static dev.porthole.testing.SoapReplies.success;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The actions of WANIPConnection on one table, as miniupnpd 2.3.1 (Debian, nftables) answers them, less what a
 * {@link GatewayBehaviour} changes. One call is one action.
 */
final class SoapService {
    /** 130 entries were answered, 150 killed the daemon. */
    private static final int DEADLY_LIST = 150;
    /** 100 entries were deleted, 250 killed the daemon. */
    private static final int DEADLY_RANGE = 250;

    private final FakeWan wan;
    private final MappingTable table;
    private final GatewayBehaviour behaviour;
    private final RecordedRequest request;
    private final String type;
    private final long uptimeSeconds;

    /** The daemon died of the request: no reply, and nobody answers any more. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Died(String cause) {
            super(cause);
        }
    }

    SoapService(
            FakeWan wan, MappingTable table, GatewayBehaviour behaviour, RecordedRequest request, long uptimeSeconds) {
        this.wan = wan;
        this.table = table;
        this.behaviour = behaviour;
        this.request = request;
        this.type = SoapArguments.serviceType(request);
        this.uptimeSeconds = uptimeSeconds;
    }

    HttpReply call(String action) {
        if (behaviour.missingActions.contains(action)) {
            return fault(401);
        }
        return switch (action) {
            case "GetStatusInfo" ->
                ok(element("NewConnectionStatus", wan.status())
                        + element("NewLastConnectionError", "ERROR_NONE")
                        + element("NewUptime", uptimeSeconds));
            case "GetExternalIPAddress" -> ok(element("NewExternalIPAddress", wan.externalAddress()));
            case "GetConnectionTypeInfo" ->
                ok(element("NewConnectionType", "IP_Routed") + element("NewPossibleConnectionTypes", "IP_Routed"));
            case "GetNATRSIPStatus" -> ok(element("NewRSIPAvailable", 0) + element("NewNATEnabled", 1));
            case "AddPortMapping" -> new SoapAdd(wan, table, behaviour, request).add();
            case "AddAnyPortMapping" -> new SoapAdd(wan, table, behaviour, request).addAny();
            case "DeletePortMapping" -> delete();
            case "GetGenericPortMappingEntry" -> generic();
            case "GetSpecificPortMappingEntry" -> specific();
            case "GetListOfPortMappings" -> list();
            case "DeletePortMappingRange" -> deleteRange();
            case "GetCommonLinkProperties" ->
                ok(element("NewWANAccessType", "Cable")
                        + element("NewLayer1UpstreamMaxBitRate", 4_200_000)
                        + element("NewLayer1DownstreamMaxBitRate", 4_200_000)
                        + element("NewPhysicalLinkStatus", "Up"));
            case "GetTotalBytesSent", "GetTotalBytesReceived", "GetTotalPacketsSent", "GetTotalPacketsReceived" ->
                ok(element(action.replaceFirst("Get", "New"), 0));
            case "SetConnectionType" -> fault(731);
            case "RequestConnection", "ForceTermination" -> fault(606);
            default -> fault(401);
        };
    }

    private HttpReply ok(String results) {
        return success(request.kind(), type, results);
    }

    /** A port as the daemon reads it: atoi, then cut to 16 bits. Empty where the argument is missing. */
    static Optional<Integer> port(Map<String, String> arguments, String name) {
        return Optional.ofNullable(arguments.get(name)).map(text -> (int) number(text) & 0xFFFF);
    }

    /** Whatever is not UDP, the daemon takes for TCP. */
    static String protocol(String text) {
        return text.equalsIgnoreCase("UDP") ? "UDP" : "TCP";
    }

    /** C's atoi: leading digits, else 0. */
    static long number(String text) {
        String digits = text.strip().replaceFirst("^([0-9]{0,18}).*", "$1");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private HttpReply delete() {
        Map<String, String> arguments = request.arguments();
        int port = port(arguments, "NewExternalPort").orElse(0);
        String protocol = arguments.get("NewProtocol");
        if (port == 0 || protocol == null) {
            return fault(402);
        }
        Optional<TableEntry> held = table.find(protocol(protocol), port);
        if (behaviour.secureMode.isPresent() && held.isPresent() && !belongsToAsker(held.get())) {
            return fault(behaviour.secureMode.get().delete());
        }
        boolean removed = table.remove(protocol(protocol), port);
        return removed || behaviour.deleteOfAbsent == 200 ? ok("") : fault(behaviour.deleteOfAbsent);
    }

    private boolean belongsToAsker(TableEntry entry) {
        return entry.internalClient().equals(request.from().getAddress().getHostAddress());
    }

    private HttpReply generic() {
        String index =
                request.arguments().getOrDefault("NewPortMappingIndex", "").strip();
        if (!index.matches("-?[0-9]{1,9}.*")) {
            return fault(402);
        }
        List<TableEntry> shown = behaviour.listing.apply(table.entries());
        int at = index.startsWith("-") ? -1 : (int) number(index);
        if (behaviour.listEndless && !shown.isEmpty()) {
            at = Math.min(at, shown.size() - 1);
        }
        if (at < 0 || at >= shown.size()) {
            return fault(behaviour.endOfList);
        }
        TableEntry entry = shown.get(at);
        return ok(element("NewRemoteHost", behaviour.remoteHostListed ? entry.remoteHost() : "")
                + element("NewExternalPort", entry.externalPort())
                + element("NewProtocol", entry.protocol())
                + where(entry)
                + element("NewPortMappingDescription", entry.description())
                + element("NewLeaseDuration", seconds(entry.lease())));
    }

    private static String where(TableEntry entry) {
        return element("NewInternalPort", entry.internalPort())
                + element("NewInternalClient", entry.internalClient())
                + element("NewEnabled", entry.enabled() ? 1 : 0);
    }

    private static long seconds(Duration lease) {
        return lease.plusNanos(999_999_999).toSeconds();
    }

    private HttpReply specific() {
        Map<String, String> arguments = request.arguments();
        int port = port(arguments, "NewExternalPort").orElse(0);
        String protocol = arguments.get("NewProtocol");
        if (port == 0 || protocol == null) {
            return fault(402);
        }
        return behaviour.listing.apply(table.entries()).stream()
                .filter(entry -> entry.holds(protocol(protocol), port))
                .findFirst()
                .map(entry -> ok(where(entry)
                        + element("NewPortMappingDescription", entry.description())
                        + element("NewLeaseDuration", seconds(entry.lease()))))
                .orElseGet(() -> fault(714));
    }

    private record Range(int first, int last, String protocol) {
        boolean holds(TableEntry entry) {
            return entry.externalPort() >= first
                    && entry.externalPort() <= last
                    && entry.protocol().equalsIgnoreCase(protocol);
        }
    }

    private Optional<Range> range() {
        Map<String, String> arguments = request.arguments();
        Optional<Integer> first = port(arguments, "NewStartPort");
        Optional<Integer> last = port(arguments, "NewEndPort");
        String protocol = arguments.get("NewProtocol");
        return first.isEmpty() || last.isEmpty() || protocol == null
                ? Optional.empty()
                : Optional.of(new Range(first.get(), last.get(), protocol(protocol)));
    }

    private HttpReply list() {
        Optional<Range> range = range();
        String number = request.arguments().get("NewNumberOfPorts");
        if (range.isEmpty() || number == null) {
            return fault(402);
        }
        if (range.get().first() > range.get().last()) {
            return fault(733);
        }
        long most = number(number) == 0 ? 1000 : number(number);
        List<TableEntry> found =
                table.entries().stream().filter(range.get()::holds).limit(most).toList();
        if (found.size() >= DEADLY_LIST) {
            throw new Died("GetListOfPortMappings of " + found.size() + " entries");
        }
        StringBuilder xml = new StringBuilder("<p:PortMappingList xmlns:p=\"urn:schemas-upnp-org:gw:WANIPConnection\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xsi:schemaLocation=\"urn:schemas-upnp-org:gw:WANIPConnection"
                + " http://www.upnp.org/schemas/gw/WANIPConnection-v2.xsd\">");
        for (TableEntry entry : found) {
            xml.append("<p:PortMappingEntry>")
                    .append(element("p:NewRemoteHost", behaviour.remoteHostListed ? entry.remoteHost() : ""))
                    .append(element("p:NewExternalPort", entry.externalPort()))
                    .append(element("p:NewProtocol", entry.protocol()))
                    .append(element("p:NewInternalPort", entry.internalPort()))
                    .append(element("p:NewInternalClient", entry.internalClient()))
                    .append(element("p:NewEnabled", entry.enabled() ? 1 : 0))
                    .append(element("p:NewDescription", entry.description()))
                    .append(element("p:NewLeaseTime", seconds(entry.lease())))
                    .append("</p:PortMappingEntry>");
        }
        return ok("<NewPortListing><![CDATA[" + xml + "</p:PortMappingList>]]></NewPortListing>");
    }

    private HttpReply deleteRange() {
        Optional<Range> range = range();
        if (range.isEmpty()) {
            return fault(402);
        }
        if (range.get().first() > range.get().last()) {
            return fault(733);
        }
        List<TableEntry> found =
                table.entries().stream().filter(range.get()::holds).toList();
        if (found.isEmpty()) {
            return fault(730);
        }
        if (found.size() >= DEADLY_RANGE) {
            throw new Died("DeletePortMappingRange of " + found.size() + " entries");
        }
        found.forEach(entry -> table.remove(entry.protocol(), entry.externalPort()));
        return ok("");
    }
}
