package dev.porthole.examples;

import dev.porthole.GatewayReport;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.diagnose.Severity;
import dev.porthole.examples.GatewayOptions.LedgerUse;
import dev.porthole.routers.WebRouter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
            "  porthole list --router http://192.168.1.1 --router-brand table --explain",
            "  porthole list --json | jq '.mappings[] | select(.ours)'"
        })
final class ListCommand extends Subcommand {
    /** These say that mappings are of no use, not that they cannot be read. */
    private static final Set<FindingCode> ABOUT_ADDRESSES =
            EnumSet.of(FindingCode.DOUBLE_NAT, FindingCode.CGNAT, FindingCode.EXTERNAL_ADDRESS_UNUSABLE);

    @Option(
            names = "--explain",
            order = 1,
            description = "Tell instead how the router's pages were read, column by column (--router-brand table).")
    boolean explain;

    @Mixin
    GatewayOptions gateways = new GatewayOptions();

    ListCommand(Session session) {
        super(session);
    }

    @Override
    Answer answer() throws InterruptedException {
        if (explain) {
            return explained();
        }
        GatewayReport report =
                gateways.use(session, LedgerUse.NONE, progress, builder -> {}, porthole -> porthole.discover(true));
        return Answer.of(status(report), () -> Documents.mappings(report), () -> Pages.mappings(report));
    }

    private Answer explained() throws InterruptedException {
        WebRouter router = gateways.router
                .router(session)
                .orElseThrow(() -> new InvalidInput("--explain", "it needs --router and --router-brand"));
        List<String> lines = router.explain(gateways.deadline());
        gateways.router.tellKey(session, router);
        return Answer.of(
                ExitStatus.DONE,
                () -> {
                    Map<String, Object> document = nothing();
                    document.put("explanation", lines);
                    return document;
                },
                () -> lines.stream().map(line -> Words.plain(line) + "\n").collect(Collectors.joining()));
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
