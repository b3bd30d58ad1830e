package dev.porthole.routers;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.RouterTurns;
import dev.porthole.mapping.SearchScope;
import dev.porthole.routers.internal.RouterDriver;
import dev.porthole.routers.internal.RouterState;
import dev.porthole.routers.internal.RouterTransport;
import dev.porthole.routers.internal.RouterUrl;
import dev.porthole.routers.internal.WebRouterProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One router, reached by its web administration. A search asks it, without an account, who it is; its provider logs in
 * with the first call that needs it and logs out when it is closed.
 *
 * <p>What is learnt stays as long as this object: the router's TLS key, and the accounts that it refused. Use one object
 * per router and keep it. Thread-safe.
 */
public final class WebRouter implements GatewayFinder {
    private static final int MAX_MODEL = 128;

    private final RouterDriver driver;
    private final Supplier<Optional<Credentials>> credentials;
    private final RouterState state;
    private final RouterTurns turns = new RouterTurns();

    private WebRouter(Builder builder) {
        driver = builder.brand.driver();
        credentials = builder.credentials;
        state = new RouterState(
                places(builder.router, builder.pin.isPresent()).stream()
                        .map(place -> builder.router.getPort() < 0 ? builder.brand.standard(place) : place)
                        .toList(),
                builder.pin,
                builder.legacyTls,
                builder.pace.orElseGet(driver::pace));
    }

    /** Where a router given so may answer, in the order to try. */
    static List<RouterUrl> places(URI router, boolean pinned) {
        if (router.getScheme() != null) {
            return List.of(place(router, router.toString()));
        }
        RouterUrl encrypted = place(router, "https:" + router);
        // With a key known there is TLS, and nobody shall talk us out of it.
        return pinned ? List.of(encrypted) : List.of(encrypted, place(router, "http:" + router));
    }

    private static RouterUrl place(URI given, String url) {
        if (given.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a router's URL holds no user and password; give them as credentials");
        }
        return RouterUrl.parse(url)
                .orElseThrow(() -> new IllegalArgumentException("'" + given
                        + "' is not a router's address; give http:// or https:// and its IP address, or //ADDRESS to try"
                        + " both"));
    }

    /** A key as it is kept. */
    static String checkedPin(String spkiSha256) {
        String plain = spkiSha256.strip().toLowerCase(Locale.ROOT).replace(":", "");
        if (!plain.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a pin is 64 hexadecimal digits: SHA-256 of the router's public key");
        }
        return plain;
    }

    /**
     * A builder for a router.
     *
     * @param router its {@code http} or {@code https} URL with a literal address; without a scheme ({@code //192.168.1.1})
     *     https is tried first, then http; without a port it is the one where the brand is spoken to (FRITZ!Box: 49000)
     * @param brand how it is spoken to
     * @return a new builder
     */
    public static Builder builder(URI router, RouterBrand brand) {
        return new Builder(router, brand);
    }

    @Override
    public MappingProtocol protocol() {
        return MappingProtocol.WEB;
    }

    /** Asks the router who it is, in its {@linkplain SearchScope#turns turn}; else the scope is not looked at. One provider, or a finding that says why not. */
    @Override
    public Found find(SearchScope scope, Deadline deadline) throws InterruptedException {
        RouterTransport transport = new RouterTransport(state, scope.turns().orElse(turns));
        boolean kept = false;
        try {
            String said = WebRouterProvider.model(driver, state, transport, deadline);
            String model = said.length() <= MAX_MODEL ? said : said.substring(0, MAX_MODEL);
            Gateway gateway = new Gateway(state.id(), MappingProtocol.WEB, state.address(), model);
            kept = true;
            return new Found(List.of(new WebRouterProvider(state, driver, transport, credentials, gateway)), List.of());
        } catch (NatTraversalException e) {
            return new Found(List.of(), List.of(finding(e)));
        } finally {
            if (!kept) {
                transport.close();
            }
        }
    }

