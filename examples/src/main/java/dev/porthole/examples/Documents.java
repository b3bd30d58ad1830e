package dev.porthole.examples;

import dev.porthole.Camera;
import dev.porthole.CameraService;
import dev.porthole.Diagnosis;
import dev.porthole.ExaminedService;
import dev.porthole.GatewayReport;
import dev.porthole.Publication;
import dev.porthole.PublicationPlan;
import dev.porthole.PublishedEndpoint;
import dev.porthole.ReleaseReport;
import dev.porthole.Rung;
import dev.porthole.diagnose.Finding;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.PortMapping;
import dev.porthole.plan.PlanItem;
import dev.porthole.plan.Rejection;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
import dev.porthole.routers.RouterProfile;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The documents of {@code --json}. Programs rely on every name in here. */
final class Documents {
    private Documents() {}

    /** The outcome of {@code publish} and {@code demo}. */
    static Map<String, Object> publication(Publication publication) {
        List<Object> endpoints = new ArrayList<>();
        publication.endpoints().forEach(endpoint -> endpoints.add(endpoint(endpoint)));
        Map<String, Object> document = publication(
                publication.gateway().map(Documents::gateway).orElse(null),
                address(publication.externalAddress()),
                publication.reflexiveAddress().map(InetAddress::getHostAddress).orElse(null),
                endpoints,
                publication.timings());
        document.put("findings", findings(publication.findings()));
        document.put("rungs", publication.rungs().stream().map(Documents::rung).toList());
        document.put("timings", timings(publication.timings()));
        return document;
    }

    /** A publication that came to nothing. */
    static Map<String, Object> noPublication() {
        Publication.Timings none = new Publication.Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        return publication(null, null, null, List.of(), none);
    }

    private static Map<String, Object> publication(
            @Nullable Object gateway,
            @Nullable Object external,
            @Nullable Object reflexive,
            List<Object> endpoints,
            Publication.Timings timings) {
        return object(
                "gateway",
                gateway,
                "externalAddress",
                external,
                "reflexiveAddress",
                reflexive,
                "endpoints",
                endpoints,
                "findings",
                List.of(),
                "rungs",
                List.of(),
                "timings",
                timings(timings));
    }

    /** One rung of the ladder: what came of it, and why it did not do. */
    private static Map<String, Object> rung(Rung rung) {
        return object(
                "protocol",
                rung.protocol().id(),
                "gateway",
                rung.gateway().map(Documents::gateway).orElse(null),
                "outcome",
                rung.outcome().name(),
                "reason",
                rung.reason().orElse(null),
                "codes",
                rung.findings().stream()
                        .map(finding -> finding.code().name())
                        .distinct()
                        .toList());
    }

    private static Map<String, Object> endpoint(PublishedEndpoint endpoint) {
        PortMapping mapping = endpoint.mapping();
        return object(
                "camera",
                endpoint.camera().name(),
                "service",
                endpoint.service().name(),
                "uri",
                endpoint.target().map(Target::uri).orElse(null),
                "externalPort",
                mapping.externalPort(),
                "internalAddress",
                endpoint.camera().address().getHostAddress(),
                "internalPort",
                endpoint.service().port(),
                "via",
                endpoint.relay().isPresent() ? "relay" : "direct",
                "relay",
                endpoint.relay().map(Documents::relay).orElse(null),
                "protocol",
                mapping.protocol().name(),
                "leaseSeconds",
                leaseSeconds(mapping),
                "verdict",
                endpoint.verdict().map(Documents::verdict).orElse(null));
    }

    private static Map<String, Object> relay(InternalEndpoint relay) {
        return object("address", relay.address().getHostAddress(), "port", relay.port());
    }

    private static Map<String, Object> timings(Publication.Timings timings) {
        return object(
                "discoverMs",
                timings.discover().toMillis(),
                "mapMs",
                timings.map().toMillis(),
                "verifyMs",
                timings.verify().toMillis());
    }

    private static Map<String, Object> verdict(Verdict verdict) {
        Map<String, Object> times = new LinkedHashMap<>();
        verdict.times().forEach((stage, time) -> times.put(stage.name(), time.toMillis()));
        return object(
                "status",
                verdict.status().name(),
                "stage",
                verdict.stage().name(),
                "vantage",
                verdict.vantage().label(),
                "evidence",
                verdict.evidence(),
                "timesMs",
                times);
    }

