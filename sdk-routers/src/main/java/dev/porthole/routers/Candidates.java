package dev.porthole.routers;

import dev.porthole.routers.RouterIdentification.Certainty;
import dev.porthole.routers.RouterIdentification.Match;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.identify.Fingerprint;
import dev.porthole.routers.internal.identify.Inquiry;
import dev.porthole.routers.internal.identify.Sign;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All brands that can be recognised: by the fingerprints of their drivers, and where these do not show by the signs of their
 * guides. A sign gives a driver only where that has no fingerprints of its own, as the driver for any table.
 */
final class Candidates {
    private static final RouterRequest FIRST_PAGE = RouterRequest.get("/");

    private final RouterGuides guides;
    private final List<RouterBrand> brands;

    Candidates(RouterGuides guides, List<RouterBrand> brands) {
        this.guides = guides;
        this.brands = brands;
    }

    /** What is to be asked to know one brand. */
    static List<RouterRequest> requests(RouterBrand brand) {
        return brand.driver().fingerprints().stream().map(Fingerprint::request).toList();
    }

    /** Whether the answers show the brand. */
    static boolean shows(Inquiry inquiry, RouterBrand brand) {
        return shown(inquiry, brand.driver().fingerprints().stream().map(Candidates::own))
                .isPresent();
    }

    /** What is to be asked; drivers' requests first, because they know their routers' pace. */
    List<RouterRequest> requests() {
        List<RouterRequest> requests = new ArrayList<>();
        brands.forEach(brand -> requests.addAll(requests(brand)));
        requests.add(FIRST_PAGE);
        guides.all()
                .forEach(guide -> guide.guide()
                        .signs()
                        .forEach(sign -> requests.add(sign.fingerprint().request())));
        return requests;
    }

    /** The brands that the answers show, the most certain and specific first. */
    List<Match> matches(Inquiry inquiry) {
        List<Match> matches = new ArrayList<>();
        for (RouterBrand brand : brands) {
            shown(inquiry, brand.driver().fingerprints().stream().map(Candidates::own))
                    .map(sign -> match(inquiry, brand, sign))
                    .ifPresent(matches::add);
        }
        for (RouterGuide guide : guides.all()) {
            boolean driven = matches.stream().anyMatch(match -> guide.guide().is(match.brand()));
            if (!driven) {
                shown(inquiry, guide.guide().signs().stream())
                        .map(sign -> match(inquiry, guide, sign))
                        .ifPresent(matches::add);
            }
        }
        if (matches.isEmpty()) {
            anyRouter(inquiry).ifPresent(matches::add);
        }
        matches.sort(Comparator.comparing(Match::certainty)
                .thenComparing(Comparator.comparing(Match::specificity).reversed()));
        return matches;
    }

    private static Sign own(Fingerprint fingerprint) {
        return new Sign(fingerprint, false, Optional.empty());
    }

    /** The best of the signs that the answers show. */
    private static Optional<Sign> shown(Inquiry inquiry, Stream<Sign> signs) {
        return signs.filter(sign -> inquiry.reply(sign.fingerprint().request())
                        .filter(sign.fingerprint()::matches)
                        .isPresent())
                .min(Comparator.comparing(Sign::weak)
                        .thenComparing(
                                Comparator.comparing(Candidates::specificity).reversed()));
    }

    private static int specificity(Sign sign) {
        Fingerprint fingerprint = sign.fingerprint();
        return fingerprint.headers().size()
                + fingerprint.words().size()
                + (fingerprint.statuses().isEmpty() ? 0 : 1);
    }

    private Match match(Inquiry inquiry, RouterBrand brand, Sign sign) {
        Optional<RouterGuide> guide = guides.byId(brand.id());
        List<Sign> guided = guide.map(one -> one.guide().signs()).orElse(List.of());
        return new Match(
                brand.id(),
                guide.map(RouterGuide::name).orElse(brand.id()),
                Certainty.CERTAIN,
                specificity(sign),
                model(inquiry, guided),
                evidence(sign),
                Optional.of(brand));
    }

    private Match match(Inquiry inquiry, RouterGuide guide, Sign sign) {
        return new Match(
                guide.id(),
                guide.name(),
                sign.weak() ? Certainty.LIKELY : Certainty.CERTAIN,
                specificity(sign),
                model(inquiry, guide.guide().signs()),
                evidence(sign),
                brands.stream()
                        .filter(brand -> guide.guide().is(brand.id()))
                        // Asked here, its own fingerprints did not show: it would not take this router for its own.
                        .filter(brand -> brand.driver().fingerprints().isEmpty())
                        .findFirst());
    }

    /** What the brand's own signs tell, else what the first page calls itself. */
    private static String model(Inquiry inquiry, List<Sign> signs) {
        for (Sign sign : signs) {
            Optional<String> model = inquiry.reply(sign.fingerprint().request())
                    .filter(sign.fingerprint()::matches)
                    .flatMap(sign::model);
            if (model.isPresent()) {
                return model.get();
            }
        }
        return inquiry.reply(FIRST_PAGE)
                .filter(reply -> reply.success() || reply.status() == 401)
                .map(Inquiry::title)
                .orElse("");
    }

    private static String evidence(Sign sign) {
        Fingerprint fingerprint = sign.fingerprint();
        String shown = Stream.concat(
                        fingerprint.headers().stream().map(field -> field.name() + ": " + field.value()),
                        fingerprint.words().stream())
                .collect(Collectors.joining("', '"));
        return fingerprint.request() + " shows '" + shown + "'";
    }

    private Optional<Match> anyRouter(Inquiry inquiry) {
        Optional<RouterReply> page = inquiry.reply(FIRST_PAGE).filter(Inquiry::looksLikeRouter);
        RouterGuide any = guides.any();
        return page.map(reply -> new Match(
                any.id(),
                any.name(),
                Certainty.POSSIBLE,
                0,
                Inquiry.title(reply),
                FIRST_PAGE + (reply.status() == 401 ? " asks for a login" : " is a login page or speaks of forwarding"),
                brands.stream().filter(brand -> brand.id().equals(any.id())).findFirst()));
    }
}
