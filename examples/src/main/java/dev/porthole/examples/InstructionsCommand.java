package dev.porthole.examples;

import dev.porthole.Camera;
import dev.porthole.Deadline;
import dev.porthole.Porthole;
import dev.porthole.PublicationPlan;
import dev.porthole.SourcePolicy;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.Severity;
import dev.porthole.examples.GatewayOptions.LedgerUse;
import dev.porthole.mapping.Gateway;
import dev.porthole.plan.PortPlan;
import dev.porthole.plan.PortPolicy;
import dev.porthole.plan.Rejection;
import dev.porthole.routers.ForwardedPort;
import dev.porthole.routers.RouterGuide;
import dev.porthole.routers.RouterGuides;
import dev.porthole.routers.RouterIdentification;
import dev.porthole.routers.RouterIdentification.Match;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code porthole instructions}. */
@Command(
        name = "instructions",
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Tells how to forward the ports by hand, on this brand of router, with this camera's values.",
        description = {
            "",
            "Changes nothing. The router's brand is looked for on its pages, without logging in, unless --router-brand says"
                    + " it: a brand that can be driven, or one of those below. With --offline nobody is asked.",
            "Exit status 0 where every service has its steps, else 3; with --then-verify as 'verify'."
        },
        footer = {
            "",
            "Examples:",
            "  porthole instructions --camera 192.168.69.110 --router-brand fritzbox",
            "  porthole instructions --camera 192.168.69.110 --router 192.168.45.143 \\",
            "      --external http=8888 --external rtsp=8889 --markdown",
            "  porthole instructions --camera 192.168.69.110 --router-brand table \\",
            "      --external-address 203.0.113.7 --then-verify"
        })
final class InstructionsCommand extends Subcommand {
    @Mixin
    CameraOptions options = new CameraOptions();

    @Option(
            names = "--source",
            paramLabel = "CIDR",
            order = 21,
            description = "Who may connect: a block, an address, or any (default). May be repeated.")
    List<String> source = new ArrayList<>();

    @Option(
            names = "--external-address",
            paramLabel = "ADDR",
            order = 22,
            description = "The address at which the router is reached from outside. Default: what the router tells.")
    @Nullable
    String externalAddress;

    @Option(names = "--markdown", order = 23, description = "Print Markdown.")
    boolean markdown;

    @Option(
            names = "--guides",
            paramLabel = "DIR",
            order = 24,
            description =
                    "A directory of guides of your own, or translated ones; see format.txt in the routers module.")
    @Nullable
    String guides;

    @Option(names = "--offline", order = 25, description = "Ask no router for what it has, and look at no page.")
    boolean offline;

    @Mixin
    ThenVerifyOptions then = new ThenVerifyOptions();

    @Mixin
    VantageOptions vantage = new VantageOptions();

    @Mixin
    GatewayOptions gateways = new GatewayOptions();

    InstructionsCommand(Session session) {
        super(session);
        gateways.router.makeOptional();
        gateways.router.allowBrandAlone();
    }

    /** The steps, or why there are none. */
    record Steps(Optional<ByHand> byHand, List<Finding> findings) {}

    @Override
    Answer answer() throws InterruptedException {
        List<Camera> cameras = options.cameras(session);
        RouterGuides known = guides();
        Optional<RouterGuide> named = Optional.ofNullable(gateways.router.brand).map(brand -> named(known, brand));
        Steps steps = steps(cameras, known, named);
        if (steps.byHand().isEmpty()) {
            return Answer.of(
                    ExitStatus.NOT_PUBLISHED,
                    () -> InstructionDocuments.none(steps.findings()),
                    () -> new Page().findings(steps.findings()).toString());
        }
        ByHand byHand = steps.byHand().get();
        String verify = byHand.verifyCommand(options.typedAccount());
        if (then.asked()) {
            return then.verify(
                    this, byHand, text(byHand, verify), InstructionDocuments.of(byHand, steps.findings(), verify));
        }
        return Answer.of(
                ExitStatus.DONE,
                () -> InstructionDocuments.of(byHand, steps.findings(), verify),
                () -> text(byHand, verify));
    }

    private String text(ByHand byHand, String verify) {
        return markdown
                ? byHand.instructions().markdown() + "\nThen try it from outside:\n\n```\n" + verify + "\n```\n"
                : byHand.instructions().text() + "\nThen try it, best from another network:\n  " + verify + "\n";
    }

