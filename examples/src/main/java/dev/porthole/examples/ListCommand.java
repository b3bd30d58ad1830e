package dev.porthole.examples;

import dev.porthole.GatewayReport;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.diagnose.Severity;
import dev.porthole.examples.GatewayOptions.LedgerUse;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code porthole list}. */
@Command(
        name = "list",
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Lists the mappings that the gateway has, with ours marked.",
        description = "%nExit status 0 where they could be read, else 3.",
        footer = {
            "",
            "Examples:",
            "  porthole list",
            "  porthole list --gateway 192.168.1.1",
            "  porthole list --json | jq '.mappings[] | select(.ours)'"
        })
final class ListCommand extends Subcommand {
    /** These say that mappings are of no use, not that they cannot be read. */
    private static final Set<FindingCode> ABOUT_ADDRESSES =
            EnumSet.of(FindingCode.DOUBLE_NAT, FindingCode.CGNAT, FindingCode.EXTERNAL_ADDRESS_UNUSABLE);

    @Mixin
    GatewayOptions gateways = new GatewayOptions();

    ListCommand(Session session) {
        super(session);
    }

    @Override
    Answer answer() throws InterruptedException {
        GatewayReport report =
                gateways.use(session, LedgerUse.NONE, progress, builder -> {}, porthole -> porthole.discover(true));
        return Answer.of(status(report), () -> Documents.mappings(report), () -> Pages.mappings(report));
    }

    private static ExitStatus status(GatewayReport report) {
        boolean read = report.gateways().stream()
                .limit(1)
                .anyMatch(entry -> entry.findings().stream()
                        .noneMatch(f -> f.severity() == Severity.ERROR && !ABOUT_ADDRESSES.contains(f.code())));
        return read ? ExitStatus.DONE : ExitStatus.NOT_PUBLISHED;
    }

    @Override
    Map<String, Object> nothing() {
        return Documents.noMappings();
    }
}
