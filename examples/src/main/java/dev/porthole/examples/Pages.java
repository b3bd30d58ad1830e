package dev.porthole.examples;

import dev.porthole.Camera;
import dev.porthole.CameraService;
import dev.porthole.Diagnosis;
import dev.porthole.GatewayReport;
import dev.porthole.Publication;
import dev.porthole.PublicationPlan;
import dev.porthole.PublishedEndpoint;
import dev.porthole.ReleaseReport;
import dev.porthole.diagnose.Finding;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.PortMapping;
import dev.porthole.plan.PlanItem;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
import dev.porthole.routers.RouterIdentification;
import dev.porthole.routers.RouterProfile;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What people are told, where {@link Documents} tells programs. */
final class Pages {
    /** More than this of what was seen is for {@code --json}. */
    private static final int MOST_EVIDENCE = 4;
    /** Names of evidence and how people would say them. */
    private static final Map<String, String> TELLING = telling();

    private Pages() {}

    private static Map<String, String> telling() {
        Map<String, String> telling = new LinkedHashMap<>();
        telling.put("page", "");
        telling.put("title", "title");
        telling.put("codecs", "");
        telling.put("resolution", "");
        telling.put("login", "login by");
        telling.put("status", "status");
        return telling;
    }

    /** The outcome of {@code publish}. */
    static String publication(Publication publication, boolean verify) {
        Page page = new Page();
        publication.gateway().ifPresent(gateway -> gateway(page, gateway, publication.externalAddress()));
        LadderText.lines(page, publication.rungs());
        Camera shown = null;
        for (PublishedEndpoint endpoint : publication.endpoints()) {
            if (!endpoint.camera().equals(shown)) {
                shown = endpoint.camera();
                page.blank().line(title(shown));
            }
            endpoint(page, endpoint, verify);
        }
        for (Camera camera : publication.unpublished()) {
            page.blank().line(title(camera)).line("  not published");
        }
        page.blank().line(summary(publication.status(), verify));
        return page.findings(publication.findings()).toString();
    }

    /** The outcome of {@code doctor}: the way, then what to do. */
    static String diagnosis(Diagnosis diagnosis) {
        Page page = new Page();
        diagnosis.gateway().ifPresent(gateway -> gateway(page, gateway, diagnosis.externalAddress()));
        page.blank();
        new WayText(new Way(diagnosis)).lines().forEach(page::line);
        page.blank().line(summary(diagnosis.status()));
        return page.findings(diagnosis.findings()).toString();
    }

    private static String summary(Diagnosis.Status status) {
        return switch (status) {
            case REACHABLE -> "Every service is mapped and was reached.";
            case NOT_MAPPED -> "Not every service is mapped.";
            case UNREACHABLE -> "NOT REACHABLE. The X is where the way is broken.";
            case INCONCLUSIVE -> "Whether it can be reached cannot be told from here.";
        };
    }

    private static void endpoint(Page page, PublishedEndpoint endpoint, boolean verify) {
        String address = endpoint.target()
                .map(Target::uri)
                .orElse(endpoint.service().name() + " on external port "
                        + endpoint.mapping().externalPort());
        page.line("  " + address);
        page.paragraph(
                "    ",
                "to port " + endpoint.service().port()
                        + endpoint.relay()
                                .map(relay -> " by way of this host's port " + relay.port())
                                .orElse("")
                        + ", "
                        + lease(endpoint.mapping().lease()));
        if (endpoint.verdict().isPresent()) {
            verdict(page, endpoint.verdict().get());
        } else if (verify) {
            page.line("    not verified");
        }
    }

    private static void verdict(Page page, Verdict verdict) {
        String how = switch (verdict.status()) {
            case REACHABLE -> "reachable";
            case UNREACHABLE -> "NOT REACHABLE: stopped at " + verdict.stage();
            case INCONCLUSIVE -> "nobody can say yet: stopped at " + verdict.stage();
        };
        List<String> seen = seen(verdict);
        String from = switch (verdict.vantage().kind()) {
            case HERE -> "from here";
            case HAIRPIN -> "from inside, by way of the router's outside";
            case LAN -> "on the LAN";
            case AGENT -> "from the probe agent " + verdict.vantage().label();
        };
        page.paragraph("    ", how + " " + from + (seen.isEmpty() ? "" : " (" + String.join(", ", seen) + ")"));
    }

    /** The evidence in a few words: what convinces a person first, the rest only where there is nothing of that. */
    private static List<String> seen(Verdict verdict) {
        List<String> seen = new ArrayList<>();
        TELLING.forEach((name, words) -> {
            String value = verdict.evidence().get(name);
            if (value != null) {
                seen.add((words + " " + value).strip());
            }
        });
        if (seen.isEmpty()) {
            verdict.evidence().forEach((name, value) -> seen.add(name + " " + value));
        }
        return seen.subList(0, Math.min(seen.size(), MOST_EVIDENCE));
    }

