package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.table.Sheet.Cell;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Decides together what all port columns of a table mean: which are the external ones, which the internal, which begin
 * and which end a range. Words that mean opposite things on different routers (source, destination, from, to) decide
 * only with further evidence.
 */
final class PortColumns {
    private final List<ColumnFacts> external = new ArrayList<>();
    private final List<ColumnFacts> internal = new ArrayList<>();
    private final List<ColumnFacts> open = new ArrayList<>();
    private final List<ColumnFacts> source = new ArrayList<>();
    private final List<ColumnFacts> destination = new ArrayList<>();
    private final List<ColumnFacts> all;
    private final int host;
    private final Map<Meaning, ColumnFacts> found = new EnumMap<>(Meaning.class);

    private PortColumns(List<ColumnFacts> ports, int host) {
        this.all = ports;
        this.host = host;
    }

    /**
     * Resolves port columns.
     *
     * @param ports the columns of ports, in order
     * @param host the column of the internal address
     * @throws NotUnderstoodException where they can be read in two ways
     */
    static Map<Meaning, ColumnFacts> resolve(List<ColumnFacts> ports, int host) throws NotUnderstoodException {
        PortColumns columns = new PortColumns(ports, host);
        columns.sort();
        columns.resolveDirections();
        columns.resolveOpen();
        columns.ends(columns.external, Meaning.EXTERNAL_START, Meaning.EXTERNAL_END);
        columns.ends(columns.internal, Meaning.INTERNAL_START, Meaning.INTERNAL_END);
        return columns.found;
    }

    private void sort() throws NotUnderstoodException {
        for (ColumnFacts column : all) {
            boolean both = column.any(Trait.EXTERNAL) && column.is(Trait.INTERNAL);
            if (both && column.cells().stream().anyMatch(PortColumns::several)) {
                throw ambiguous("'" + column.title() + "' holds ports of both sides");
            }
            boolean out = column.any(Trait.EXTERNAL, Trait.REMOTE);
            boolean in = column.is(Trait.INTERNAL);
            if (out && !in && clientPort(column)) {
                source.add(column);
            } else if (out != in) {
                (out ? external : internal).add(column);
            } else if (column.is(Trait.SRC)) {
                source.add(column);
            } else if (column.is(Trait.DEST)) {
                destination.add(column);
            } else {
                open.add(column);
            }
        }
    }

    /** Huawei: beside {@code ExternalPort} there is {@code ExternalSrcPort}, from which clients must connect. */
    private boolean clientPort(ColumnFacts column) {
        return column.is(Trait.SRC)
                && all.stream()
                        .anyMatch(
                                other -> other.is(Trait.EXTERNAL) && !other.is(Trait.SRC) && !other.is(Trait.INTERNAL));
    }

    /** Milesight's Source Port is the external one; pfSense's is the client's, and its Destination Port the external. */
    private void resolveDirections() throws NotUnderstoodException {
        if (source.isEmpty() && destination.isEmpty()) {
            return;
        }
        if (!external.isEmpty() && internal.isEmpty() && source.isEmpty()) {
            internal.addAll(destination);
        } else if (!internal.isEmpty()) {
            // The internal port has a column of its own, so the destination is what the Internet dials.
            if (external.isEmpty()) {
                external.addAll(destination.isEmpty() ? source : destination);
            }
        } else if (external.isEmpty() && source.size() == 1 && destination.size() == 1 && open.isEmpty()) {
            directionByRows();
        } else if (external.isEmpty() && source.isEmpty() && open.size() == 1 && destination.size() == 1) {
            external.add(open.remove(0));
            internal.addAll(destination);
        } else if (external.isEmpty() && open.isEmpty() && (source.isEmpty() || destination.isEmpty())) {
            external.addAll(source.isEmpty() ? destination : source);
        } else {
            throw ambiguous("words for source and destination do not tell which is the external one");
        }
    }

    /** Only where a row leads to an address of the LAN and both ports are given, the source is the router's own port. */
    private void directionByRows() throws NotUnderstoodException {
        List<Cell> from = source.get(0).cells();
        List<Cell> to = destination.get(0).cells();
        boolean both = false;
        for (int i = 0; i < from.size(); i++) {
            boolean one = Values.port(from.get(i).shown()).isPresent();
            boolean other = Values.port(to.get(i).shown()).isPresent();
            if (other && !one && !Values.unset(from.get(i).shown())) {
                throw ambiguous("the source port is not a port in every row");
            }
            both |= one && other;
        }
        if (!both) {
            throw ambiguous("'" + source.get(0).title() + "' is the external port on some routers and the client's on"
                    + " others, and no row shows which");
        }
        external.addAll(source);
        internal.addAll(destination);
    }

