package dev.porthole.verify.internal.agent;

import dev.porthole.reach.Target.Scheme;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an agent can try. */
public enum ProbeKind {
    /** A TCP connection; nothing is sent. */
    TCP(Optional.empty()),
    /** A web page. */
    HTTP(Optional.of(Scheme.HTTP)),
    /** A web page over TLS. */
    HTTPS(Optional.of(Scheme.HTTPS)),
    /** A stream. */
    RTSP(Optional.of(Scheme.RTSP)),
    /** A stream over TLS. */
    RTSPS(Optional.of(Scheme.RTSPS));

    private final Optional<Scheme> scheme;

    ProbeKind(Optional<Scheme> scheme) {
        this.scheme = scheme;
    }

    Optional<Scheme> scheme() {
        return scheme;
    }

    boolean stream() {
        return this == RTSP || this == RTSPS;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ProbeKind> byId(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }

    static ProbeKind of(Scheme scheme) {
        return valueOf(scheme.name());
    }
}