    /** The outcome of {@code plan}. */
    static Map<String, Object> plan(PublicationPlan plan, List<Camera> cameras) {
        List<Object> endpoints = new ArrayList<>();
        List<Object> rejections = new ArrayList<>();
        for (Camera camera : cameras) {
            for (CameraService service : camera.services()) {
                PlanItem item = camera.planItem(service);
                plan.ports().assignment(item).ifPresent(assignment -> {
                    Map<String, Object> endpoint = item(camera, service, item);
                    endpoint.put("externalPort", assignment.externalPort());
                    endpoint.put("choice", assignment.choice().name());
                    endpoint.put("reason", assignment.choice().reason());
                    endpoints.add(endpoint);
                });
                rejection(plan, item).ifPresent(rejection -> {
                    Map<String, Object> refused = item(camera, service, item);
                    refused.put("code", rejection.code().name());
                    refused.put("reason", rejection.reason());
                    refused.put("alternatives", rejection.alternatives());
                    rejections.add(refused);
                });
            }
        }
        return object(
                "gateway",
                plan.gateway().map(Documents::gateway).orElse(null),
                "externalAddress",
                address(plan.externalAddress()),
                "endpoints",
                endpoints,
                "rejections",
                rejections,
                "findings",
                findings(plan.findings()));
    }

    private static Map<String, Object> item(Camera camera, CameraService service, PlanItem item) {
        return object(
                "camera",
                camera.name(),
                "service",
                service.name(),
                "internalAddress",
                item.internal().address().getHostAddress(),
                "internalPort",
                item.internal().port(),
                "protocol",
                item.protocol().name());
    }

    /** Why a service got no port. */
    static Optional<Rejection> rejection(PublicationPlan plan, PlanItem item) {
        return plan.ports().rejections().stream()
                .filter(rejection -> rejection.item().equals(item))
                .findFirst();
    }

    /** A plan that came to nothing. */
    static Map<String, Object> noPlan() {
        return object(
                "gateway",
                null,
                "externalAddress",
                null,
                "endpoints",
                List.of(),
                "rejections",
                List.of(),
                "findings",
                List.of());
    }

    /** The outcome of {@code discover}. */
    static Map<String, Object> discovery(DiscoverCommand.Found found) {
        List<Object> gateways = new ArrayList<>();
        for (GatewayReport.Entry entry : found.report().gateways()) {
            Map<String, Object> gateway = gateway(entry.gateway());
            gateway.put("externalAddress", address(entry.externalAddress()));
            gateway.put("externalAddressKind", entry.externalAddress().kind().name());
            gateway.put("capabilities", capabilities(entry.capabilities()));
            gateway.put(
                    "administration",
                    found.of(entry.gateway()).map(Administration::document).orElse(null));
            gateways.add(gateway);
        }
        return object(
                "gateways",
                gateways,
                "administration",
                found.asked().map(Administration::document).orElse(null),
                "findings",
                findings(allFindings(found.report())));
    }

    /** A search that came to nothing. */
    static Map<String, Object> noDiscovery() {
        return object("gateways", List.of(), "administration", null, "findings", List.of());
    }

    /** What was found out about all gateways, then about each. */
    static List<Finding> allFindings(GatewayReport report) {
        List<Finding> findings = new ArrayList<>(report.findings());
        report.gateways().forEach(entry -> findings.addAll(entry.findings()));
        return findings;
    }

    private static Map<String, Object> capabilities(Capabilities capabilities) {
        return object(
                "thirdParty",
                capabilities.thirdParty(),
                "leases",
                capabilities.leases(),
                "listing",
                capabilities.listing(),
                "translation",
                capabilities.translation(),
                "ranges",
                capabilities.ranges(),
                "sourceRestriction",
                capabilities.sourceRestriction().name(),
                "protocols",
                capabilities.protocols().stream().map(Enum::name).sorted().toList());
    }

    /** The outcome of {@code list}. */
    static Map<String, Object> mappings(GatewayReport report) {
        Map<String, Object> document = noMappings();
        List<Object> others = new ArrayList<>();
        for (GatewayReport.Entry entry : report.gateways()) {
            List<Object> mappings = mappings(entry.mappings());
            if (document.get("gateway") == null) {
                document.put("gateway", gateway(entry.gateway()));
                document.put("mappings", mappings);
            } else {
                others.add(object("gateway", gateway(entry.gateway()), "mappings", mappings));
            }
        }
        if (!others.isEmpty()) {
            document.put("others", others);
        }
        document.put("findings", findings(allFindings(report)));
        return document;
    }

    /** A list that could not be had. */
    static Map<String, Object> noMappings() {
        return object("gateway", null, "mappings", List.of(), "findings", List.of());
    }

    private static List<Object> mappings(List<PortMapping> mappings) {
        List<Object> list = new ArrayList<>();
        mappings.forEach(mapping -> list.add(mapping(mapping)));
        return list;
    }

    private static Map<String, Object> mapping(PortMapping mapping) {
        Map<String, Object> fields = object(
                "protocol",
                mapping.protocol().name(),
                "externalPort",
                mapping.externalPort(),
                "internalAddress",
                mapping.internalClient(),
                "internalPort",
                mapping.internalPort(),
                "description",
                mapping.description(),
                "leaseSeconds",
                leaseSeconds(mapping),
                "enabled",
                mapping.enabled(),
                "ours",
                mapping.ours());
        if (mapping.external().size() > 1) {
            fields.put("externalPortLast", mapping.external().last());
        }
        if (!mapping.remoteHost().isEmpty()) {
            fields.put("remoteHost", mapping.remoteHost());
        }
        return fields;
    }