    private void resolveOpen() throws NotUnderstoodException {
        if (open.isEmpty()) {
            return;
        }
        boolean noExternal = external.isEmpty();
        boolean noInternal = internal.isEmpty();
        if (noExternal && noInternal) {
            bothSidesOpen();
        } else if (noExternal) {
            external.addAll(open);
        } else if (noInternal && !endsOf(external, open)) {
            internal.addAll(open);
        } else if (noInternal) {
            external.addAll(open);
        } else if (endsOf(external, open)) {
            external.addAll(open);
        } else if (endsOf(internal, open)) {
            internal.addAll(open);
        } else if (!open.stream().allMatch(PortColumns::anyClients)) {
            throw ambiguous("'" + open.get(0).title() + "' is neither the external nor the internal port");
        }
    }

    private static boolean several(Cell cell) {
        return Values.ports(cell.shown()).stream().anyMatch(range -> range.first() != range.last())
                || Values.ports(cell.shown()).size() > 1;
    }

    /** mGuard: a port from which a client must connect, which is any. */
    private static boolean anyClients(ColumnFacts column) {
        return column.is(Trait.FROM) && column.cells().stream().allMatch(cell -> Values.anySource(cell.shown()));
    }

    private static boolean endsOf(List<ColumnFacts> side, List<ColumnFacts> rest) {
        return side.size() == 1
                && rest.size() == 1
                && (rest.get(0).any(Trait.END, Trait.TO) || continues(side.get(0), rest.get(0)))
                && !side.get(0).any(Trait.END)
                && rest.get(0).index() == side.get(0).index() + 1;
    }

    /** "Public Port [8080] ~ [8090]": the second field stands under the same header, and never holds the smaller port. */
    private static boolean continues(ColumnFacts start, ColumnFacts end) {
        if (!start.title().equals(end.title()) || start.title().isBlank()) {
            return false;
        }
        for (int i = 0; i < start.cells().size(); i++) {
            int first = first(start.cells().get(i));
            int last = first(end.cells().get(i));
            if (last != 0 && last < first) {
                return false;
            }
        }
        return true;
    }

    private static int first(Cell cell) {
        return Values.port(cell.shown()).map(port -> port.first()).orElse(0);
    }

    private void bothSidesOpen() throws NotUnderstoodException {
        if (open.size() == 1) {
            external.addAll(open);
            return;
        }
        if (open.size() != 2) {
            throw ambiguous("no word tells which of " + open.size() + " port columns are the external ones");
        }
        ColumnFacts one = open.get(0);
        ColumnFacts two = open.get(1);
        if (one.is(Trait.START) && two.is(Trait.END) || one.is(Trait.RANGE) && two.is(Trait.RANGE)) {
            external.addAll(open);
        } else if (one.is(Trait.FROM) && two.is(Trait.TO)) {
            fromTo(one, two);
        } else {
            throw ambiguous("no word tells which of the two port columns is the external one");
        }
    }

    /** DD-WRT's "Port from … Port to" translates, with the address between; elsewhere from and to make a range. */
    private void fromTo(ColumnFacts one, ColumnFacts two) throws NotUnderstoodException {
        boolean between = one.index() < host && host < two.index();
        boolean falling = false;
        boolean rising = false;
        for (int i = 0; i < one.cells().size(); i++) {
            int from = first(one.cells().get(i));
            int to = first(two.cells().get(i));
            falling |= from > to && to > 0;
            rising |= from < to && from > 0;
        }
        if (between || falling) {
            external.add(one);
            internal.add(two);
        } else if (!rising) {
            throw ambiguous("'" + one.title() + "' and '" + two.title()
                    + "' may be the ends of a range or the external and the internal port");
        } else {
            external.addAll(open);
        }
    }

    private void ends(List<ColumnFacts> side, Meaning start, Meaning end) throws NotUnderstoodException {
        if (side.size() > 2) {
            throw ambiguous("more than two columns are the " + start.words());
        }
        if (side.isEmpty()) {
            return;
        }
        boolean swapped =
                side.size() == 2 && side.get(0).is(Trait.END) && !side.get(1).is(Trait.END);
        if (side.size() == 2 && !swapped && !pair(side.get(0), side.get(1))) {
            throw ambiguous("both '" + side.get(0).title() + "' and '"
                    + side.get(1).title() + "' look like the " + start.words());
        }
        found.put(start, side.get(swapped ? 1 : 0));
        if (side.size() == 2) {
            found.put(end, side.get(swapped ? 0 : 1));
        }
    }

    /** Whether two columns are the ends of one range: by their words, by a shared header, or by standing together. */
    private static boolean pair(ColumnFacts one, ColumnFacts two) {
        return two.any(Trait.END, Trait.TO)
                || one.is(Trait.START)
                || one.is(Trait.FROM)
                || two.index() == one.index() + 1
                        && (one.is(Trait.RANGE) || one.title().equals(two.title()));
    }

    private NotUnderstoodException ambiguous(String why) {
        String titles = all.stream().map(column -> "'" + column.title() + "'").collect(Collectors.joining(", "));
        return NotUnderstoodException.ambiguous("port columns " + titles + ": " + why);
    }
}
