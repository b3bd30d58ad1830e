package dev.porthole.upnp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.TransportProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into a gateway's table of mappings: one entry by its key, or all of them by index. GetListOfPortMappings is never
 * used: 150 entries of it kill miniupnpd 2.3.1. Thread-safe.
 */
final class MappingTable {
    private static final Logger LOG = LoggerFactory.getLogger(MappingTable.class);

    /** A port that was free in a listing this old need not be looked at again before it is mapped. */
    static final Duration FRESH = Duration.ofSeconds(3);

    /** No home router holds more; miniupnpd has been seen with 4,000. */
    static final int MAX_ENTRIES = 5_000;

    /** Old entries come again when others are added meanwhile (newest first); so many in a row mean a stuck listing. */
    private static final int MAX_REPEATS = 3;
    /** A table of fixed size is padded with placeholders (Linksys: 32). */
    private static final int MAX_PLACEHOLDERS = 128;
    /** A table that changes while it is listed is listed again so often. */
    private static final int MAX_PASSES = 3;
    /** A table of so many entries is checked in several places for changes, a smaller one at its first entry. */
    private static final int PROBED = 16;

    private static final int PROBES = 4;

    private static final int NOT_AUTHORIZED = 606;
    private static final int INDEX_INVALID = 713;
    private static final int NO_SUCH_ENTRY = 714;

    private final WanConnection wan;
    private volatile boolean specificMissing;
    private volatile boolean listingMissing;
    private volatile boolean listingDoubtful;
    private final Map<Port, String> remoteHosts = new ConcurrentHashMap<>();
    private volatile int endCode = INDEX_INVALID;
    private volatile @Nullable Snapshot snapshot;

    /** An entry is told apart by these, WANIPConnection:1 section 2.2. */
    private record Key(TransportProtocol protocol, int externalPort, String remoteHost) {
        static Key of(PortMapping mapping) {
            return new Key(mapping.protocol(), mapping.externalPort(), mapping.remoteHost());
        }
    }

    private record Port(TransportProtocol protocol, int number) {}

    private record Snapshot(long nanoTime, Set<Port> taken, List<PortMapping> mappings) {}

    /** The table, or as much of it as could be seen. */
    private record Listing(List<PortMapping> mappings, boolean complete) {}

    /** One pass over the table: the entries, and the rows by their index. */
    private record Pass(Map<Key, PortMapping> entries, List<List<Key>> rows, boolean complete) {}

    /**
     * The answer to whether an entry is there.
     *
     * @param entry the entry
     * @param sure false where the gateway offers no way to look
     */
    record Look(Optional<PortMapping> entry, boolean sure) {}

    MappingTable(WanConnection wan) {
        this.wan = wan;
    }

    /** False where the gateway has said that it has no listing, or failed at its first entry. */
    boolean listable() {
        return !listingMissing && !listingDoubtful;
    }

    /** Entries asked for by their key are not to be believed: the listing showed one that was denied. */
    void distrustKeys() {
        specificMissing = true;
    }

    /** Whether a port was free in a listing a moment ago, and was not mapped by us since. */
    boolean seenFree(TransportProtocol protocol, int port) {
        return recent().filter(s -> !s.taken().contains(new Port(protocol, port)))
                .isPresent();
    }

    /** The last listing, where it is fresh. */
    Optional<List<PortMapping>> recentMappings() {
        return recent().map(Snapshot::mappings);
    }

    private Optional<Snapshot> recent() {
        return Optional.ofNullable(snapshot).filter(s -> System.nanoTime() - s.nanoTime() < FRESH.toNanos());
    }

    /** A port is no longer known to be free. */
    void taken(TransportProtocol protocol, int port) {
        Snapshot last = snapshot;
        if (last != null) {
            last.taken().add(new Port(protocol, port));
        }
    }

    /** A mapping for one remote host was granted: its entry is found only together with that host. */
    void granted(PortMapping mapping) {
        Port port = new Port(mapping.protocol(), mapping.externalPort());
        if (mapping.remoteHost().isEmpty()) {
            remoteHosts.remove(port);
        } else {
            remoteHosts.put(port, mapping.remoteHost());
        }
    }