    /** The outcome of {@code doctor}. */
    static Map<String, Object> diagnosis(Diagnosis diagnosis) {
        List<Object> services = new ArrayList<>();
        diagnosis.services().forEach(service -> services.add(examined(service)));
        return object(
                "gateway",
                diagnosis.gateway().map(Documents::gateway).orElse(null),
                "externalAddress",
                address(diagnosis.externalAddress()),
                "reflexiveAddress",
                diagnosis.reflexiveAddress().map(InetAddress::getHostAddress).orElse(null),
                "status",
                diagnosis.status().name(),
                "services",
                services,
                "findings",
                findings(diagnosis.findings()),
                "tookMs",
                diagnosis.took().toMillis());
    }

    private static Map<String, Object> examined(ExaminedService service) {
        return object(
                "camera",
                service.camera().name(),
                "service",
                service.service().name(),
                "uri",
                service.target().map(Target::uri).orElse(null),
                "externalPort",
                service.mapping().map(PortMapping::externalPort).orElse(null),
                "internalAddress",
                service.camera().address().getHostAddress(),
                "internalPort",
                service.service().port(),
                "relay",
                service.relay().map(Documents::relay).orElse(null),
                "trial",
                service.trial(),
                "onLan",
                service.onLan().map(Documents::verdict).orElse(null),
                "verdict",
                service.outside().map(Documents::verdict).orElse(null),
                "cause",
                service.cause().map(Enum::name).orElse(null),
                "brokenAt",
                service.brokenAt().map(Enum::name).orElse(null));
    }

    /** An examination that came to nothing. */
    static Map<String, Object> noDiagnosis() {
        return object(
                "gateway",
                null,
                "externalAddress",
                null,
                "reflexiveAddress",
                null,
                "status",
                null,
                "services",
                List.of(),
                "findings",
                List.of(),
                "tookMs",
                0);
    }

    /** The outcome of {@code release}. */
    static Map<String, Object> release(ReleaseReport report) {
        return object(
                "released",
                mappings(report.released()),
                "kept",
                mappings(report.kept()),
                "findings",
                findings(report.findings()));
    }

    /** A release that came to nothing. */
    static Map<String, Object> noRelease() {
        return object("released", List.of(), "kept", List.of(), "findings", List.of());
    }

    /** The outcome of {@code verify}; the verdicts are those of the targets, in order. */
    static Map<String, Object> verification(List<Target> targets, List<Optional<Verdict>> verdicts) {
        List<Object> endpoints = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            verdicts.get(i).ifPresent(verdict -> findings.addAll(verdict.findings()));
            endpoints.add(object(
                    "service",
                    target.scheme().id(),
                    "uri",
                    target.uri(),
                    "externalPort",
                    target.port(),
                    "verdict",
                    verdicts.get(i).map(Documents::verdict).orElse(null)));
        }
        return object("endpoints", endpoints, "findings", findings(findings));
    }

    /** A verification that came to nothing. */
    static Map<String, Object> noVerification() {
        return object("endpoints", List.of(), "findings", List.of());
    }

    /** Router profiles. */
    static Map<String, Object> profiles(List<RouterProfile> profiles) {
        return object("profiles", profiles.stream().map(Documents::described).toList(), "findings", List.of());
    }

    /** One router profile, with what it will do. */
    static Map<String, Object> profile(RouterProfile profile) {
        Map<String, Object> described = described(profile);
        described.put("summary", profile.summary());
        described.put("yaml", profile.yaml());
        return object("profiles", List.of(described), "findings", List.of());
    }

    private static Map<String, Object> described(RouterProfile profile) {
        return object(
                "id",
                profile.id(),
                "name",
                profile.name(),
                "status",
                profile.status().name(),
                "firmware",
                profile.firmware(),
                "verification",
                profile.verification());
    }

    /** Findings, each once, in order. */
    static List<Object> findings(List<Finding> findings) {
        List<Object> list = new ArrayList<>();
        findings.stream()
                .distinct()
                .forEach(finding -> list.add(object(
                        "code",
                        finding.code().name(),
                        "severity",
                        finding.severity().name(),
                        "message",
                        finding.message(),
                        "remedy",
                        finding.remedy())));
        return list;
    }

    private static Map<String, Object> gateway(Gateway gateway) {
        return object(
                "id",
                gateway.id(),
                "protocol",
                gateway.protocol().id(),
                "lanAddress",
                gateway.lanAddress().getHostAddress(),
                "model",
                gateway.model());
    }

    private static @Nullable String address(ExternalAddress external) {
        return external.address().map(InetAddress::getHostAddress).orElse(null);
    }

    private static @Nullable Long leaseSeconds(PortMapping mapping) {
        return mapping.lease().map(Duration::toSeconds).orElse(null);
    }

    /** Names and values in turn; the order is kept. */
    private static Map<String, Object> object(@Nullable Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return object;
    }
}