    private static String summary(Publication.Status status, boolean verify) {
        return switch (status) {
            case REACHABLE -> "Published and reachable.";
            case MAPPED -> verify ? "Published; reachability could not be tried." : "Published; not verified.";
            case INCONCLUSIVE -> "Published; nobody can say yet whether all of it is reachable.";
            case UNREACHABLE -> "Published, but not reachable.";
            case NOT_PUBLISHED -> "Not published.";
        };
    }

    /** The outcome of {@code plan}. */
    static String plan(PublicationPlan plan, List<Camera> cameras) {
        Page page = new Page();
        plan.gateway().ifPresent(gateway -> gateway(page, gateway, plan.externalAddress()));
        for (Camera camera : plan.gateway().isPresent() ? cameras : List.<Camera>of()) {
            page.blank().line(title(camera));
            for (CameraService service : camera.services()) {
                service(page, plan, camera.planItem(service), service);
            }
        }
        page.blank().line("Nothing was changed.");
        return page.findings(plan.findings()).toString();
    }

    private static void service(Page page, PublicationPlan plan, PlanItem item, CameraService service) {
        String lead = "  " + service.name() + " " + service.port() + ": ";
        plan.ports()
                .assignment(item)
                .ifPresentOrElse(
                        assignment -> page.paragraph(
                                lead,
                                "external port " + assignment.externalPort() + " ("
                                        + assignment.choice().reason() + ")"),
                        () -> page.paragraph(
                                lead,
                                "no port: "
                                        + Documents.rejection(plan, item)
                                                .map(rejection -> rejection.reason())
                                                .orElse("see below")));
    }

    /** The outcome of {@code discover}. */
    static String discovery(DiscoverCommand.Found found) {
        Page page = new Page();
        GatewayReport report = found.report();
        InetAddress shown = null;
        for (GatewayReport.Entry entry : report.gateways()) {
            // One router is one gateway for a person, by however many protocols it maps.
            if (entry.gateway().lanAddress().equals(shown)) {
                page.line("Also by  " + entry.gateway().protocol().id());
            } else {
                page.blank();
                gateway(page, entry.gateway(), entry.externalAddress());
            }
            shown = entry.gateway().lanAddress();
            page.paragraph("Can      ", capabilities(entry.capabilities()));
            page.line("Id       " + entry.gateway().id());
            found.of(entry.gateway()).ifPresent(pages -> page.line("Pages    " + Administration.line(pages)));
        }
        if (report.gateways().isEmpty()) {
            page.line("No gateway found.");
        }
        found.asked().ifPresent(router -> router(page, router));
        return page.findings(Documents.allFindings(report)).toString();
    }

    private static void router(Page page, RouterIdentification router) {
        page.blank().line("Router   " + Administration.line(router));
        router.matches().forEach(match -> page.paragraph("         ", match.brand() + ": " + match.evidence()));
        if (router.matches().isEmpty()) {
            router.seen().forEach(line -> page.paragraph("         ", line));
        }
    }

    private static String capabilities(Capabilities capabilities) {
        List<String> can = new ArrayList<>();
        can.add("map "
                + Words.list(capabilities.protocols().stream()
                        .map(Enum::name)
                        .sorted()
                        .toList()));
        can.add(capabilities.thirdParty() ? "for cameras (if the router allows it)" : "for this host only");
        can.add(capabilities.translation() ? "to any port" : "to the same port only");
        if (capabilities.leases()) {
            can.add("with leases");
        }
        if (capabilities.listing()) {
            can.add("list mappings");
        }
        return String.join(", ", can);
    }

    /** The outcome of {@code list}. */
    static String mappings(GatewayReport report) {
        Page page = new Page();
        for (GatewayReport.Entry entry : report.gateways()) {
            page.blank();
            gateway(page, entry.gateway(), entry.externalAddress());
            if (entry.mappings().isEmpty()) {
                page.line("No mappings.");
            } else {
                page.table("", rows(entry.mappings()));
            }
        }
        if (report.gateways().isEmpty()) {
            page.line("No gateway found.");
        }
        return page.findings(Documents.allFindings(report)).toString();
    }

