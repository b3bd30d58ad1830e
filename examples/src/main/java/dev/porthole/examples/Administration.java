package dev.porthole.examples;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.routers.RouterIdentification;
import dev.porthole.routers.RouterIdentification.Certainty;
import dev.porthole.routers.RouterIdentification.Match;
import dev.porthole.routers.RouterIdentifier;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The web administrations of routers, found without an account; in words and as a document. */
final class Administration {
    private Administration() {}

    /**
     * Looks at routers, all of them within {@link RouterIdentifier#TIME}.
     *
     * @return those that answered, by address
     */
    static Map<InetAddress, RouterIdentification> of(List<InetAddress> routers, Deadline command)
            throws InterruptedException {
        Map<InetAddress, RouterIdentification> found = new LinkedHashMap<>();
        Deadline deadline = command.within(RouterIdentifier.TIME);
        for (InetAddress router : routers) {
            if (found.containsKey(router) || deadline.expired()) {
                continue;
            }
            try {
                RouterIdentification one =
                        RouterIdentifier.builder(url(router)).build().identify(deadline);
                if (one.answered()) {
                    found.put(router, one);
                }
            } catch (NatTraversalException | IllegalArgumentException e) {
                // Not asked for by the user, so nothing to complain of.
                continue;
            }
        }
        return found;
    }

    private static URI url(InetAddress router) {
        String literal = router.getHostAddress();
        return URI.create("//" + (router instanceof Inet6Address ? "[" + literal + "]" : literal));
    }

    /** For programs. */
    static Map<String, Object> document(RouterIdentification found) {
        Optional<Match> first = found.matches().stream().findFirst();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("url", found.url().toString());
        document.put("driverUrl", found.driverUrl().toString());
        document.put("brand", found.best().map(Match::brand).orElse(null));
        document.put("model", first.map(Match::model).orElse(""));
        document.put("certainty", first.map(match -> match.certainty().name()).orElse(null));
        document.put("ambiguous", found.ambiguous());
        document.put(
                "drivable",
                found.best().map(match -> match.driver().isPresent()).orElse(false));
        List<Object> matches = new ArrayList<>();
        for (Match match : found.matches()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("brand", match.brand());
            one.put("name", match.name());
            one.put("certainty", match.certainty().name());
            one.put("evidence", match.evidence());
            matches.add(one);
        }
        document.put("matches", matches);
        document.put("seen", found.seen());
        return document;
    }

    /** For people. */
    static String line(RouterIdentification found) {
        if (found.ambiguous() || found.matches().isEmpty()) {
            return found.toString();
        }
        Match match = found.matches().get(0);
        return found.url() + "  " + match.name() + (match.model().isEmpty() ? "" : " (" + match.model() + ")") + ", "
                + match.certainty().name().toLowerCase(Locale.ROOT)
                + (found.driverUrl().equals(found.url()) ? "" : ", spoken to at " + found.driverUrl());
    }

    /** Names the brand, and the command to go on with, where a router is there and no mapping protocol answers. */
    static Finding told(Finding finding, RouterIdentification router) {
        if (finding.code() != FindingCode.UPNP_OFF
                || !router.answered()
                || router.matches().isEmpty()) {
            return finding;
        }
        return new Finding(
                finding.code(),
                finding.severity(),
                finding.message() + " Its pages: " + line(router) + ".",
                finding.remedy() + " Or go on with: " + next(router));
    }

    private static String next(RouterIdentification router) {
        Optional<Match> best = router.best();
        boolean driven = best.filter(
                        m -> m.certainty() == Certainty.CERTAIN && m.driver().isPresent())
                .isPresent();
        if (driven) {
            return "porthole publish --camera CAMERA --router " + router.driverUrl() + " --router-brand "
                    + best.get().brand() + " --router-user USER --router-password-file FILE";
        }
        return "porthole instructions --camera CAMERA --router " + router.url()
                + best.map(match -> " --router-brand " + match.brand()).orElse("");
    }
}
