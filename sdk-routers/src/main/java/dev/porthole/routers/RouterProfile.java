package dev.porthole.routers;

import dev.porthole.routers.internal.RouterDriver;
import dev.porthole.routers.internal.RouterUrl;
import dev.porthole.routers.internal.profile.Profile;
import dev.porthole.routers.internal.profile.ProfileDriver;
import dev.porthole.routers.internal.profile.ProfileProblems;
import dev.porthole.routers.internal.profile.ProfileReader;
import dev.porthole.routers.internal.profile.ProfileSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A brand of routers that a profile describes, a file of YAML: one of those that are shipped, or one of your own. The page
 * {@code docs/ROUTERS.md} tells how to write one. A profile holds no code and is checked strictly; what it can make the
 * router do is bounded by what every brand keeps to. Immutable.
 */
public final class RouterProfile extends RouterBrand {
    /** On what a profile was tried. */
    public enum Status {
        /** A real router, see {@link RouterProfile#firmware()}. */
        REAL,
        /** A simulated router, or recorded answers; no real one. */
        FIXTURES,
        /** Nothing yet. */
        UNVERIFIED
    }

    private static final Logger LOG = LoggerFactory.getLogger(RouterProfile.class);
    private static final int MAX_SIZE = 64 << 10;

    private final Profile profile;
    private final String yaml;

    private RouterProfile(Profile profile, String yaml) {
        super(profile.id());
        this.profile = profile;
        this.yaml = yaml;
    }

    /** Parsed when it is first asked for. */
    private static final class Shipped {
        static final List<RouterProfile> ALL = all();

        private static List<RouterProfile> all() {
            List<String> ids = resource("index")
                    .lines()
                    .map(String::strip)
                    .filter(id -> !id.isEmpty())
                    .toList();
            return readAll(ids, Shipped::resource, LOG::error);
        }

        private static String resource(String name) {
            try (InputStream in = RouterProfile.class.getResourceAsStream("profiles/" + name)) {
                if (in == null) {
                    throw new IllegalStateException("the shipped profiles lack " + name);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException("the shipped profiles cannot be read", e);
            }
        }
    }

    /** Reads profiles; one that cannot be read is told by its file's name, and left out. */
    static List<RouterProfile> readAll(List<String> ids, UnaryOperator<String> resource, Consumer<String> problems) {
        List<RouterProfile> all = new ArrayList<>();
        for (String id : ids) {
            String file = id + ".yaml";
            try {
                all.add(parse(file, resource.apply(file)));
            } catch (InvalidProfileException e) {
                problems.accept("the shipped profile " + file + " is left out: " + e.problems());
            } catch (RuntimeException e) {
                problems.accept("the shipped profile " + file + " is left out: " + e);
            }
        }
        return List.copyOf(all);
    }

    /**
     * The profiles that are shipped, by their id. One that cannot be read, in a module that was changed, is left out and
     * told in the log.
     *
     * @return an unmodifiable list
     */
    public static List<RouterProfile> shipped() {
        return Shipped.ALL;
    }

    /**
     * Reads a profile of your own.
     *
     * @param file the file
     * @return the brand
     * @throws InvalidProfileException where it is no profile
     * @throws IOException where it cannot be read
     */
    public static RouterProfile load(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(String.valueOf(file.getFileName()), in);
        }
    }

    /**
     * Reads a profile of your own.
     *
     * @param name the file's name, for messages
     * @param in its bytes, UTF-8; at most 64 KiB are read, and it is not closed
     * @return the brand
     * @throws InvalidProfileException where it is no profile
     * @throws IOException where it cannot be read
     */
    public static RouterProfile read(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_SIZE + 1);
        try {
            return parse(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            throw new InvalidProfileException(List.of(name + ":1:1: this is not UTF-8"), e);
        }
    }

    private static RouterProfile parse(String name, String text) {
        try {
            return new RouterProfile(ProfileReader.read(name, text), text);
        } catch (ProfileProblems e) {
            throw new InvalidProfileException(e.problems(), e);
        }
    }

    /**
     * The brand's name for people.
     *
     * @return for example {@code DD-WRT}
     */
    public String name() {
        return profile.name();
    }

    /**
     * On what the profile was tried.
     *
     * @return the status
     */
    public Status status() {
        return Status.valueOf(profile.verification().level().name());
    }

    /**
     * The firmware on which it was tried.
     *
     * @return an unmodifiable list, empty where none is named
     */
    public List<String> firmware() {
        return profile.verification().firmware();
    }

    /**
     * How it was verified, in a sentence.
     *
     * @return for example {@code fixtures: public clients; a simulated router}
     */
    public String verification() {
        return status().name().toLowerCase(Locale.ROOT) + ": "
                + profile.verification().source();
    }

    /**
     * The profile as it is written, as a start for one of your own.
     *
     * @return the YAML
     */
    public String yaml() {
        return yaml;
    }

    /**
     * What will be asked of a router, for a person who checks the profile.
     *
     * @return lines of text
     */
    public List<String> summary() {
        return ProfileSummary.of(profile);
    }

    @Override
    RouterDriver driver() {
        return new ProfileDriver(profile);
    }

    @Override
    RouterUrl standard(RouterUrl pages) {
        Integer port = profile.ports().get(pages.tls() ? "https" : "http");
        return port == null ? pages : pages.at(port);
    }
}
