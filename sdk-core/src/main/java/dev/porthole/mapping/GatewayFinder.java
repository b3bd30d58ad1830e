package dev.porthole.mapping;

import dev.porthole.Deadline;
import dev.porthole.diagnose.Finding;
import java.util.List;
import java.util.Objects;

/**
 * Finds gateways by one protocol. Found through {@link java.util.ServiceLoader} or given to the facade's builder.
 *
 * <p>Implementations have a public constructor without parameters where the service loader is to find them.
 * Thread-safe.
 */
public interface GatewayFinder {
    /**
     * The protocol by which this finder's providers map.
     *
     * @return the protocol
     */
    MappingProtocol protocol();

    /**
     * Looks for gateways.
     *
     * @param scope where to look, and whether the first usable gateway is enough
     * @param deadline when to stop looking; finding nothing by then is not an error
     * @return the providers found, best first, and what was wrong with answers that could not be used
     * @throws InterruptedException where the thread was interrupted
     */
    Found find(SearchScope scope, Deadline deadline) throws InterruptedException;

    /**
     * What a search brought.
     *
     * @param providers one per gateway, best first; the caller closes them
     * @param findings what was wrong with answers that could not be used, each naming who sent it
     */
    record Found(List<PortMappingProvider> providers, List<Finding> findings) {
        /** Copies the lists. */
        public Found {
            providers = List.copyOf(Objects.requireNonNull(providers, "providers"));
            findings = List.copyOf(Objects.requireNonNull(findings, "findings"));
        }
    }
}