    private static List<List<String>> rows(List<PortMapping> mappings) {
        List<List<String>> rows = Page.rows("OUTSIDE", "LEADS TO", "OURS", "LEFT", "DESCRIPTION");
        for (PortMapping mapping : mappings) {
            rows.add(List.of(
                    mapping.protocol() + " " + mapping.external(),
                    mapping.internalClient() + ":" + mapping.internalPort()
                            + (isThisHost(mapping) ? " (this host)" : ""),
                    mapping.ours() ? "yes" : "no",
                    mapping.lease().map(Pages::time).orElse("permanent"),
                    mapping.description() + (mapping.enabled() ? "" : " (disabled)")));
        }
        return rows;
    }

    /** Where a relay of ours listens, too. */
    private static boolean isThisHost(PortMapping mapping) {
        try {
            return mapping.internalAddress().isPresent()
                    && NetworkInterface.getByInetAddress(
                                    mapping.internalAddress().get())
                            != null;
        } catch (SocketException e) {
            return false;
        }
    }

    /** The outcome of {@code release}. */
    static String release(ReleaseReport report) {
        Page page = new Page();
        report.released().forEach(mapping -> page.line("released  " + route(mapping)));
        report.kept().forEach(mapping -> page.line("KEPT      " + route(mapping)));
        if (report.released().isEmpty() && report.kept().isEmpty() && report.complete()) {
            page.line("There was nothing of ours to release.");
        }
        return page.findings(report.findings()).toString();
    }

    private static String route(PortMapping mapping) {
        return mapping.protocol() + " " + mapping.external() + " -> " + mapping.internalClient() + ":"
                + mapping.internalPort() + "  " + mapping.description();
    }

    /** The outcome of {@code verify}. */
    static String verification(List<Target> targets, List<Optional<Verdict>> verdicts) {
        return verification(
                targets,
                verdicts,
                verdicts.stream()
                        .flatMap(Optional::stream)
                        .flatMap(verdict -> verdict.findings().stream())
                        .toList());
    }

    /** The outcome of trying, with what was found out besides. */
    static String verification(List<Target> targets, List<Optional<Verdict>> verdicts, List<Finding> findings) {
        Page page = new Page();
        for (int i = 0; i < targets.size(); i++) {
            page.line(targets.get(i).uri());
            verdicts.get(i).ifPresentOrElse(verdict -> verdict(page, verdict), () -> page.line("    not verified"));
        }
        return page.findings(findings).toString();
    }

    /** The shipped router profiles. */
    static String profiles(List<RouterProfile> profiles) {
        List<List<String>> rows = Page.rows("ID", "NAME", "TRIED ON", "FIRMWARE SEEN");
        for (RouterProfile profile : profiles) {
            rows.add(List.of(
                    profile.id(),
                    profile.name(),
                    triedOn(profile),
                    profile.firmware().isEmpty() ? "none" : String.join(", ", profile.firmware())));
        }
        return new Page()
                .table("", rows)
                .blank()
                .paragraph("", "'porthole profiles show ID' prints one, as a start for one of your own.")
                .toString();
    }

    private static String triedOn(RouterProfile profile) {
        return switch (profile.status()) {
            case REAL -> "a real router";
            case FIXTURES -> "a simulated router";
            case UNVERIFIED -> "nothing yet";
        };
    }

    /** A router profile that was checked. */
    static String profile(RouterProfile profile) {
        Page page = new Page()
                .line(profile.name() + " (" + profile.id() + "): the profile can be used")
                .paragraph("  verified   ", profile.verification());
        profile.summary().forEach(line -> page.paragraph("  - ", line));
        return page.toString();
    }

    private static void gateway(Page page, Gateway gateway, ExternalAddress external) {
        page.line("Gateway  " + gateway);
        String reported = external.reported().isEmpty() ? "not told" : "'" + external.reported() + "'";
        page.line("Outside  "
                + external.address().map(InetAddress::getHostAddress).orElse(reported));
    }

    private static String title(Camera camera) {
        String address = camera.address().getHostAddress();
        String kind = camera.kind().name().toLowerCase(Locale.ROOT);
        return camera.name().equals(address) ? kind + " " + address : camera.name() + " (" + kind + " " + address + ")";
    }

    private static String lease(Optional<Duration> lease) {
        return lease.map(time -> "for " + time(time)).orElse("until it is released");
    }

    /** A time in its two largest units: {@code 1 d}, {@code 23 h 59 min}, {@code 40 s}. */
    static String time(Duration time) {
        long[] amounts = {time.toDays(), time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart()};
        String[] units = {"d", "h", "min", "s"};
        for (int i = 0; i < amounts.length; i++) {
            if (amounts[i] > 0) {
                boolean more = i + 1 < amounts.length && amounts[i + 1] > 0;
                return amounts[i] + " " + units[i] + (more ? " " + amounts[i + 1] + " " + units[i + 1] : "");
            }
        }
        return "0 s";
    }
}
