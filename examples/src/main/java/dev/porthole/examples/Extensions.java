package dev.porthole.examples;

import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.MappingProtocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** The gateway finders on the class path. */
final class Extensions {
    private Extensions() {}

    /**
     * The finders of some protocols.
     *
     * @param wanted the protocols; empty for all
     * @return one per protocol at least
     */
    static List<GatewayFinder> finders(Set<MappingProtocol> wanted) {
        List<GatewayFinder> finders = all();
        if (wanted.isEmpty()) {
            return finders;
        }
        for (MappingProtocol protocol : wanted) {
            if (finders.stream().noneMatch(finder -> finder.protocol() == protocol)) {
                throw new InvalidInput(
                        "--providers", "'" + protocol.id() + "' is not built yet; available: " + available());
            }
        }
        finders.removeIf(finder -> !wanted.contains(finder.protocol()));
        return finders;
    }

    /** The names of the protocols that can be used. */
    static String available() {
        return String.join(
                ", ",
                all().stream().map(finder -> finder.protocol().id()).distinct().toList());
    }

    private static List<GatewayFinder> all() {
        List<GatewayFinder> finders = new ArrayList<>();
        ServiceLoader.load(GatewayFinder.class, Extensions.class.getClassLoader())
                .forEach(finders::add);
        finders.sort(Comparator.comparing(GatewayFinder::protocol));
        return finders;
    }
}