    /** Looks for the entry that holds a port, whether it is for anyone or for the remote host that we asked for. */
    Look look(TransportProtocol protocol, int port, Deadline deadline) throws InterruptedException {
        Look look = look(protocol, port, "", deadline);
        String remoteHost = remoteHosts.get(new Port(protocol, port));
        return look.entry().isPresent() || remoteHost == null ? look : look(protocol, port, remoteHost, deadline);
    }

    /** Looks for one entry, by its key or, where the gateway cannot do that, in the listing. */
    Look look(TransportProtocol protocol, int port, String remoteHost, Deadline deadline) throws InterruptedException {
        if (specificMissing) {
            return lookInListing(protocol, port, remoteHost, deadline);
        }
        try {
            return new Look(wan.specificEntry(protocol, port, remoteHost, halfOf(deadline)), true);
        } catch (UpnpFaultException e) {
            if (e.code() == NO_SUCH_ENTRY || e.code() == INDEX_INVALID) {
                return new Look(Optional.empty(), true);
            }
            specificMissing = missing(e);
            LOG.debug(
                    "{}: {} for an entry asked for by its key, looking in the listing",
                    wan.soap().name(),
                    e.words());
            return lookInListing(protocol, port, remoteHost, deadline);
        } catch (NoAnswerException e) {
            if (!e.maybeDone() || deadline.expired()) {
                throw e;
            }
            specificMissing |= e.code() == FindingCode.TIMED_OUT;
            return lookAgain(protocol, port, remoteHost, deadline, e);
        }
    }

    /** Looks for one entry; where no answer comes, nobody can tell. */
    Look lookQuietly(TransportProtocol protocol, int port, String remoteHost, Deadline deadline)
            throws InterruptedException {
        try {
            return look(protocol, port, remoteHost, deadline);
        } catch (NatTraversalException e) {
            LOG.debug("{}: {}", wan.soap().name(), e.getMessage());
            return new Look(Optional.empty(), false);
        }
    }

    private static Deadline halfOf(Deadline deadline) {
        return deadline.minus(deadline.remaining().dividedBy(2));
    }

    /** A gateway may answer one action with nonsense, or not at all, and the other properly. */
    private Look lookAgain(
            TransportProtocol protocol, int port, String remoteHost, Deadline deadline, NoAnswerException first)
            throws InterruptedException {
        try {
            Look look = lookInListing(protocol, port, remoteHost, deadline);
            if (look.sure()) {
                return look;
            }
        } catch (NoAnswerException e) {
            first.addSuppressed(e);
        }
        throw first;
    }

    /**
     * Looks once more where the entry asked for by its key was somebody else's, though the port was free: a gateway may
     * answer with another entry than the one asked for. Then it is no longer asked so.
     */
    Optional<PortMapping> lookInListingOnly(WanConnection.Wanted wanted, Deadline deadline)
            throws InterruptedException {
        try {
            Look look = lookInListing(wanted.protocol(), wanted.externalPort(), wanted.remoteHost(), deadline);
            boolean another = look.entry()
                    .filter(entry -> entry.description().equals(wanted.description()))
                    .isPresent();
            specificMissing |= another;
            return look.entry();
        } catch (NoAnswerException e) {
            return Optional.empty();
        }
    }

    private Look lookInListing(TransportProtocol protocol, int port, String remoteHost, Deadline deadline)
            throws InterruptedException {
        if (listingMissing) {
            return new Look(Optional.empty(), false);
        }
        Listing listing = listing(deadline);
        List<PortMapping> entries = listing.mappings().stream()
                .filter(m -> m.protocol() == protocol && m.externalPort() == port)
                .toList();
        Optional<PortMapping> best = entries.stream()
                .filter(m -> m.remoteHost().equals(remoteHost))
                .findFirst()
                .or(() -> entries.stream().findFirst());
        return new Look(best, best.isPresent() || listing.complete());
    }

    /** Lists every entry, until the gateway says in whatever way that there are no more. */
    List<PortMapping> list(Deadline deadline) throws InterruptedException {
        return listing(deadline).mappings();
    }