    private RouterGuides guides() {
        if (guides == null) {
            return RouterGuides.builtIn();
        }
        try {
            return RouterGuides.builtIn().overlaid(Path.of(guides));
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidInput("--guides", Words.quoted(guides) + " cannot be used: " + Words.plain(e.toString()));
        }
    }

    private static RouterGuide named(RouterGuides known, String brand) {
        return known.byId(brand)
                .orElseThrow(() -> new InvalidInput(
                        "--router-brand",
                        Words.quoted(brand) + " has no steps here; choose one of " + known.ids()
                                + " (table suits any other)"));
    }

    private Steps steps(List<Camera> cameras, RouterGuides known, Optional<RouterGuide> named)
            throws InterruptedException {
        Optional<InetAddress> outside =
                Optional.ofNullable(externalAddress).map(text -> Inputs.host("--external-address", text));
        if (offline || gateways.byHandOnly() || (named.isPresent() && allSaid(cameras))) {
            return steps(
                    cameras,
                    named.orElseGet(known::any),
                    Optional.empty(),
                    Optional.empty(),
                    outside,
                    Optional.empty());
        }
        Deadline deadline = gateways.deadline();
        return gateways.use(session, LedgerUse.IF_PRESENT, progress, builder -> builder.source(sources()), porthole -> {
            PublicationPlan plan = porthole.plan(cameras.toArray(Camera[]::new));
            Optional<InetAddress> router = router(plan, porthole);
            Optional<RouterIdentification> pages = pages(router, deadline);
            RouterGuide guide = named.or(() -> pages.flatMap(RouterIdentification::best)
                            .map(Match::brand)
                            .flatMap(known::byId))
                    .orElseGet(known::any);
            return steps(
                    cameras,
                    guide,
                    pages,
                    router,
                    outside.or(() -> plan.externalAddress().address()),
                    plan.gateway().isPresent() ? Optional.of(plan) : Optional.empty());
        });
    }

    /** Whether there is nothing that a router could tell. */
    private static boolean allSaid(List<Camera> cameras) {
        return cameras.stream()
                .flatMap(camera -> camera.services().stream())
                .allMatch(service -> service.policy() instanceof PortPolicy.Manual);
    }

    private Optional<InetAddress> router(PublicationPlan plan, Porthole porthole) throws InterruptedException {
        return gateways.router
                .identification()
                .map(RouterIdentification::url)
                .map(url -> Inputs.host("--router", url.getHost()))
                .or(() -> plan.gateway().map(Gateway::lanAddress))
                .or(() -> session.defaultGateway().apply(porthole));
    }

    private Optional<RouterIdentification> pages(Optional<InetAddress> router, Deadline deadline)
            throws InterruptedException {
        Optional<RouterIdentification> given = gateways.router.identification();
        if (given.isPresent() || router.isEmpty()) {
            return given;
        }
        return Optional.ofNullable(
                Administration.of(List.of(router.get()), deadline).get(router.get()));
    }

    private Steps steps(
            List<Camera> cameras,
            RouterGuide guide,
            Optional<RouterIdentification> pages,
            Optional<InetAddress> router,
            Optional<InetAddress> outside,
            Optional<PublicationPlan> asked) {
        PortPlan plan = asked.map(PublicationPlan::ports).orElseGet(() -> ByHand.unasked(cameras, gateways.avoided()));
        List<Finding> findings = new ArrayList<>(asked.map(PublicationPlan::findings)
                .orElseGet(
                        () -> plan.rejections().stream().map(Rejection::finding).toList()));
        List<ForwardedPort> ports = ForwardedPort.of(cameras, plan);
        boolean complete = plan.complete()
                && !ports.isEmpty()
                && findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
        return complete
                ? new Steps(
                        Optional.of(new ByHand(
                                guide,
                                pages.map(RouterIdentification::url).or(gateways.router::place),
                                router,
                                outside,
                                sources(),
                                ports,
                                asked.isPresent())),
                        findings)
                : new Steps(Optional.empty(), findings);
    }

    private SourcePolicy sources() {
        return source.isEmpty() ? SourcePolicy.anyone() : Inputs.source("--source", source);
    }

    @Override
    Map<String, Object> nothing() {
        return InstructionDocuments.none(List.of());
    }
}
