package dev.porthole.ledger;

import dev.porthole.Secret;
import dev.porthole.mapping.RememberedGateway;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** A ledger that ends with the process. Thread-safe. */
public final class InMemoryLedger implements Ledger {
    private final Set<LedgerEntry> entries = new LinkedHashSet<>();
    private final Map<String, RememberedGateway> gateways = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<String> key = Optional.empty();

    /** Makes an empty ledger. */
    public InMemoryLedger() {}

    @Override
    public List<LedgerEntry> entries(String gatewayId) {
        lock.lock();
        try {
            return entries.stream().filter(e -> e.gatewayId().equals(gatewayId)).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean holds(String tag) {
        lock.lock();
        try {
            return entries.stream().anyMatch(entry -> entry.tag().equals(tag));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void intend(LedgerEntry entry) {
        lock.lock();
        try {
            entries.add(entry);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void done(LedgerEntry entry) {
        intend(entry);
    }

    @Override
    public void forget(LedgerEntry entry) {
        lock.lock();
        try {
            entries.remove(entry);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void remember(RememberedGateway gateway) {
        lock.lock();
        try {
            gateways.remove(gateway.gateway().id());
            gateways.put(gateway.gateway().id(), gateway);
            if (gateways.size() > LedgerFormat.MOST_GATEWAYS) {
                gateways.remove(gateways.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<RememberedGateway> gateways() {
        lock.lock();
        try {
            return List.copyOf(gateways.values());
        } finally {
            lock.unlock();
        }
    }

    /** False: it ends with this object. */
    @Override
    public boolean lasting() {
        return false;
    }

    /** Ends with this object. */
    @Override
    public Optional<Secret> installationKey() {
        lock.lock();
        try {
            // Not before it is needed: a first random number takes a while.
            key = key.or(() -> Optional.of(InstallationKey.random()));
            return key.map(Secret::of);
        } finally {
            lock.unlock();
        }
    }
}
