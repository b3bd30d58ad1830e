package dev.porthole.routers;

import dev.porthole.routers.internal.RouterDriver;
import dev.porthole.routers.internal.RouterUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a router's web administration is spoken to: one of the brands of this package, with its settings. Immutable and
 * thread-safe.
 */
public abstract class RouterBrand {
    private final String id;

    /** For the brands of this package only. */
    RouterBrand(String id) {
        this.id = id;
    }

    /**
     * The brands, each with its defaults, also those of the shipped {@linkplain RouterProfile profiles}.
     *
     * @return an unmodifiable list
     */
    public static List<RouterBrand> all() {
        List<RouterBrand> all = new ArrayList<>(inCode());
        all.addAll(RouterProfile.shipped());
        return List.copyOf(all);
    }

    private static List<RouterBrand> inCode() {
        return List.of(Milesight.router(), Milesight.eg71(), TableRouter.any());
    }

    /**
     * Finds a brand, with its defaults, by its {@link #id()}.
     *
     * @param id the name, in any case
     * @return the brand, or empty where there is none of that name
     */
    public static Optional<RouterBrand> byId(String id) {
        String wanted = id.strip().toLowerCase(Locale.ROOT);
        // The profiles need not be read for a brand that is code.
        return inCode().stream()
                .filter(brand -> brand.id().equals(wanted))
                .findFirst()
                .or(() -> RouterProfile.shipped().stream()
                        .filter(brand -> brand.id().equals(wanted))
                        .findFirst());
    }

    /**
     * The names of all brands, for messages.
     *
     * @return for example {@code milesight, table}
     */
    public static String ids() {
        return all().stream().map(RouterBrand::id).sorted().collect(Collectors.joining(", "));
    }

    /**
     * The name used in configuration.
     *
     * @return lower case, for example {@code milesight}
     */
    public final String id() {
        return id;
    }

    abstract RouterDriver driver();

    /** Where it is spoken to on a router whose pages are there; the same place for most. */
    RouterUrl standard(RouterUrl pages) {
        return pages;
    }

    /** The name. */
    @Override
    public String toString() {
        return id;
    }
}
