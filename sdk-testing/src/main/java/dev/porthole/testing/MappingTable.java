package dev.porthole.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The table of one WAN connection, newest first, with leases that run out. Thread-safe. */
final class MappingTable {
    private final LongSupplier nanoTime;
    private final List<Row> rows = new ArrayList<>();

    private record Row(TableEntry entry, long addedAt) {}

    MappingTable(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A copy that shares nothing but the clock. */
    synchronized MappingTable copy() {
        MappingTable copy = new MappingTable(nanoTime);
        copy.rows.addAll(rows);
        return copy;
    }

    /** Every entry with the time that is left of its lease, newest first. What has run out is dropped here. */
    synchronized List<TableEntry> entries() {
        long now = nanoTime.getAsLong();
        List<TableEntry> entries = new ArrayList<>();
        for (Iterator<Row> each = rows.iterator(); each.hasNext(); ) {
            Row row = each.next();
            Optional<TableEntry> aged = aged(row, now);
            aged.ifPresentOrElse(entries::add, each::remove);
        }
        return entries;
    }

    private static Optional<TableEntry> aged(Row row, long now) {
        Duration lease = row.entry.lease();
        if (lease.isZero()) {
            return Optional.of(row.entry);
        }
        Duration left = lease.minusNanos(now - row.addedAt);
        return left.isZero() || left.isNegative() ? Optional.empty() : Optional.of(row.entry.withLease(left));
    }

    synchronized Optional<TableEntry> find(String protocol, int externalPort) {
        return entries().stream()
                .filter(entry -> entry.holds(protocol, externalPort))
                .findFirst();
    }

    /** Adds an entry at the top, or in the place of the one that holds its port. */
    synchronized void put(TableEntry entry) {
        entries();
        Row row = new Row(entry, nanoTime.getAsLong());
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).entry.holds(entry.protocol(), entry.externalPort())) {
                rows.set(i, row);
                return;
            }
        }
        rows.add(0, row);
    }

    synchronized boolean remove(String protocol, int externalPort) {
        entries();
        return rows.removeIf(row -> row.entry.holds(protocol, externalPort));
    }

    synchronized void clear() {
        rows.clear();
    }
}
