package dev.porthole.upnp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.upnp.internal.MappingTable.Look;
import dev.porthole.upnp.internal.WanConnection.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks for what a gateway says that it stored. */
final class ReadBack {
    /** A few gateways answer before they have stored, up to a second; most need none of these. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMillis(800));

    /** A mapping made a moment ago has lost less than this of its lease. */
    private static final Duration MOMENT = Duration.ofSeconds(10);

    private final MappingTable table;
    private final Deadline deadline;

    ReadBack(MappingTable table, Deadline deadline) {
        this.table = table;
        this.deadline = deadline;
    }

    /** Looks, and where nothing is there again a little later. */
    Look look(Wanted granted) throws InterruptedException {
        Look look = lookOnce(granted);
        for (Duration pause : PAUSES) {
            if (look.entry().isPresent() || !look.sure() || deadline.remaining().compareTo(pause) <= 0) {
                return look;
            }
            Thread.sleep(pause.toMillis());
            look = lookOnce(granted);
        }
        return look;
    }

    private Look lookOnce(Wanted granted) throws InterruptedException {
        return table.look(granted.protocol(), granted.externalPort(), granted.remoteHost(), deadline);
    }

    /** The mapping on another external port, or for another transport, than it was granted for: same tag, same endpoint, and not there before. */
    Optional<PortMapping> strayed(Wanted granted) throws InterruptedException {
        Optional<List<PortMapping>> before = table.recentMappings();
        List<PortMapping> now;
        try {
            now = table.list(deadline);
        } catch (NatTraversalException e) {
            return Optional.empty();
        }
        return now.stream()
                .filter(m -> m.description().equals(granted.description()))
                .filter(m -> m.internalClient().equals(granted.internalClient()))
                .filter(m -> m.internalPort() == granted.internalPort())
                .filter(m -> before.isPresent() ? isNew(m, before.get()) : young(m, granted))
                .findFirst();
    }

    private static boolean isNew(PortMapping mapping, List<PortMapping> before) {
        return before.stream()
                .noneMatch(b -> b.protocol() == mapping.protocol() && b.externalPort() == mapping.externalPort());
    }

    private static boolean young(PortMapping mapping, Wanted granted) {
        return mapping.lease().isPresent()
                && !granted.lease().isZero()
                && mapping.lease().get().compareTo(granted.lease().minus(MOMENT)) > 0;
    }

    /** What a gateway should hold that granted a mapping. */
    static PortMapping asStored(Wanted granted) {
        return new PortMapping(
                granted.protocol(),
                PortRange.of(granted.externalPort()),
                granted.internalClient(),
                granted.internalPort(),
                granted.remoteHost(),
                granted.description(),
                Optional.empty(),
                true);
    }
}
