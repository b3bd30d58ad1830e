package dev.porthole.examples;

import dev.porthole.ReleaseReport;
import dev.porthole.examples.GatewayOptions.LedgerUse;
import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code porthole release}. */
@Command(
        name = "release",
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Releases mappings of ours; never a foreign one.",
        description = "%nExit status 0 where nothing of what was to go is left, else 3.",
        footer = {
            "",
            "Examples:",
            "  porthole release --camera 192.168.69.110",
            "  porthole release --all-ours",
            "  porthole release --camera 192.168.69.110 --ledger porthole.ledger --json"
        })
final class ReleaseCommand extends Subcommand {
    @Option(
            names = "--camera",
            paramLabel = "HOST",
            order = 1,
            description = "Release all mappings of ours that lead to this camera.")
    @Nullable
    String camera;

    @Option(names = "--all-ours", order = 2, description = "Release all mappings of ours.")
    boolean allOurs;

    @Mixin
    GatewayOptions gateways = new GatewayOptions();

    ReleaseCommand(Session session) {
        super(session);
    }

    @Override
    Answer answer() throws InterruptedException {
        if ((camera != null) == allOurs) {
            throw new InvalidInput("release", "say what: either --camera HOST or --all-ours");
        }
        InetAddress address = camera == null ? null : Inputs.host("--camera", camera);
        ReleaseReport report = gateways.use(
                session,
                LedgerUse.IF_PRESENT,
                progress,
                builder -> {},
                porthole -> address == null ? porthole.releaseAllOurs() : porthole.release(address));
        return Answer.of(
                report.complete() ? ExitStatus.DONE : ExitStatus.NOT_PUBLISHED,
                () -> Documents.release(report),
                () -> Pages.release(report));
    }

    @Override
    Map<String, Object> nothing() {
        return Documents.noRelease();
    }
}
