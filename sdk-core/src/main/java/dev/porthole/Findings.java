package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.diagnose.Severity;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.Refusal;
import dev.porthole.reach.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The findings of finding gateways and mapping, in words. */
final class Findings {
    /** A list of names longer than this helps nobody. */
    private static final int MOST_NAMES = 5;

    private static final Set<FindingCode> OF_THE_GATEWAY = EnumSet.of(
            FindingCode.DOUBLE_NAT,
            FindingCode.CGNAT,
            FindingCode.EXTERNAL_ADDRESS_UNUSABLE,
            FindingCode.AGENT_UNUSABLE);

    private Findings() {}

    static Finding noGateway(LocalNetwork network) {
        Optional<String> router = network.defaultGateway().map(java.net.InetAddress::getHostAddress);
        if (router.isPresent()) {
            return Finding.of(
                    FindingCode.UPNP_OFF,
                    "The router " + router.get() + " is this host's default gateway, but no mapping protocol answered.",
                    "Switch on UPnP (often under NAT, Advanced or Applications) on http://" + router.get()
                            + "/, check that no firewall on this host blocks UDP port 1900, or add the port forwarding"
                            + " by hand.");
        }
        return Finding.of(
                FindingCode.NO_GATEWAY,
                "No gateway answered, and this host has no default route.",
                "Run this on a host in the camera's LAN that reaches the Internet through the router, or name the"
                        + " gateway.");
    }

    /** What stands in the way when a gateway's external address is not one of the Internet. */
    static Optional<Finding> unusable(Gateway gateway, ExternalAddress external) {
        String shown = external.address()
                .map(java.net.InetAddress::getHostAddress)
                .orElse(external.reported().isEmpty() ? "none" : "'" + external.reported() + "'");
        return switch (external.kind()) {
            case PUBLIC, UNKNOWN -> Optional.empty();
            case DOUBLE_NAT ->
                Optional.of(Finding.of(
                        FindingCode.DOUBLE_NAT,
                        gateway + " has no address of the Internet on its outside (it reports " + shown
                                + "): another router stands in front of it, so no mapping here can be reached from the"
                                + " Internet.",
                        "Set the device in front (often the provider's modem) to bridge mode, or forward the ports on both,"
                                + " or connect the camera's network to the outer router."));
            case CGNAT ->
                Optional.of(Finding.of(
                        FindingCode.CGNAT,
                        gateway + " reports the external address " + shown
                                + ", which the provider shares among customers (carrier-grade NAT): no mapping here can be"
                                + " reached from the Internet.",
                        "Ask the provider for a public IPv4 address, use IPv6, or reach the camera through a VPN or a"
                                + " relay."));
            case UNUSABLE ->
                Optional.of(Finding.of(
                        FindingCode.EXTERNAL_ADDRESS_UNUSABLE,
                        gateway + " reports no usable external address (it reports " + shown
                                + "): its uplink seems down.",
                        "Check the router's Internet connection on its status page, then try again."));
        };
    }

