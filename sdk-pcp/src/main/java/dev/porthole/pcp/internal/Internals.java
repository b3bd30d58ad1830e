package dev.porthole.pcp.internal;

import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.PortMapping;
import java.util.Optional;

/** Where a mapping leads, by which both protocols know it. */
final class Internals {
    private Internals() {}

    static Optional<InternalEndpoint> of(PortMapping mapping) {
        return mapping.internalPort() == 0
                ? Optional.empty()
                : mapping.internalAddress().map(address -> new InternalEndpoint(address, mapping.internalPort()));
    }
}
