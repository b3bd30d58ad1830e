package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.SourcePolicy;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.TransportProtocol;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refusals that still hold by the gateway's own word: the same is not asked for again until then (RFC 6887 section 7.2).
 * Thread-safe.
 */
final class HeldRefusals {
    /** Gateways say half an hour of what a person may have changed long before; half a minute keeps off mere repetition. */
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** More than is asked for within that time. */
    private static final int MOST = 1024;

    private final Map<Asked, Held> held = new ConcurrentHashMap<>();

    private record Asked(
            TransportProtocol protocol,
            InternalEndpoint internal,
            int externalPort,
            boolean otherPortAccepted,
            SourcePolicy source) {
        static Asked of(MappingRequest request, int externalPort) {
            return new Asked(
                    request.protocol(),
                    request.internal(),
                    externalPort,
                    request.otherPortAccepted(),
                    request.source());
        }
    }

    private record Held(Refused refused, Deadline until) {}

    /** The refusal of a request, where it still holds. */
    Optional<Refused> held(MappingRequest request, int externalPort) {
        return Optional.ofNullable(held.get(Asked.of(request, externalPort)))
                .filter(one -> !one.until().expired())
                .map(Held::refused);
    }

    /** Takes note of a refusal; zero means that it holds for no time. */
    void hold(MappingRequest request, int externalPort, Refused refused, Duration lifetime) {
        if (lifetime.isZero()) {
            return;
        }
        held.values().removeIf(one -> one.until().expired());
        if (held.size() < MOST) {
            Duration bounded = lifetime.compareTo(LONGEST) < 0 ? lifetime : LONGEST;
            held.put(Asked.of(request, externalPort), new Held(refused, Deadline.after(bounded)));
        }
    }

    /** Something changed on the gateway. */
    void clear() {
        held.clear();
    }
}