    /** Another NAT in front of the gateway, though its external address looks like one of the Internet. */
    static Optional<Finding> seenElsewhere(Gateway gateway, ExternalAddress external, Reflexive.Answer seen) {
        boolean comparable = external.kind() == ExternalAddress.Kind.PUBLIC
                && seen.address().isPresent()
                && sameFamily(external.address().orElseThrow(), seen.address().get());
        if (!comparable || external.address().equals(seen.address())) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(
                FindingCode.DOUBLE_NAT,
                gateway + " reports the external address "
                        + external.address().orElseThrow().getHostAddress() + ", but from outside this host is seen at "
                        + seen.address().get().getHostAddress() + " (" + seen.observer()
                        + "): another NAT stands in front of the router, or this host leaves by another way (a VPN, a"
                        + " second uplink).",
                "Without a VPN on this host: set the device in front of the router to bridge mode, or ask the provider"
                        + " for a public IPv4 address."));
    }

    private static boolean sameFamily(java.net.InetAddress one, java.net.InetAddress other) {
        return one.getClass() == other.getClass();
    }

    static Finding of(NatTraversalException e) {
        return Finding.of(e.code(), String.valueOf(e.getMessage()), remedy(e.code()));
    }

    private static String remedy(FindingCode code) {
        return switch (code) {
            case DOUBLE_NAT -> "Run this on a host of the camera's own LAN; a container needs the network of its host.";
            case TIMED_OUT -> "Restart the router if it is stuck, or allow more time.";
            case LEDGER_UNUSABLE -> "Make the ledger's file usable, or name another one.";
            case LOGIN_REFUSED ->
                "Check user and password; the same ones are not tried again, because routers lock accounts.";
            case LOGIN_LOCKED -> "Wait until the lock ends, then try with the right password.";
            case CERTIFICATE_CHANGED ->
                "Find out why: if the router was replaced or reset, forget its kept key; if not, something else answers.";
            case SCHEMA_UNKNOWN, AMBIGUOUS_TABLE, PAGE_NOT_UNDERSTOOD, NEEDS_SCRIPT ->
                "Supply what the message asks for, or add the port forwarding by hand.";
            case MALFORMED_REPLY -> "Update or restart the router; until then add the port forwarding by hand.";
            default -> "Try again; if it stays so, add the port forwarding by hand.";
        };
    }

    static Finding refused(Gateway gateway, Camera camera, MappingRequest request, Refused refused) {
        String code = refused.protocolCode().isPresent()
                ? " (code " + refused.protocolCode().getAsInt() + ")"
                : "";
        String message = gateway + " refused " + request.externalPort() + "/" + request.protocol() + " -> "
                + request.internal() + " for " + camera.name() + code + ": " + refused.detail();
        return Finding.of(refused.reason().findingCode(), message, remedy(refused.reason(), request));
    }

    private static String remedy(Refusal reason, MappingRequest request) {
        String byHand = "add the port forwarding by hand: external port " + request.externalPort() + " to "
                + request.internal() + ", " + request.protocol();
        return switch (reason) {
            case THIRD_PARTY ->
                "Switch off the router's UPnP secure mode (miniupnpd: secure_mode=no), or switch on UPnP in the camera so"
                        + " that it asks for itself, or " + byHand + ".";
            case NOT_AUTHORIZED ->
                "Allow this host to change port forwardings (FRITZ!Box: Permit Access, \"Permit independent port"
                        + " sharing\" for this device; others: UPnP permissions), or " + byHand + ".";
            case POLICY ->
                "Change the permission rule in the router's UPnP settings, or take a port that it allows: for an internal"
                        + " port, set it on the camera (1024 or higher usually is); or " + byHand + ".";
            case CONFLICT -> "Choose another external port or let Porthole choose (policy auto).";
            case ROUTER_SERVICE ->
                "Choose another external port, or move the router's own service (often remote administration) away from"
                        + " port " + request.externalPort() + ".";
            case SAME_PORT_REQUIRED ->
                "Set the camera's own port to the external port you want (for example 5554 for RTSP) and publish with"
                        + " equal ports (policy same).";
            case SOURCE_RESTRICTION_UNSUPPORTED ->
                "Allow anyone or a single address, and protect the camera by its password; or restrict the source on the"
                        + " router's own firewall page.";
            case TABLE_FULL ->
                "Release mappings that are no longer needed (see: list), or restart the router, which drops stale ones.";
            case NOT_STORED ->
                "Release mappings that are no longer needed, or restart the router, and try again; if it stays so, "
                        + byHand + ".";
            case OTHER -> "Restart the router and try again; if it stays so, " + byHand + ".";
        };
    }

    static Finding lost(Gateway gateway, PortMapping mapping) {
        return Finding.of(
                FindingCode.NOT_STORED,
                gateway + " held " + mapping.external() + "/" + mapping.protocol() + " -> " + mapping.internalClient()
                        + ":" + mapping.internalPort() + ", and lost it when the camera's other services were mapped.",
                "The router may have restarted: try again. If it stays so, it keeps one mapping only; add the port"
                        + " forwarding by hand.");
    }

    static Finding notListed(Gateway gateway) {
        return Finding.of(
                FindingCode.ROUTER_ERROR,
                gateway + " does not list its mappings, so that ours cannot be found there.",
                "Name the ledger with which they were published, or delete them on the router's own page.");
    }

    static Finding addressNotTold(Gateway gateway) {
        return new Finding(
                FindingCode.EXTERNAL_ADDRESS_UNUSABLE,
                Severity.WARNING,
                gateway + " does not tell its external address; the services are mapped, but could not be tried.",
                "Look for the external address on the router's status page, and use it with the external ports.");
    }

    static Finding rollbackPending(Gateway gateway, PortMapping mapping, String why) {
        return Finding.of(
                FindingCode.ROLLBACK_PENDING,
                gateway + " may still hold " + mapping.external() + "/" + mapping.protocol() + " -> "
                        + mapping.internalClient() + ":" + mapping.internalPort() + " ('" + mapping.description()
                        + "'), which could not be released: " + why,
                "Run release for this camera when the router answers again.");
    }

    /** The camera answers at its IPv6 address, to a host that needs no gateway to get there. */
    static Finding besideTheGateway(Target target) {
        return Finding.of(
                FindingCode.NO_HAIRPIN,
                "From inside the LAN " + target.uri() + " leads to the camera without passing the router, as its IPv6"
                        + " address is not translated. That proves nothing of the way from outside.",
                "Check from outside: from a host elsewhere, from a phone without Wi-Fi, or through a probe agent; by"
                        + " IPv6.");
    }

    /** The mapping was released, but the gateway did not apply it. */
    static Finding releaseNotApplied(Gateway gateway, PortMapping mapping, String why) {
        return Finding.of(
                FindingCode.ROLLBACK_PENDING,
                gateway + " may hold " + mapping.external() + "/" + mapping.protocol() + " -> "
                        + mapping.internalClient() + ":" + mapping.internalPort() + " ('" + mapping.description()
                        + "') again after it restarts: it was released, but the change could not be applied: " + why,
                "Run release for this camera when the router answers again.");
    }

    /** The mapping was listed and led nowhere until it was made again. */
    static Finding madeAnew(PublishedEndpoint again) {
        return new Finding(
                FindingCode.STALE_MAPPING,
                Severity.INFO,
                service(again) + ": the router listed the mapping of external port "
                        + again.mapping().externalPort()
                        + ", but nothing came through until it was released and made again; now it does.",
                "If this comes back, the router loses its rules, for example when its uplink reconnects: update its"
                        + " firmware.");
    }

    /** One external port is dropped on the way, another is not. */
    static Finding portBlocked(PublishedEndpoint broken, PublishedEndpoint reached, boolean moved) {
        int port = broken.mapping().externalPort();
        String message = service(broken) + ": nothing arrives at external port " + port
                + ", while the same service is reached at external port "
                + reached.mapping().externalPort() + ": the provider, or a firewall in front of the router, drops port "
                + port + ".";
        return portFinding(FindingCode.ISP_BLOCKS_PORT, message, broken, reached, moved);
    }

    /** At one external port something else answers, at another the camera does. */
    static Finding portTakenOutside(PublishedEndpoint broken, PublishedEndpoint reached, boolean moved) {
        int port = broken.mapping().externalPort();
        String message = service(broken) + ": at external port " + port
                + " another device answers, while the camera is reached at external port "
                + reached.mapping().externalPort() + ": the router itself, or a device in front of it, takes port "
                + port + ".";
        return portFinding(FindingCode.WRONG_DEVICE, message, broken, reached, moved);
    }

    private static Finding portFinding(
            FindingCode code, String message, PublishedEndpoint broken, PublishedEndpoint reached, boolean moved) {
        int port = reached.mapping().externalPort();
        return moved
                ? new Finding(
                        code,
                        Severity.WARNING,
                        message + " It was moved to port " + port + ".",
                        "Nothing need be done; enter port " + port + " wherever port "
                                + broken.mapping().externalPort() + " was entered.")
                : Finding.of(
                        code,
                        message,
                        "Publish it on another external port: let Porthole choose (policy auto), or take "
                                + broken.service().name() + " " + port + ", which works.");
    }

    /** This host is reached through the same router, the camera is not, though it answers on the LAN. */
    static Finding cameraSilent(PublishedEndpoint endpoint) {
        Camera camera = endpoint.camera();
        String router = endpoint.target()
                .flatMap(Target::gateway)
                .map(java.net.InetAddress::getHostAddress)
                .orElse("the router's LAN address");
        return Finding.of(
                FindingCode.CAMERA_HAS_NO_DEFAULT_ROUTE,
                camera.name() + " at " + camera.address().getHostAddress()
                        + " answers on the LAN, but not to the outside, while this host is reached from there through the"
                        + " same router: the camera's answers do not leave the LAN.",
                "Set the gateway (default route) in the camera's network settings to " + router
                        + "; where it is set so, look for a list of allowed addresses or a firewall in the camera.");
    }

    /** Not even this host is reached through the router. */
    static Finding nothingArrives(PublishedEndpoint endpoint) {
        return Finding.of(
                FindingCode.NOT_REACHABLE,
                "Nothing from outside gets through the router, not even to this host on a port mapped for the trial: the"
                        + " provider, a firewall on the router or a device in front of it lets no connection in, or the"
                        + " router lists mappings and does not apply them.",
                "Restart the router; look at its firewall settings; ask the provider whether incoming connections to "
                        + endpoint.target().map(Target::host).orElse("this line") + " are let in.");
    }

    /** The external port that was asked for leads to another host. */
    static Finding leadsElsewhere(Gateway gateway, Subject subject, PortMapping mapping) {
        return Finding.of(
                FindingCode.WRONG_DEVICE,
                gateway + " leads external port " + mapping.externalPort() + " to " + mapping.internalClient() + ":"
                        + mapping.internalPort() + " ('" + mapping.description() + "'), not to "
                        + subject.camera().name() + " at " + subject.camera().endpoint(subject.service()) + ".",
                "Delete that rule on the router if nobody needs it, or publish the camera on another external port.");
    }

    /** Our own mapping for a camera that has another address now. */
    static Finding leadsToFormerAddress(Gateway gateway, Subject subject, PortMapping mapping) {
        return Finding.of(
                FindingCode.STALE_MAPPING,
                gateway + " leads external port " + mapping.externalPort() + " for "
                        + subject.camera().name() + " "
                        + subject.service().name() + " to " + mapping.internalClient() + ":" + mapping.internalPort()
                        + ", but the camera is at " + subject.camera().endpoint(subject.service()) + " now.",
                "Publish the camera again, which corrects it; give the camera a fixed address, or a DHCP reservation on"
                        + " the router.");
    }

    /** A service without a mapping. */
    static Finding notMapped(Gateway gateway, Subject subject, boolean othersMapped, boolean trialMade) {
        boolean streamOnly = subject.stream() && othersMapped;
        String message = gateway + " has no mapping for " + subject.camera().name() + " "
                + subject.service().name() + " at " + subject.camera().endpoint(subject.service())
                + (streamOnly ? ", while the camera's other services are mapped" : "")
                + (trialMade ? "; one made for the trial was accepted, and released again." : ".");
        return Finding.of(
                streamOnly ? FindingCode.RTSP_NOT_MAPPED : FindingCode.NOT_MAPPED,
                message,
                "Publish the camera with this service.");
    }

    private static String service(PublishedEndpoint endpoint) {
        return endpoint.camera().name() + " " + endpoint.service().name();
    }

    /** What is relayed is said once for all cameras. */
    static Optional<Finding> relayed(List<PublishedEndpoint> endpoints) {
        List<PublishedEndpoint> relayed =
                endpoints.stream().filter(e -> e.relay().isPresent()).toList();
        if (relayed.isEmpty()) {
            return Optional.empty();
        }
        String host = relayed.get(0).relay().orElseThrow().address().getHostAddress();
        return Optional.of(Finding.of(
                FindingCode.RELAYED,
                names(relayed) + ": the router did not map for the camera itself, but for this host (" + host
                        + "), which relays. So it is reached only while this process runs, and all pictures pass through"
                        + " this host.",
                "Keep this process running, and this host at a fixed address; have viewers take RTSP over TCP. What would"
                        + " make the relay unnecessary is said with the router's refusal."));
    }

    static Finding relayUnusable(Camera camera, String why) {
        return Finding.of(
                FindingCode.RELAY_UNUSABLE,
                camera.name() + " cannot be relayed: this host cannot listen for it: " + why,
                "Free the port, or look for what forbids it (a firewall, a container).");
    }

    /** A mapping of ours leads to a port of this host, and nobody listens there. */
    static Finding relayDown(Gateway gateway, Subject subject, PortMapping mapping) {
        return Finding.of(
                FindingCode.RELAY_DOWN,
                gateway + " leads external port " + mapping.externalPort() + " for "
                        + subject.camera().name() + " "
                        + subject.service().name() + " to a relay at " + mapping.internalClient() + ":"
                        + mapping.internalPort() + ", this host, and nothing listens there.",
                "Publish the camera again with the relay and leave that process running, or release the camera.");
    }

    /** What publishing exposes, said once for all cameras. */
    static List<Finding> exposure(List<PublishedEndpoint> endpoints, SourcePolicy source) {
        List<Finding> findings = new ArrayList<>();
        if (source.isAnyone() && !endpoints.isEmpty()) {
            findings.add(Finding.of(
                    FindingCode.OPEN_TO_ANYONE,
                    names(endpoints) + " can be reached by anyone on the Internet.",
                    "Restrict the source where the router can, use strong passwords and current firmware."));
        }
        List<PublishedEndpoint> clear = endpoints.stream()
                .filter(e -> e.service().scheme() == Target.Scheme.HTTP
                        || e.service().scheme() == Target.Scheme.RTSP)
                .toList();
        if (!clear.isEmpty()) {
            findings.add(Finding.of(
                    FindingCode.CLEAR_TEXT,
                    names(clear)
                            + ": HTTP and RTSP carry pictures, and with Basic authentication passwords too, without"
                            + " encryption.",
                    "Publish HTTPS instead of HTTP where the camera has it, and use a password that is used"
                            + " nowhere else."));
        }
        return findings;
    }

    private static String names(List<PublishedEndpoint> endpoints) {
        List<String> names =
                endpoints.stream().map(e -> e.camera().name()).distinct().toList();
        return names.size() <= MOST_NAMES
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " more";
    }

    /** Something that went wrong on the way and was got round. */
    static Finding overcome(Finding finding) {
        return finding.severity() == Severity.ERROR
                ? new Finding(finding.code(), Severity.INFO, finding.message(), finding.remedy())
                : finding;
    }

    /** Errors first, and among them what explains the others before what merely follows. */
    static List<Finding> byCause(List<Finding> findings) {
        return once(findings).stream()
                .sorted(Comparator.comparing(Finding::severity).reversed().thenComparing(f -> depth(f.code())))
                .toList();
    }

    /** Each once; what concerns the gateway as a whole, and is found out with every service, in its first words only. */
    private static List<Finding> once(List<Finding> findings) {
        Set<FindingCode> said = EnumSet.noneOf(FindingCode.class);
        return findings.stream()
                .distinct()
                .filter(finding -> !OF_THE_GATEWAY.contains(finding.code()) || said.add(finding.code()))
                .toList();
    }

    /** How far from the root of what is wrong: lower explains higher. */
    private static int depth(FindingCode code) {
        return switch (code) {
            case CAMERA_DOWN -> 0;
            case DOUBLE_NAT, CGNAT, EXTERNAL_ADDRESS_UNUSABLE -> 1;
            case NOT_MAPPED -> 3;
            case NOT_REACHABLE, TIMED_OUT, NO_HAIRPIN, AGENT_UNUSABLE -> 4;
            default -> 2;
        };
    }

    /** Errors first; within a severity the order stays, the cause first. */
    static List<Finding> ranked(List<Finding> findings) {
        return once(findings).stream()
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    }
}
