package dev.porthole;

import dev.porthole.mapping.Forwarder;
import dev.porthole.mapping.Forwarder.Forwarding;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.TransportProtocol;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The ports of this host that are relayed to cameras, as long as a {@link Porthole} lives. Thread-safe. */
final class Relays implements AutoCloseable {
    private final Optional<Forwarder> forwarder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<InternalEndpoint, Forwarding> open = new HashMap<>();

    Relays(Optional<Forwarder> forwarder) {
        this.forwarder = forwarder;
    }

    /** Whether relaying was allowed. */
    boolean allowed() {
        return forwarder.isPresent();
    }

    /**
     * A port that is relayed to a service.
     *
     * @param endpoint where it listens
     * @param begun whether it listens only since it was asked for
     */
    record Port(InternalEndpoint endpoint, boolean begun) {}

    /**
     * Listens for a service, or goes on doing so.
     *
     * @param service the camera's service
     * @param host this host's address to listen at
     * @param wished ports, the best first; where none of them is free the system chooses
     * @param source who may connect
     */
    Port listen(InternalEndpoint service, InetAddress host, List<Integer> wished, SourcePolicy source)
            throws IOException, InterruptedException {
        lock.lock();
        try {
            open.values().removeIf(one -> !one.isOpen());
            for (Forwarding one : open.values()) {
                if (one.target().equals(service) && one.listening().address().equals(host)) {
                    return new Port(one.listening(), false);
                }
            }
            Forwarding begun = begin(service, host, wished, source);
            open.put(begun.listening(), begun);
            return new Port(begun.listening(), true);
        } finally {
            lock.unlock();
        }
    }

    private Forwarding begin(InternalEndpoint service, InetAddress host, List<Integer> wished, SourcePolicy source)
            throws IOException, InterruptedException {
        Forwarder relay = forwarder.orElseThrow();
        for (int port : wished) {
            try {
                return relay.forward(new Forwarder.Request(TransportProtocol.TCP, service, host, port, source));
            } catch (BindException e) {
                // Taken, or not for this user: the next.
            }
        }
        return relay.forward(new Forwarder.Request(TransportProtocol.TCP, service, host, 0, source));
    }

    /** The service to which a port of this host is relayed. */
    Optional<InternalEndpoint> behind(InternalEndpoint listening) {
        lock.lock();
        try {
            return Optional.ofNullable(open.get(listening))
                    .filter(Forwarding::isOpen)
                    .map(Forwarding::target);
        } finally {
            lock.unlock();
        }
    }

    void close(InternalEndpoint listening) {
        lock.lock();
        try {
            Forwarding one = open.remove(listening);
            if (one != null) {
                one.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** For a mapping that is gone: nothing arrives any more where it led. */
    void released(PortMapping mapping) {
        List<InternalEndpoint> led;
        lock.lock();
        try {
            led = new ArrayList<>(open.keySet());
        } finally {
            lock.unlock();
        }
        led.stream().filter(mapping::leadsTo).forEach(this::close);
    }

    /** Stops listening everywhere. */
    @Override
    public void close() {
        lock.lock();
        try {
            open.clear();
            forwarder.ifPresent(Forwarder::close);
        } finally {
            lock.unlock();
        }
    }
}
