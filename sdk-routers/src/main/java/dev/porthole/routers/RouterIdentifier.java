package dev.porthole.routers;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.mapping.RouterTurns;
import dev.porthole.routers.RouterIdentification.Certainty;
import dev.porthole.routers.RouterIdentification.Match;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.RouterState;
import dev.porthole.routers.internal.RouterTransport;
import dev.porthole.routers.internal.RouterUrl;
import dev.porthole.routers.internal.identify.Inquiry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds out of which brand a router is, given its address alone. It asks what anyone may ask: a few pages, one at a time,
 * https before http, each once; no password is sent, nothing counts as a login, and no other host is asked. A TLS key is
 * trusted on first use. Thread-safe.
 */
public final class RouterIdentifier {
    /** One hop away, and a dozen small pages: more time finds nothing more. */
    public static final Duration TIME = Duration.ofSeconds(2);

    /** One hop away: who drops https silently is asked by http soon. */
    private static final Duration FIRST_TIME = Duration.ofSeconds(3);

    /** Old routers' web servers take one request at a time, and little more. */
    private static final Duration PACE = Duration.ofMillis(50);

    private final URI router;
    private final List<RouterUrl> places;
    private final RouterGuides guides;
    private final List<RouterBrand> brands;
    private final boolean legacyTls;
    private final boolean insists;
    private volatile Optional<String> pin;

    private RouterIdentifier(Builder builder) {
        router = builder.router;
        places = WebRouter.places(builder.router, builder.pin.isPresent());
        guides = builder.guides;
        brands = builder.brands;
        legacyTls = builder.legacyTls;
        insists = builder.pin.isPresent();
        pin = builder.pin;
    }

    /**
     * A builder for a router.
     *
     * @param router its {@code http} or {@code https} URL with a literal address; without a scheme ({@code //192.168.1.1})
     *     https is tried first, then http
     * @return a new builder
     */
    public static Builder builder(URI router) {
        return new Builder(router);
    }

