package dev.porthole.upnp.internal;

import dev.porthole.Deadline;
import dev.porthole.upnp.internal.WanConnection.Wanted;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which lease a gateway takes: the one asked for, or what its refusal asks for. 725 wants a permanent mapping. 402 says
 * only "invalid": for a lease above 0 it wants 0 (ARRIS NVG578LX), or a week at most; for 0 it wants a finite one
 * (routers with a cap of a week). Thread-safe.
 */
final class LeaseRules {
    /** WANIPConnection:2 section 2.3.15: the longest lease. */
    static final Duration WEEK = Duration.ofDays(7);

    private static final int INVALID_ARGS = 402;
    private static final int ONLY_PERMANENT = 725;

    private final WanConnection wan;
    private volatile boolean permanentOnly;

    LeaseRules(WanConnection wan) {
        this.wan = wan;
    }

    /** False once the gateway has refused a lease and granted the same mapping without one. */
    boolean known() {
        return !permanentOnly;
    }

    /** Asks for a mapping, with another lease where the gateway wants one; returns what was granted. */
    Wanted add(Wanted wanted, Deadline deadline) throws UpnpFaultException, InterruptedException {
        Wanted attempt = permanentOnly ? wanted.withLease(Duration.ZERO) : wanted;
        Set<Duration> tried = new HashSet<>();
        while (true) {
            tried.add(attempt.lease());
            try {
                wan.addPortMapping(attempt, deadline);
                permanentOnly |= attempt.lease().isZero() && !wanted.lease().isZero();
                return attempt;
            } catch (UpnpFaultException e) {
                Optional<Duration> next =
                        next(e.code(), attempt.lease(), wanted.lease()).filter(tried::add);
                if (next.isEmpty()) {
                    throw e;
                }
                attempt = attempt.withLease(next.get());
            }
        }
    }

    private static Optional<Duration> next(int code, Duration refused, Duration wanted) {
        if (code == ONLY_PERMANENT) {
            return Optional.of(Duration.ZERO);
        }
        if (code != INVALID_ARGS) {
            return Optional.empty();
        }
        if (refused.isZero()) {
            return wanted.isZero() ? Optional.of(WEEK) : Optional.empty();
        }
        return Optional.of(refused.compareTo(WEEK) > 0 ? WEEK : Duration.ZERO);
    }
}
