package dev.porthole.examples;

import dev.porthole.Deadline;
import dev.porthole.GatewayReport;
import dev.porthole.Porthole;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.Severity;
import dev.porthole.examples.GatewayOptions.LedgerUse;
import dev.porthole.mapping.Gateway;
import dev.porthole.routers.RouterIdentification;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code porthole discover}. */
@Command(
        name = "discover",
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Shows the gateways of this LAN: protocols, external address, capabilities.",
        description = {
            "",
            "Says too which brand the router's pages are of: of the gateways found, else of this host's default gateway, or"
                    + " of --router. No password is sent.",
            "Exit status 0 where at least one gateway can be used, else 3."
        },
        footer = {
            "",
            "Examples:",
            "  porthole discover",
            "  porthole discover --interface eth1 --timeout 5",
            "  porthole discover --gateway 192.168.1.1 --json",
            "  porthole discover --router https://192.168.45.143"
        })
final class DiscoverCommand extends Subcommand {
    @Mixin
    GatewayOptions gateways = new GatewayOptions();

    /** What was found: gateways, and the pages of routers by their address. */
    record Found(
            GatewayReport report,
            Map<InetAddress, RouterIdentification> administrations,
            Optional<RouterIdentification> asked) {
        Found {
            List<Finding> told = new ArrayList<>(report.findings());
            asked.ifPresent(router -> told.replaceAll(finding -> Administration.told(finding, router)));
            report = new GatewayReport(report.gateways(), told);
        }

        /** Without a look at any router's pages. */
        static Found of(GatewayReport report) {
            return new Found(report, Map.of(), Optional.empty());
        }

        Optional<RouterIdentification> of(Gateway gateway) {
            return Optional.ofNullable(administrations.get(gateway.lanAddress()));
        }
    }

    DiscoverCommand(Session session) {
        super(session);
        gateways.router.makeOptional();
    }

    @Override
    Answer answer() throws InterruptedException {
        Deadline deadline = gateways.deadline();
        Found found = gateways.use(
                session,
                LedgerUse.NONE,
                progress,
                builder -> {},
                porthole -> looked(porthole, porthole.discover(false), deadline));
        return Answer.of(status(found.report()), () -> Documents.discovery(found), () -> Pages.discovery(found));
    }

    private Found looked(Porthole porthole, GatewayReport report, Deadline deadline) throws InterruptedException {
        progress.progress("looking at the router's pages");
        Optional<RouterIdentification> asked = gateways.router.identification();
        List<InetAddress> routers = new ArrayList<>();
        report.gateways().forEach(entry -> routers.add(entry.gateway().lanAddress()));
        Optional<InetAddress> wayOut = asked.isPresent() || !routers.isEmpty()
                ? Optional.empty()
                : session.defaultGateway().apply(porthole);
        wayOut.ifPresent(routers::add);
        Map<InetAddress, RouterIdentification> found = Administration.of(routers, deadline);
        return new Found(report, found, asked.or(() -> wayOut.map(found::get)));
    }

    private static ExitStatus status(GatewayReport report) {
        boolean usable = report.gateways().stream()
                .anyMatch(entry -> entry.findings().stream().noneMatch(f -> f.severity() == Severity.ERROR));
        return usable ? ExitStatus.DONE : ExitStatus.NOT_PUBLISHED;
    }

    @Override
    Map<String, Object> nothing() {
        return Documents.noDiscovery();
    }
}
