package dev.porthole.routers;

import dev.porthole.routers.internal.guide.CommonWords;
import dev.porthole.routers.internal.guide.Guide;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How port forwarding is entered by hand on routers, brand by brand: the last rung of the ladder, for routers that no
 * protocol and no driver changes. Immutable and thread-safe.
 *
 * <pre>{@code
 * RouterInstructions steps = RouterGuides.builtIn().byId("fritzbox").orElseThrow()
 *         .instructions(ForwardedPort.of(cameras, plan.ports()))
 *         .build();
 * System.out.println(steps.text());
 * }</pre>
 */
public final class RouterGuides {
    /** The guide for routers of which nothing else is known. */
    static final String ANY = "table";

    private static final String ENDING = ".txt";
    private static final String COMMON = "common" + ENDING;
    /** Far above any guide. */
    private static final long MAX_BYTES = 1 << 18;

    private final List<RouterGuide> guides;
    private final CommonWords words;

    private RouterGuides(List<Guide> guides, CommonWords words) {
        this.guides =
                guides.stream().map(guide -> new RouterGuide(guide, words)).toList();
        this.words = words;
    }

    /**
     * The guides that come with this module, in English.
     *
     * @return the guides
     */
    public static RouterGuides builtIn() {
        return BuiltIn.GUIDES;
    }

    /** Read when first asked for. */
    private static final class BuiltIn {
        static final RouterGuides GUIDES = new RouterGuides(
                resource("index" + ENDING)
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(String::strip)
                        .map(id -> Guide.parse(id, resource(id + ENDING)))
                        .toList(),
                CommonWords.parse(resource(COMMON)));

        private BuiltIn() {}

        private static String resource(String name) {
            try (InputStream in = RouterGuides.class.getResourceAsStream("guides/" + name)) {
                if (in == null) {
                    throw new IllegalStateException("the module lacks its resource guides/" + name);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Adds guides, or replaces those of the same name, for example by a translation. The format is in this module's
     * resource {@code dev/porthole/routers/guides/format.txt}.
     *
     * @param directory holds {@code BRAND.txt} for each brand, and {@code common.txt} for words that all guides share; each
     *     may be missing
     * @return these guides and those, those first
     * @throws IOException where the directory cannot be read
     * @throws IllegalArgumentException where a file is not in the format; says where and what
     */
    public RouterGuides overlaid(Path directory) throws IOException {
        List<Guide> all = new ArrayList<>();
        CommonWords common = words;
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = listed.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(name + " is larger than 256 KiB; no guide is");
            }
            String text = Files.readString(file);
            if (name.equals(COMMON)) {
                common = common.overlaid(text);
            } else {
                all.add(Guide.parse(name.substring(0, name.length() - ENDING.length()), text));
            }
        }
        for (RouterGuide guide : guides) {
            if (all.stream().noneMatch(other -> other.id().equals(guide.id()))) {
                all.add(guide.guide());
            }
        }
        return new RouterGuides(all, common);
    }

    /**
     * The guides.
     *
     * @return an unmodifiable list, the guide for any router last
     */
    public List<RouterGuide> all() {
        return guides;
    }

    /**
     * Finds the guide for a brand.
     *
     * @param id a name of the brand, in any case; that of a driver ({@link RouterBrand#id()}) will do
     * @return the guide, or empty where there is none of that name
     */
    public Optional<RouterGuide> byId(String id) {
        return guides.stream().filter(guide -> guide.guide().is(id)).findFirst();
    }

    /**
     * The guide for routers of which nothing is known.
     *
     * @return the guide
     */
    public RouterGuide any() {
        return byId(ANY).orElseThrow(() -> new IllegalStateException("there is no guide '" + ANY + "'"));
    }

    /**
     * The names of all brands, for messages.
     *
     * @return for example {@code asuswrt, fritzbox, milesight}
     */
    public String ids() {
        return String.join(", ", guides.stream().map(RouterGuide::id).sorted().toList());
    }
}