    private Listing listing(Deadline deadline) throws InterruptedException {
        Map<Key, PortMapping> all = new LinkedHashMap<>();
        boolean complete = false;
        for (int i = 0; i < MAX_PASSES; i++) {
            Pass pass = pass(deadline);
            complete = pass.complete();
            if (!moved(pass, deadline)) {
                all = pass.entries();
                break;
            }
            LOG.debug("{}: the table changed while it was listed", wan.soap().name());
            all.putAll(pass.entries());
        }
        List<PortMapping> mappings = List.copyOf(all.values());
        Set<Port> taken = mappings.stream()
                .map(m -> new Port(m.protocol(), m.externalPort()))
                .collect(Collectors.toCollection(ConcurrentHashMap::newKeySet));
        snapshot = complete ? new Snapshot(System.nanoTime(), taken, mappings) : null;
        return new Listing(mappings, complete);
    }

    private Pass pass(Deadline deadline) throws InterruptedException {
        Map<Key, PortMapping> entries = new LinkedHashMap<>();
        List<List<Key>> rows = new ArrayList<>();
        int repeats = 0;
        int placeholders = 0;
        try {
            while (rows.size() < MAX_ENTRIES && repeats < MAX_REPEATS && placeholders < MAX_PLACEHOLDERS) {
                List<PortMapping> row = wan.genericEntry(rows.size(), deadline);
                boolean fresh = false;
                for (PortMapping mapping : row) {
                    fresh |= entries.putIfAbsent(Key.of(mapping), mapping) == null;
                }
                placeholders = row.isEmpty() ? placeholders + 1 : 0;
                repeats = row.isEmpty() || fresh ? repeats : repeats + 1;
                rows.add(keys(row));
            }
            LOG.debug(
                    "{}: the listing has no end, stopped at index {}",
                    wan.soap().name(),
                    rows.size());
            return new Pass(entries, rows, rows.size() < MAX_ENTRIES);
        } catch (UpnpFaultException e) {
            LOG.debug("{}: {} at index {} ends the listing", wan.soap().name(), e.words(), rows.size());
            return new Pass(entries, rows, ended(e, rows.size()));
        } catch (NoAnswerException e) {
            if (rows.isEmpty() || e.code() != FindingCode.MALFORMED_REPLY) {
                throw e;
            }
            LOG.debug("{}: {} ends the listing at index {}", wan.soap().name(), e.getMessage(), rows.size());
            return new Pass(entries, rows, false);
        }
    }

    /** Whether an error says that the table ends here. Any does behind an entry; before the first only those known to. */
    private boolean ended(UpnpFaultException e, int index) {
        if (index > 0) {
            endCode = e.code();
            listingDoubtful = false;
            return true;
        }
        boolean end = e.code() == INDEX_INVALID || e.code() == NO_SUCH_ENTRY || e.code() == endCode;
        listingMissing = missing(e) || e.code() == NOT_AUTHORIZED;
        listingDoubtful = !end;
        return end;
    }

    /**
     * Whether entries are no longer where they were a moment ago: then one may have slipped past. A few places tell, the
     * first above all, where new entries come in.
     */
    private boolean moved(Pass pass, Deadline deadline) throws InterruptedException {
        int size = pass.rows().size();
        if (size < 2 || !pass.complete()) {
            return false;
        }
        int step = size < PROBED ? size : size / PROBES;
        try {
            for (int index = 0; index < size; index += step) {
                if (!keys(wan.genericEntry(index, deadline)).equals(pass.rows().get(index))) {
                    return true;
                }
            }
            return false;
        } catch (UpnpFaultException e) {
            return true;
        } catch (NoAnswerException e) {
            return false;
        }
    }

    private static List<Key> keys(List<PortMapping> row) {
        List<Key> keys = new ArrayList<>();
        row.forEach(mapping -> keys.add(Key.of(mapping)));
        return keys;
    }

    /** Invalid Action, or an action that is optional and not implemented. */
    private static boolean missing(UpnpFaultException e) {
        return e.code() == 401 || e.code() == 602;
    }
}