    /**
     * Looks.
     *
     * @param deadline when to give up; {@link #TIME} is enough for a router on this LAN
     * @return what was found out; also where nothing answered
     * @throws NatTraversalException where the router shows another TLS key than the one given (CERTIFICATE_CHANGED)
     * @throws InterruptedException where the thread was interrupted
     */
    public RouterIdentification identify(Deadline deadline) throws InterruptedException {
        RouterIdentification best = new RouterIdentification(router, router, false, List.of(), List.of());
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            boolean last = i == places.size() - 1;
            Deadline share = last
                    ? deadline
                    : deadline.within(deadline.remaining().dividedBy(2)).within(FIRST_TIME);
            RouterIdentification found = at(places.get(i), share);
            seen.addAll(found.seen());
            if (better(found, best)) {
                best = found;
            }
            if (found.best()
                            .filter(m -> m.certainty() == RouterIdentification.Certainty.CERTAIN)
                            .isPresent()
                    || found.ambiguous()) {
                break;
            }
        }
        return withDriver(
                new RouterIdentification(best.url(), best.url(), best.answered(), best.matches(), seen), deadline);
    }

    /** Some brands are spoken to at a port of their own, where alone their drivers know them: that one is asked too. */
    private RouterIdentification withDriver(RouterIdentification found, Deadline deadline) throws InterruptedException {
        Optional<Match> best = found.best()
                .filter(match ->
                        match.certainty() == Certainty.CERTAIN && match.driver().isEmpty());
        if (best.isEmpty()) {
            return found;
        }
        Match match = best.get();
        RouterUrl pages =
                new RouterUrl(false, RouterUrl.of(found.url()).orElseThrow().peer(), "/");
        for (RouterBrand brand : brands) {
            RouterUrl place = brand.standard(pages);
            boolean other = guides.byId(brand.id())
                    .filter(guide -> guide.id().equals(match.brand()))
                    .isEmpty();
            if (other || place.equals(pages)) {
                continue;
            }
            // Who gave a key wants it to be shown: nothing is asked by plain http then.
            List<RouterRequest> requests = insists ? List.of() : Candidates.requests(brand);
            Inquiry inquiry = ask(place, requests, deadline.within(FIRST_TIME));
            URI url = URI.create(place.base() + "/");
            return Candidates.shows(inquiry, brand)
                    ? told(found, match.with(match.evidence(), Optional.of(brand)), url, inquiry)
                    : told(
                            found,
                            match.with(
                                    match.evidence() + "; it is spoken to at " + url + ", which was not seen",
                                    Optional.empty()),
                            found.url(),
                            inquiry);
        }
        return found;
    }

    private static RouterIdentification told(RouterIdentification found, Match best, URI driverUrl, Inquiry inquiry) {
        List<Match> matches = new ArrayList<>(found.matches());
        matches.set(0, best);
        List<String> seen = new ArrayList<>(found.seen());
        inquiry.seen().forEach(line -> seen.add(line + " (" + driverUrl.getAuthority() + ")"));
        return new RouterIdentification(found.url(), driverUrl, found.answered(), matches, seen);
    }

    private static boolean better(RouterIdentification one, RouterIdentification other) {
        if (one.matches().isEmpty() || other.matches().isEmpty()) {
            return one.matches().isEmpty()
                    ? one.answered() && !other.answered() && other.matches().isEmpty()
                    : true;
        }
        return one.matches().get(0).certainty().compareTo(other.matches().get(0).certainty()) < 0;
    }

    private RouterIdentification at(RouterUrl place, Deadline deadline) throws InterruptedException {
        Candidates candidates = new Candidates(guides, brands);
        Inquiry inquiry = ask(place, candidates.requests(), deadline);
        URI url = URI.create(place.base() + "/");
        return new RouterIdentification(url, url, inquiry.answered(), candidates.matches(inquiry), inquiry.seen());
    }

    private Inquiry ask(RouterUrl place, List<RouterRequest> requests, Deadline deadline) throws InterruptedException {
        RouterState state = new RouterState(List.of(place), pin, legacyTls, PACE);
        try (RouterTransport transport = new RouterTransport(state, new RouterTurns())) {
            Inquiry inquiry = new Inquiry(transport);
            inquiry.ask(requests, deadline);
            pin = state.pin();
            return inquiry;
        }
    }

    /**
     * The router's TLS key, to be insisted on from now on.
     *
     * @return the key that was given, else the one shown; empty before {@link #identify}, and where the router has no TLS
     */
    public Optional<String> pin() {
        return pin;
    }

    /** Builds a {@link RouterIdentifier}. Not thread-safe. */
    public static final class Builder {
        private final URI router;
        private RouterGuides guides = RouterGuides.builtIn();
        private List<RouterBrand> brands = RouterBrand.all();
        private Optional<String> pin = Optional.empty();
        private boolean legacyTls;

        private Builder(URI router) {
            this.router = Objects.requireNonNull(router, "router");
        }

        /**
         * Sets the guides by whose signs brands without a driver are recognised.
         *
         * @param value default {@link RouterGuides#builtIn()}
         * @return this
         */
        public Builder guides(RouterGuides value) {
            guides = Objects.requireNonNull(value, "guides");
            return this;
        }

        /** Sets the brands that have drivers. */
        Builder brands(List<RouterBrand> value) {
            brands = List.copyOf(value);
            return this;
        }

        /**
         * Sets the router's TLS key. Any other is refused.
         *
         * @param spkiSha256 as for {@link WebRouter.Builder#pin}
         * @return this
         * @throws IllegalArgumentException where it is anything else
         */
        public Builder pin(String spkiSha256) {
            pin = Optional.of(WebRouter.checkedPin(spkiSha256));
            return this;
        }

        /**
         * Offers this router every version of TLS that the Java platform still permits.
         *
         * @param value default false
         * @return this
         */
        public Builder legacyTls(boolean value) {
            legacyTls = value;
            return this;
        }

        /**
         * Builds the identifier. Nothing is sent yet.
         *
         * @return the identifier
         * @throws IllegalArgumentException where the URL is not one of a router: another scheme than http and https, a name
         *     instead of an address, or with user and password
         */
        public RouterIdentifier build() {
            return new RouterIdentifier(this);
        }
    }
}
