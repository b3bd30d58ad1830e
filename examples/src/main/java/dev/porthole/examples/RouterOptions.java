package dev.porthole.examples;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.routers.InvalidProfileException;
import dev.porthole.routers.RouterBrand;
import dev.porthole.routers.RouterIdentification;
import dev.porthole.routers.RouterIdentification.Match;
import dev.porthole.routers.RouterIdentifier;
import dev.porthole.routers.RouterProfile;
import dev.porthole.routers.WebRouter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a router that is reached by its web administration. */
final class RouterOptions {
    @Option(
            names = "--router",
            paramLabel = "URL",
            order = 57,
            description = "Use this router's web administration too (provider web), such as https://192.168.45.143;"
                    + " without a scheme https is tried first, then http.")
    @Nullable
    String router;

    @Option(
            names = "--router-brand",
            paramLabel = "BRAND",
            order = 58,
            description =
                    "What the router's pages are: milesight, milesight-eg71, one of 'porthole profiles', a profile of"
                            + " your own (FILE.yaml), or table for any other. Default: looked for on its pages, without"
                            + " logging in.")
    @Nullable
    String brand;

    @Option(
            names = "--router-user",
            paramLabel = "USER",
            order = 59,
            description = "The account of the web administration. Needs --router-password-file.")
    @Nullable
    String user;

    @Option(
            names = "--router-password-file",
            paramLabel = "FILE",
            order = 60,
            description = "Its password: the first line of this file, or of standard input (-).")
    @Nullable
    String passwordFile;

    @Option(
            names = "--router-pin",
            paramLabel = "SHA256",
            order = 61,
            description = "Refuse any other TLS key than this one. Default: the first key shown is trusted, and told.")
    @Nullable
    String pin;

    @Option(
            names = "--router-legacy-tls",
            order = 62,
            description = "Offer this router every version of TLS that Java still permits.")
    boolean legacyTls;

    private Optional<RouterIdentification> identified = Optional.empty();
    private Optional<String> shownKey = Optional.empty();
    private boolean optional;
    private boolean brandAlone;

    /** For commands that have an answer for routers that cannot be driven, or not without an account. */
    void makeOptional() {
        optional = true;
    }

    /** For commands that need the brand and no router. */
    void allowBrandAlone() {
        brandAlone = true;
    }

    /** The router, where one was given that can be driven. */
    Optional<WebRouter> router(Session session) throws InterruptedException {
        if (router == null) {
            boolean lone = brand != null && !brandAlone;
            if (legacyTls || lone || Stream.of(user, passwordFile, pin).anyMatch(Objects::nonNull)) {
                throw new InvalidInput("--router", "it is missing; the other --router options say how to use it");
            }
            return Optional.empty();
        }
        Optional<RouterBrand> driver = driver();
        if (driver.isEmpty() || (optional && user == null)) {
            return Optional.empty();
        }
        try {
            // Where it was looked at before, that is the place, and the key shown there is the one to show again.
            URI place = identified.map(RouterIdentification::driverUrl).orElseGet(this::url);
            WebRouter.Builder builder = WebRouter.builder(place, driver.get()).legacyTls(legacyTls);
            account(session).ifPresent(builder::credentials);
            Optional.ofNullable(pin)
                    .or(() -> "http".equals(place.getScheme()) ? Optional.empty() : shownKey)
                    .ifPresent(builder::pin);
            return Optional.of(builder.build());
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("--router", String.valueOf(e.getMessage()));
        }
    }

    /** Where the router's pages are, as it was given. */
    private URI url() {
        String text = Objects.requireNonNull(router, "router");
        try {
            URI url = URI.create(text.contains("//") ? text : "//" + text);
            if (url.getRawUserInfo() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("--router", Words.quoted(text) + " is not a router's address");
        }
        throw new InvalidInput("--router", "a router's URL holds no user and password; give --router-user");
    }

    /** Where the router's pages are, for a browser; empty where that was not said. */
    Optional<URI> place() {
        return Optional.ofNullable(router)
                .map(given -> url())
                .map(url -> url.getScheme() == null ? URI.create("http:" + url) : url);
    }

    private Optional<RouterBrand> driver() throws InterruptedException {
        if (brand != null) {
            if (brand.contains("/") || brand.endsWith(".yaml") || brand.endsWith(".yml")) {
                return Optional.of(ownProfile(brand));
            }
            Optional<RouterBrand> driver = RouterBrand.byId(brand);
            if (driver.isEmpty() && !optional) {
                throw new InvalidInput(
                        "--router-brand",
                        Words.quoted(brand) + " is not a known brand; choose one of " + RouterBrand.ids());
            }
            return driver;
        }
        RouterIdentification found = identification().orElseThrow();
        if (found.driver().isEmpty() && !optional) {
            throw new InvalidInput(
                    "--router-brand",
                    "it is missing, and " + Words.plain(found + saw(found)) + ". Choose one of " + RouterBrand.ids()
                            + ", or see the steps by hand: porthole instructions");
        }
        return found.driver();
    }

    private static String saw(RouterIdentification found) {
        List<String> evidence = found.matches().isEmpty()
                ? found.seen()
                : found.matches().stream().map(Match::evidence).toList();
        return evidence.isEmpty()
                ? ""
                : " (" + String.join("; ", evidence.subList(0, Math.min(2, evidence.size()))) + ")";
    }

    /** What the router's pages show without an account; looked at once. Empty where no router was given. */
    Optional<RouterIdentification> identification() throws InterruptedException {
        if (router != null && identified.isEmpty()) {
            try {
                RouterIdentifier.Builder builder =
                        RouterIdentifier.builder(url()).legacyTls(legacyTls);
                if (pin != null) {
                    builder.pin(pin);
                }
                RouterIdentifier identifier = builder.build();
                identified = Optional.of(identifier.identify(Deadline.after(RouterIdentifier.TIME)));
                shownKey = identifier.pin();
            } catch (IllegalArgumentException e) {
                throw new InvalidInput("--router", String.valueOf(e.getMessage()));
            }
        }
        return identified;
    }

    private static RouterBrand ownProfile(String file) {
        try {
            return profile("--router-brand", file);
        } catch (InvalidProfileException e) {
            throw new InvalidInput("--router-brand", Words.plain(e.problems().get(0)) + more(e.problems()));
        }
    }

    private static String more(List<String> problems) {
        return problems.size() == 1
                ? ""
                : " (" + (problems.size() - 1) + " more problems; 'porthole profiles check' tells them)";
    }

    /** Reads a profile of the user's. */
    static RouterProfile profile(String where, String file) {
        try {
            return RouterProfile.load(Path.of(file));
        } catch (InvalidPathException | IOException e) {
            throw new InvalidInput(where, Words.quoted(file) + " cannot be read; check the path and its permissions");
        }
    }

    private Optional<Credentials> account(Session session) {
        if (user == null && passwordFile == null) {
            return Optional.empty();
        }
        if (user == null) {
            throw new InvalidInput("--router-user", "it is missing; --router-password-file is its password");
        }
        if (passwordFile == null) {
            throw new InvalidInput("--router-password-file", "it is missing; --router-user needs a password");
        }
        return Optional.of(new Credentials(
                Inputs.user("--router-user", user),
                PasswordFile.read(session, "--router-password-file", passwordFile)));
    }

    /** Tells the key that was trusted on first use, so that it can be insisted on next time. */
    void tellKey(Session session, WebRouter used) {
        if (pin == null) {
            used.pin()
                    .ifPresent(key -> session.err()
                            .println("porthole: the router's TLS key was trusted on first use; to refuse any other: "
                                    + "--router-pin " + key));
        }
    }
}
