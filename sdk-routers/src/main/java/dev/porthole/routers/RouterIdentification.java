package dev.porthole.routers;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a router that was looked at without an account.
 *
 * @param url where its administration answered; as given where nothing did
 * @param driverUrl where its driver speaks to it; another than {@code url} for brands with an interface at a port of its own
 * @param answered whether anything answered there
 * @param matches the brands that it may be, the most certain and specific first
 * @param seen what was asked and what came, for a person who wonders
 */
public record RouterIdentification(URI url, URI driverUrl, boolean answered, List<Match> matches, List<String> seen) {
    /** How sure it is that a router is of a brand. */
    public enum Certainty {
        /** It names itself. */
        CERTAIN,
        /** It shows what routers of the brand show, and some others too. */
        LIKELY,
        /** It is a router with pages, of a brand that is not known. */
        POSSIBLE
    }

    /**
     * A brand that a router may be of.
     *
     * @param brand the brand, for example {@code fritzbox}
     * @param name the brand, as people say it
     * @param certainty how sure it is
     * @param specificity by how many things it was recognised; the more, the more specific
     * @param model what the router calls itself; may be empty
     * @param evidence what was seen
     * @param driver how it is spoken to; empty where only a person can change its rules
     */
    public record Match(
            String brand,
            String name,
            Certainty certainty,
            int specificity,
            String model,
            String evidence,
            Optional<RouterBrand> driver) {
        Match with(String seen, Optional<RouterBrand> spokenBy) {
            return new Match(brand, name, certainty, specificity, model, seen, spokenBy);
        }

        private boolean equal(Match other) {
            return certainty == other.certainty && specificity == other.specificity;
        }
    }

    /** Copies the lists. */
    public RouterIdentification {
        matches = List.copyOf(matches);
        seen = List.copyOf(seen);
    }

    /**
     * Whether two brands fit equally well.
     *
     * @return true where they do, and a person has to say which it is
     */
    public boolean ambiguous() {
        return matches.size() > 1 && matches.get(0).equal(matches.get(1));
    }

    /**
     * The brand that the router most probably is.
     *
     * @return the first match; empty where there is none or two fit equally well
     */
    public Optional<Match> best() {
        return ambiguous() ? Optional.empty() : matches.stream().findFirst();
    }

    /**
     * The driver to use without asking anybody.
     *
     * @return the brand, where it is certain and has a driver
     */
    public Optional<RouterBrand> driver() {
        return best().filter(match -> match.certainty() == Certainty.CERTAIN).flatMap(Match::driver);
    }

    /** In a few words. */
    @Override
    public String toString() {
        if (!answered) {
            return "nothing answered at " + url;
        }
        if (matches.isEmpty()) {
            return url + " is no router that is known";
        }
        if (ambiguous()) {
            return url + " may be "
                    + String.join(
                            " or ",
                            matches.stream()
                                    .filter(m -> m.equal(matches.get(0)))
                                    .map(Match::brand)
                                    .toList());
        }
        Match match = matches.get(0);
        String sure = switch (match.certainty()) {
            case CERTAIN -> " is ";
            case LIKELY -> " is probably ";
            case POSSIBLE -> " may be ";
        };
        return url
                + sure
                + match.name()
                + (match.model().isEmpty() ? "" : " (" + match.model() + ")")
                + (driverUrl.equals(url) ? "" : ", spoken to at " + driverUrl);
    }
}
