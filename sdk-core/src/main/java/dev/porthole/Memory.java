package dev.porthole;

import dev.porthole.internal.LocalNetwork;
import dev.porthole.internal.LocalNetwork.Attachment;
import dev.porthole.ledger.Ledger;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.RememberedGateway;
import dev.porthole.mapping.SearchScope;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateways that were used before: by this object, and by others with the same ledger. Thread-safe. */
final class Memory {
    private static final Logger LOG = LoggerFactory.getLogger(Porthole.class);
    /** More ways out than a host has, by three protocols each. */
    private static final int MOST = 16;

    private final Ledger ledger;
    private final Map<String, RememberedGateway> known = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    Memory(Ledger ledger) {
        this.ledger = ledger;
        ledger.gateways().forEach(gateway -> known.put(gateway.gateway().id(), gateway));
    }

    /**
     * The gateways that can be asked now: each is this host's default gateway or named by the caller, and this host has the
     * same address beside it as before. Whatever else a ledger's file says is left alone.
     */
    List<RememberedGateway> here(LocalNetwork network, SearchScope scope) {
        lock.lock();
        try {
            return known.values().stream()
                    .filter(gateway -> asked(gateway.gateway().lanAddress(), network, scope))
                    .filter(gateway -> beside(gateway.gateway().lanAddress(), network, scope)
                            .filter(gateway.hostAddress()::equals)
                            .isPresent())
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private static boolean asked(InetAddress gateway, LocalNetwork network, SearchScope scope) {
        return scope.gateways().stream().anyMatch(named -> named.getAddress().equals(gateway))
                || (scope.multicast()
                        && (network.defaultGateway().filter(gateway::equals).isPresent()
                                || network.defaultGatewayIpv6()
                                        .filter(gateway::equals)
                                        .isPresent()));
    }

    private static Optional<InetAddress> beside(InetAddress gateway, LocalNetwork network, SearchScope scope) {
        return network.attachments().stream()
                .filter(a -> scope.interfaces().isEmpty()
                        || scope.interfaces().contains(a.networkInterface().getName()))
                .filter(a -> a.contains(gateway))
                .map(Attachment::address)
                .findFirst();
    }

    /** Keeps a gateway that did what it was asked for. */
    void remember(PortMappingProvider provider, LocalNetwork network, SearchScope scope) {
        Gateway gateway = provider.gateway();
        Optional<InetAddress> host = beside(gateway.lanAddress(), network, scope);
        String memento = provider.memento().orElse("");
        if (host.isEmpty() || memento.length() > RememberedGateway.MAX_MEMENTO) {
            return;
        }
        RememberedGateway now = new RememberedGateway(gateway, host.get(), memento);
        lock.lock();
        try {
            if (now.equals(known.get(gateway.id()))) {
                return;
            }
            put(now);
            ledger.remember(now);
        } catch (NatTraversalException e) {
            // A hint for the next time: what was published stands without it.
            LOG.debug("{} is not remembered beyond this process: {}", gateway, e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private void put(RememberedGateway gateway) {
        known.remove(gateway.gateway().id());
        known.put(gateway.gateway().id(), gateway);
        if (known.size() > MOST) {
            known.remove(new ArrayList<>(known.keySet()).get(0));
        }
    }

    /** Forgets where a gateway was, not that it was there: a search finds it anew. */
    void outdated(RememberedGateway gateway) {
        lock.lock();
        try {
            known.replace(gateway.gateway().id(), new RememberedGateway(gateway.gateway(), gateway.hostAddress(), ""));
        } finally {
            lock.unlock();
        }
    }
}
