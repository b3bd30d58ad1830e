package dev.porthole.examples;

import dev.porthole.GatewayReport;
import dev.porthole.diagnose.Severity;
import dev.porthole.examples.GatewayOptions.LedgerUse;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code porthole discover}. */
@Command(
        name = "discover",
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Shows the gateways of this LAN: protocols, external address, capabilities.",
        description = "%nExit status 0 where at least one gateway can be used, else 3.",
        footer = {
            "",
            "Examples:",
            "  porthole discover",
            "  porthole discover --interface eth1 --timeout 5",
            "  porthole discover --gateway 192.168.1.1 --json"
        })
final class DiscoverCommand extends Subcommand {
    @Mixin
    GatewayOptions gateways = new GatewayOptions();

    DiscoverCommand(Session session) {
        super(session);
    }

    @Override
    Answer answer() throws InterruptedException {
        GatewayReport report =
                gateways.use(session, LedgerUse.NONE, progress, builder -> {}, porthole -> porthole.discover(false));
        return Answer.of(status(report), () -> Documents.discovery(report), () -> Pages.discovery(report));
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
