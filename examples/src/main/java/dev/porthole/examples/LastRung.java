package dev.porthole.examples;

import dev.porthole.Camera;
import dev.porthole.Deadline;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.SourcePolicy;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.diagnose.Severity;
import dev.porthole.mapping.Gateway;
import dev.porthole.routers.ForwardedPort;
import dev.porthole.routers.RouterGuide;
import dev.porthole.routers.RouterGuides;
import dev.porthole.routers.RouterIdentification;
import dev.porthole.routers.RouterIdentification.Match;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is left where nothing could be published: the steps by hand, where a person can do what the program could not. */
final class LastRung {
    /** Refusals that do not bind a person at the router's own pages. */
    private static final Set<FindingCode> OVERCOME_BY_HAND = EnumSet.of(
            FindingCode.NO_GATEWAY,
            FindingCode.UPNP_OFF,
            FindingCode.MALFORMED_REPLY,
            FindingCode.TIMED_OUT,
            FindingCode.SECURE_MODE,
            FindingCode.NOT_AUTHORIZED,
            FindingCode.ROUTER_POLICY,
            FindingCode.NOT_STORED,
            FindingCode.NOT_MAPPED,
            FindingCode.ROUTER_ERROR,
            FindingCode.LOGIN_REFUSED,
            FindingCode.LOGIN_LOCKED,
            FindingCode.PAGE_NOT_UNDERSTOOD,
            FindingCode.AMBIGUOUS_TABLE,
            FindingCode.NEEDS_SCRIPT,
            FindingCode.SCHEMA_UNKNOWN,
            FindingCode.SAME_PORT_REQUIRED,
            FindingCode.SOURCE_RESTRICTION_UNSUPPORTED);

    private final Session session;
    private final GatewayOptions gateways;
    private final SourcePolicy source;

    LastRung(Session session, GatewayOptions gateways, SourcePolicy source) {
        this.session = session;
        this.gateways = gateways;
        this.source = source;
    }

    /** The steps for what was not published; empty where they would not help. */
    Optional<ByHand> after(Publication publication, Porthole porthole, Deadline deadline) throws InterruptedException {
        List<Camera> cameras = publication.unpublished();
        if (cameras.isEmpty() || cause(publication.findings()).isEmpty()) {
            return Optional.empty();
        }
        List<ForwardedPort> ports = ForwardedPort.of(cameras, ByHand.unasked(cameras, gateways.avoided()));
        if (ports.isEmpty()) {
            return Optional.empty();
        }
        Optional<InetAddress> router = publication
                .gateway()
                .map(Gateway::lanAddress)
                .or(() -> session.defaultGateway().apply(porthole));
        Optional<RouterIdentification> pages =
                gateways.byHandOnly() || gateways.router.brand != null ? Optional.empty() : pages(router, deadline);
        return Optional.of(new ByHand(
                guide(RouterGuides.builtIn(), pages),
                pages.map(RouterIdentification::url).or(() -> gateways.router.place()),
                router,
                publication.externalAddress().address().or(publication::reflexiveAddress),
                source,
                ports,
                false));
    }

    private Optional<RouterIdentification> pages(Optional<InetAddress> router, Deadline deadline)
            throws InterruptedException {
        Optional<RouterIdentification> given = gateways.router.identification();
        if (given.isPresent() || router.isEmpty()) {
            return given;
        }
        Map<InetAddress, RouterIdentification> found = Administration.of(List.of(router.get()), deadline);
        return Optional.ofNullable(found.get(router.get()));
    }

    private RouterGuide guide(RouterGuides guides, Optional<RouterIdentification> pages) {
        Optional<String> brand = Optional.ofNullable(gateways.router.brand)
                .or(() -> pages.flatMap(RouterIdentification::best).map(Match::brand));
        return brand.flatMap(guides::byId).orElseGet(guides::any);
    }

    /** The first error, where a person is not bound by it. */
    private static Optional<Finding> cause(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .findFirst()
                .filter(finding -> OVERCOME_BY_HAND.contains(finding.code()));
    }

    /** The publication, its cause's remedy naming the command that tells the steps. */
    static Publication told(Publication publication, ByHand byHand, List<String> cameras) {
        List<String> words = new ArrayList<>(List.of("porthole", "instructions"));
        words.addAll(cameras);
        words.addAll(List.of("--router-brand", byHand.guide().id()));
        byHand.router().map(URI::toString).ifPresent(url -> words.addAll(List.of("--router", url)));
        List<Finding> findings = new ArrayList<>(publication.findings());
        cause(findings)
                .ifPresent(cause -> findings.set(
                        findings.indexOf(cause),
                        new Finding(
                                cause.code(),
                                cause.severity(),
                                cause.message(),
                                (cause.remedy() + " The steps by hand: " + Words.command(words)).strip())));
        return publication.with(publication.endpoints(), findings);
    }
}
