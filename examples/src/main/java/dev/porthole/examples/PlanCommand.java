package dev.porthole.examples;

import dev.porthole.Camera;
import dev.porthole.PublicationPlan;
import dev.porthole.diagnose.Severity;
import dev.porthole.examples.GatewayOptions.LedgerUse;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code porthole plan}. */
@Command(
        name = "plan",
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Shows which external ports publishing would take, and why; changes nothing.",
        description = "%nExit status 0 where every service gets a port, else 3.",
        footer = {
            "",
            "Examples:",
            "  porthole plan --camera 192.168.69.110",
            "  porthole plan --camera 192.168.69.110 --https 443 --policy 80xx",
            "  porthole plan --cameras cameras.yaml --avoid 554 --json"
        })
final class PlanCommand extends Subcommand {
    @Mixin
    CameraOptions options = new CameraOptions();

    @Mixin
    GatewayOptions gateways = new GatewayOptions();

    PlanCommand(Session session) {
        super(session);
    }

    @Override
    Answer answer() throws InterruptedException {
        List<Camera> cameras = options.cameras(session);
        PublicationPlan plan = gateways.use(
                session,
                LedgerUse.IF_PRESENT,
                progress,
                builder -> {},
                porthole -> porthole.plan(cameras.toArray(Camera[]::new)));
        return Answer.of(status(plan), () -> Documents.plan(plan, cameras), () -> Pages.plan(plan, cameras));
    }

    private static ExitStatus status(PublicationPlan plan) {
        boolean complete = plan.gateway().isPresent()
                && plan.ports().complete()
                && plan.findings().stream().noneMatch(f -> f.severity() == Severity.ERROR);
        return complete ? ExitStatus.DONE : ExitStatus.NOT_PUBLISHED;
    }

    @Override
    Map<String, Object> nothing() {
        return Documents.noPlan();
    }
}