    /**
     * Tells how the router's pages were understood: where rules stand, what each column means and why.
     *
     * @param deadline when to give up
     * @return lines of text; empty for brands that need no understanding
     * @throws NatTraversalException where the router does not answer, refuses the account, or is not understood
     * @throws InterruptedException where the thread was interrupted
     */
    public List<String> explain(Deadline deadline) throws InterruptedException {
        RouterTransport transport = new RouterTransport(state, turns);
        Gateway gateway = new Gateway(state.id(), MappingProtocol.WEB, state.address(), "");
        try (WebRouterProvider provider = new WebRouterProvider(state, driver, transport, credentials, gateway)) {
            return provider.explanation(deadline);
        }
    }

    private static Finding finding(NatTraversalException e) {
        String remedy = switch (e.code()) {
            case TIMED_OUT ->
                "Check the router's address and port, and that its web administration is on for this network.";
            case CERTIFICATE_CHANGED ->
                "Find out why: if the router was replaced or reset, forget its kept key; if not, something else"
                        + " answers.";
            default -> "Check the router's address and brand.";
        };
        FindingCode code = e.code();
        return Finding.of(code, String.valueOf(e.getMessage()), remedy);
    }

    /**
     * The router's TLS key, for keeping it across restarts: SHA-256 of the SubjectPublicKeyInfo, lower-case hexadecimal.
     *
     * @return the key that was given, else the one shown on first use; empty before that, and where the router has no TLS
     */
    public Optional<String> pin() {
        return state.pin();
    }

    /** Builds a {@link WebRouter}. Not thread-safe. */
    public static final class Builder {
        private final URI router;
        private final RouterBrand brand;
        private Supplier<Optional<Credentials>> credentials = Optional::empty;
        private Optional<String> pin = Optional.empty();
        private boolean legacyTls;
        private Optional<Duration> pace = Optional.empty();

        private Builder(URI router, RouterBrand brand) {
            this.router = Objects.requireNonNull(router, "router");
            this.brand = Objects.requireNonNull(brand, "brand");
        }

        /**
         * Sets the account of the web administration.
         *
         * @param value default none
         * @return this
         */
        public Builder credentials(Credentials value) {
            Objects.requireNonNull(value, "credentials");
            return credentials(() -> Optional.of(value));
        }

        /**
         * Sets where the account comes from, for hosts that keep passwords elsewhere. Asked at each login.
         *
         * @param value default none
         * @return this
         */
        public Builder credentials(Supplier<Optional<Credentials>> value) {
            credentials = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /**
         * Sets the router's TLS key. Any other is refused before a password is sent.
         *
         * @param spkiSha256 SHA-256 of its SubjectPublicKeyInfo as 64 hexadecimal digits, as {@link WebRouter#pin()} gives
         *     it; default: the first key that it shows
         * @return this
         * @throws IllegalArgumentException where it is anything else
         */
        public Builder pin(String spkiSha256) {
            pin = Optional.of(checkedPin(spkiSha256));
            return this;
        }

        /**
         * Offers this router every version and cipher suite of TLS that the Java platform still permits, also those that it
         * does not offer by itself. What the platform's security property {@code jdk.tls.disabledAlgorithms} forbids (TLS
         * 1.0 and 1.1 on current ones) stays forbidden; it holds for the whole process and is not changed here.
         *
         * @param value default false
         * @return this
         */
        public Builder legacyTls(boolean value) {
            legacyTls = value;
            return this;
        }

        /**
         * Sets the least time between two requests.
         *
         * @param value default: what the brand's routers stand
         * @return this
         * @throws IllegalArgumentException where it is negative or longer than ten seconds
         */
        public Builder pace(Duration value) {
            if (value.isNegative() || value.compareTo(Duration.ofSeconds(10)) > 0) {
                throw new IllegalArgumentException("a pace of " + value + " is not within 0 and 10 s");
            }
            pace = Optional.of(value);
            return this;
        }

        /**
         * Builds the router. Nothing is sent yet.
         *
         * @return the router
         * @throws IllegalArgumentException where the URL is not one of a router: another scheme than http and https, a name
         *     instead of an address, or with user and password
         */
        public WebRouter build() {
            return new WebRouter(this);
        }
    }
}
