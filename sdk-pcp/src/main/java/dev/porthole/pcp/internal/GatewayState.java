package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.SourcePolicy;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.StateLossListener;
import dev.porthole.mapping.TransportProtocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one gateway by one protocol, for as long as its finder lives: providers come and go with each call,
 * the gateway stays. Neither protocol lists mappings, so what was made is remembered here. Thread-safe.
 */
final class GatewayState {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayState.class);
    /** More mappings than a gateway has room for; beyond it they are not remembered. */
    private static final int MOST_MADE = 4096;

    private final Gateway gateway;
    private final EpochWatch epochs;
    private final ReentrantLock turn = new ReentrantLock();
    private final List<StateLossListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<Key, Made> made = new ConcurrentHashMap<>();
    /** Was made, and lost by the gateway. */
    private final Set<Key> lost = ConcurrentHashMap.newKeySet();

    private final HeldRefusals refusals = new HeldRefusals();
    private volatile boolean thirdParty = true;
    private volatile boolean pcpOnly;
    private volatile Optional<Boolean> filters = Optional.empty();

    /** Both protocols keep one mapping, or one that counts, per internal endpoint and transport. */
    private record Key(TransportProtocol protocol, InternalEndpoint internal) {}

    /**
     * A mapping that was made.
     *
     * @param mapping as granted
     * @param source who may connect
     * @param ends when its lease ends, unless renewed
     */
    record Made(PortMapping mapping, SourcePolicy source, Deadline ends) {
        boolean restricted() {
            return !source.isAnyone();
        }
    }

    GatewayState(Gateway gateway, EpochRule rule) {
        this.gateway = gateway;
        this.epochs = new EpochWatch(rule);
    }

    Gateway gateway() {
        return gateway;
    }

    /** One request at a time; waits for its turn. */
    ReentrantLock take(Deadline deadline) throws InterruptedException {
        if (!turn.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new NatTraversalException(
                    FindingCode.TIMED_OUT,
                    gateway + " is still busy with another request of this program. Allow more time.");
        }
        return turn;
    }

    /** Takes note of the gateway's count of seconds, which each of its answers carries. */
    void epoch(long seconds) {
        noted(seconds, "an answer says");
    }

    /** The same, out of what it tells all hosts. */
    void announced(long seconds) {
        noted(seconds, "it announced");
    }

    private void noted(long seconds, String told) {
        if (epochs.lost(seconds, System.nanoTime())) {
            String why = told + " that its count of seconds went to " + seconds + ", as after a restart";
            LOG.info("{} lost its mappings: {}", gateway, why);
            if (lost.size() < MOST_MADE) {
                lost.addAll(made.keySet());
            }
            made.clear();
            refusals.clear();
            listeners.forEach(listener -> tell(listener, why));
        }
    }

    private void tell(StateLossListener listener, String why) {
        try {
            listener.stateLost(gateway, why);
        } catch (RuntimeException e) {
            LOG.warn("{}: a listener failed: {}", gateway, e.toString());
        }
    }

    void add(StateLossListener listener) {
        listeners.add(listener);
    }

    void remove(StateLossListener listener) {
        listeners.remove(listener);
    }

    /** Keeps what was granted. That it was not there before is known only of what the gateway lost. */
    Mapped remember(InternalEndpoint internal, Made one) {
        Key key = new Key(one.mapping().protocol(), internal);
        boolean again = lost.remove(key);
        if (made.containsKey(key) || made.size() < MOST_MADE) {
            made.put(key, one);
        }
        return new Mapped(one.mapping(), again ? Mapped.How.MADE : Mapped.How.REFRESHED);
    }

    void forget(TransportProtocol protocol, InternalEndpoint internal) {
        Key key = new Key(protocol, internal);
        refusals.clear();
        made.remove(key);
        lost.remove(key);
    }

    /** What was made for an internal endpoint and whose lease has not ended. */
    Optional<Made> made(TransportProtocol protocol, InternalEndpoint internal) {
        Key key = new Key(protocol, internal);
        Made one = made.get(key);
        if (one != null && one.ends().expired()) {
            made.remove(key, one);
            return Optional.empty();
        }
        return Optional.ofNullable(one);
    }

    /** What was made at an external port and whose lease has not ended. */
    Optional<Made> made(TransportProtocol protocol, int externalPort) {
        return made.values().stream()
                .filter(one -> one.mapping().protocol() == protocol
                        && one.mapping().external().contains(externalPort)
                        && !one.ends().expired())
                .findFirst();
    }

    /** What was refused and still holds. */
    HeldRefusals refusals() {
        return refusals;
    }

    /** Whether mappings for other hosts can be asked for, as far as was learned. */
    boolean thirdParty() {
        return thirdParty;
    }

    void thirdParty(boolean value) {
        thirdParty = value;
    }

    /** Whether the gateway was found not to speak NAT-PMP besides. */
    boolean pcpOnly() {
        return pcpOnly;
    }

    void pcpOnly(boolean value) {
        pcpOnly = value;
    }

    /** Whether the gateway looks at filters; empty until it was tried. */
    Optional<Boolean> filters() {
        return filters;
    }

    void filters(boolean value) {
        filters = Optional.of(value);
    }
}
