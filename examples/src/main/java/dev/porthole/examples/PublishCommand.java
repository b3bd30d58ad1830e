package dev.porthole.examples;

import dev.porthole.Camera;
import dev.porthole.Deadline;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.SourcePolicy;
import dev.porthole.examples.GatewayOptions.LedgerUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code porthole publish}. */
@Command(
        name = "publish",
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Makes cameras reachable from outside, and tries whether they are.",
        description = {
            "",
            "Maps every service of a camera or none. Running it again is safe: what is mapped keeps its port. Ctrl-C"
                    + " releases what this run had mapped.",
            "Where nothing can be published and a person can do it on the router's pages, the steps follow.",
            "With --relay, where a router maps only for the host that asks (secure mode), this host has a port mapped for"
                    + " itself and forwards it to the camera. Then it stays: what is relayed is reached only while it runs, and"
                    + " all pictures pass through this host. Ctrl-C or SIGTERM releases what is relayed; status 0.",
            "Exit status 0 published and reachable (or not to be verified), 3 not published, 4 published but not reachable,"
                    + " 5 inconclusive."
        },
        footer = {
            "",
            "Examples:",
            "  porthole publish --camera 192.168.69.110 --brand milesight",
            "  porthole publish --camera 192.168.69.110 --name front-door \\",
            "      --user viewer --password-file front-door.password",
            "  porthole publish --camera 192.168.69.110 --external http=8888 \\",
            "      --external rtsp=8889 --source 198.51.100.0/24",
            "  porthole publish --camera 192.168.69.110 --relay --ledger porthole.ledger",
            "  porthole publish --cameras cameras.yaml --ledger porthole.ledger --json",
            "  porthole publish --camera 192.168.69.110 --stun stun.example.org \\",
            "      --verify-from https://probe.example.org --agent-token-file site.token"
        })
final class PublishCommand extends Subcommand {
    @Mixin
    CameraOptions options = new CameraOptions();

    @Option(
            names = "--lease",
            paramLabel = "SECONDS",
            order = 20,
            description = "The lease to ask for; 0 is permanent. Default: 86400, a day.")
    @Nullable
    String lease;

    @Option(
            names = "--source",
            paramLabel = "CIDR",
            order = 21,
            description =
                    "Who may connect: a block such as 198.51.100.0/24, an address, or any (default). May be repeated.")
    List<String> source = new ArrayList<>();

    @Option(
            names = "--relay",
            order = 28,
            description = "Where the router maps for this host only: relay through it, and stay. TCP only.")
    boolean relay;

    @Option(names = "--no-verify", order = 29, description = "Do not try the services.")
    boolean noVerify;

    @Mixin
    VantageOptions vantage = new VantageOptions();

    @Mixin
    GatewayOptions gateways = new GatewayOptions();

    private final RelayWatch watch;

    PublishCommand(Session session) {
        super(session);
        watch = new RelayWatch(session);
    }

    /** What came of it, and what a person can do where it came to nothing. */
    private record Outcome(Publication publication, Optional<ByHand> byHand) {}

    @Override
    Answer answer() throws InterruptedException {
        List<Camera> cameras = options.cameras(session);
        LastRung lastRung = new LastRung(session, gateways, sources());
        return gateways.use(session, LedgerUse.KEEP, progress, this::configure, porthole -> {
            Deadline deadline = gateways.deadline();
            Publication publication = porthole.publish(cameras.toArray(Camera[]::new));
            Optional<ByHand> byHand = lastRung.after(publication, porthole, deadline);
            Publication told = byHand.map(steps -> LastRung.told(publication, steps, options.typed()))
                    .orElse(publication);
            Answer answer = answer(new Outcome(told, byHand));
            if (!RelayWatch.needed(told)) {
                return answer;
            }
            progress.end();
            answer.print(session, json);
            return Answer.printed(watch.serve(porthole, cameras, told));
        });
    }

    private Answer answer(Outcome outcome) {
        return Answer.of(
                ExitStatus.of(outcome.publication().status(), !noVerify),
                () -> document(outcome),
                () -> Pages.publication(outcome.publication(), !noVerify)
                        + outcome.byHand()
                                .map(steps -> "\n" + steps.instructions().text())
                                .orElse(""));
    }

    private static Map<String, Object> document(Outcome outcome) {
        Map<String, Object> document = Documents.publication(outcome.publication());
        outcome.byHand()
                .ifPresent(steps -> document.put(
                        "instructions", steps.instructions().markdown().lines().toList()));
        return document;
    }

    private SourcePolicy sources() {
        return source.isEmpty() ? SourcePolicy.anyone() : Inputs.source("--source", source);
    }

    private void configure(Porthole.Builder builder) {
        builder.verify(!noVerify);
        if (relay || gateways.namesRelay()) {
            builder.relay(session.relays().get().listener(watch).build());
        }
        vantage.configure(session, builder, VantageOptions.BRIEFLY);
        if (lease != null) {
            builder.lease(Inputs.lease("--lease", lease));
        }
        builder.source(sources());
    }

    @Override
    Map<String, Object> nothing() {
        return Documents.noPublication();
    }
}
