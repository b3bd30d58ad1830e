package dev.porthole.routers.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.TlsTrust;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is known of one router from one search to the next: where it answers, its TLS key, the accounts that it refused,
 * and the pace that it needs. Shared by all providers for that router; what changes is used under {@link #take the lock}.
 */
public final class RouterState {
    private final List<RouterUrl> places;
    private final RouterKey key;
    private final TlsTrust trust;
    private final Pace pace;
    private final LoginGate gate = new LoginGate();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Optional<RouterUrl> answered = Optional.empty();

    /**
     * Nothing known yet.
     *
     * @param places where the router may answer, in the order to try
     * @param pin SHA-256 of its SubjectPublicKeyInfo, lower-case hexadecimal; empty to trust the first key
     * @param legacyTls whether withdrawn versions and cipher suites are offered
     * @param pace the least time between two requests
     */
    public RouterState(List<RouterUrl> places, Optional<String> pin, boolean legacyTls, Duration pace) {
        this.places = List.copyOf(places);
        this.key = new RouterKey(pin, legacyTls);
        this.trust = key.trust();
        this.pace = new Pace(pace);
    }

    /**
     * The key that the router showed.
     *
     * @return the pin; empty before the first use of TLS
     */
    public Optional<String> pin() {
        return key.pin();
    }

    /**
     * The router's address.
     *
     * @return a literal address
     */
    public InetAddress address() {
        return places.get(0).peer().getAddress();
    }

    /**
     * A name for the router that stays the same.
     *
     * @return for example {@code web:192.168.1.1} or {@code web:192.168.1.1:8080}
     */
    public String id() {
        String place = places.get(0).base();
        return "web:" + place.substring(place.indexOf("//") + 2);
    }

    /** Where to try, the place that answered before alone. */
    List<RouterUrl> places() {
        return answered.map(List::of).orElse(places);
    }

    void answeredAt(RouterUrl place) {
        answered = Optional.of(place);
    }

    RouterKey key() {
        return key;
    }

    TlsTrust trust() {
        return trust;
    }

    Pace pace() {
        return pace;
    }

    LoginGate gate() {
        return gate;
    }

    /** Takes the router for one operation; the caller unlocks. */
    ReentrantLock take(Deadline deadline) throws InterruptedException {
        if (!lock.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new NatTraversalException(
                    FindingCode.TIMED_OUT,
                    address().getHostAddress()
                            + " is still busy with another request of this program. Allow more time.");
        }
        return lock;
    }
}
