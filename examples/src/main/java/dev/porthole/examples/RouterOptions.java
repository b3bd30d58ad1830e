package dev.porthole.examples;

import dev.porthole.Credentials;
import dev.porthole.routers.InvalidProfileException;
import dev.porthole.routers.RouterBrand;
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
                    + " without a scheme https is tried first, then http. Needs --router-brand.")
    @Nullable
    String router;

    @Option(
            names = "--router-brand",
            paramLabel = "BRAND",
            order = 58,
            description =
                    "What the router's pages are: milesight, milesight-eg71, one of 'porthole profiles', a profile of"
                            + " your own (FILE.yaml), or table for any other.")
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

    /** The router, where one was given. */
    Optional<WebRouter> router(Session session) {
        if (router == null) {
            if (legacyTls || Stream.of(brand, user, passwordFile, pin).anyMatch(Objects::nonNull)) {
                throw new InvalidInput("--router", "it is missing; the other --router options say how to use it");
            }
            return Optional.empty();
        }
        try {
            URI url = URI.create(router.contains("//") ? router : "//" + router);
            WebRouter.Builder builder = WebRouter.builder(url, brand(brand)).legacyTls(legacyTls);
            account(session).ifPresent(builder::credentials);
            if (pin != null) {
                builder.pin(pin);
            }
            return Optional.of(builder.build());
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("--router", String.valueOf(e.getMessage()));
        }
    }

    private static RouterBrand brand(@Nullable String name) {
        if (name == null) {
            throw new InvalidInput("--router-brand", "it is missing; choose one of " + RouterBrand.ids());
        }
        if (name.contains("/") || name.endsWith(".yaml") || name.endsWith(".yml")) {
            try {
                return profile("--router-brand", name);
            } catch (InvalidProfileException e) {
                throw new InvalidInput(
                        "--router-brand", Words.plain(e.problems().get(0)) + more(e.problems()));
            }
        }
        return RouterBrand.byId(name)
                .orElseThrow(() -> new InvalidInput(
                        "--router-brand",
                        Words.quoted(name) + " is not a known brand; choose one of " + RouterBrand.ids()));
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
