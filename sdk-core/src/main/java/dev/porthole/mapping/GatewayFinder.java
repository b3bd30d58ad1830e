package dev.porthole.mapping;

import dev.porthole.Deadline;
import dev.porthole.diagnose.Finding;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
     * Looks for gateways. Called beside the finders of other protocols, so that a router may be asked by several at once;
     * what is asked by HTTP waits for {@link SearchScope#turns()}.
     *
     * @param scope where to look, and whether the first usable gateway is enough
     * @param deadline when to stop looking; finding nothing by then is not an error
     * @return the providers found, best first, and what was wrong with answers that could not be used
     * @throws InterruptedException where the thread was interrupted
     */
    Found find(SearchScope scope, Deadline deadline) throws InterruptedException;

    /**
     * Takes up again with a gateway that was found before, without a search and without asking it anything. What was
     * remembered is checked before it is believed: it is used only where all of it lies on the gateway's own address, and
     * the provider's first calls fail where another device answers there.
     *
     * @param gateway as {@link PortMappingProvider#memento} told it
     * @param scope as for {@link #find}
     * @return a provider, for the caller to close; empty (the default) where this finder remembers nothing, or not this
     */
    default Optional<PortMappingProvider> recall(RememberedGateway gateway, SearchScope scope) {
        return Optional.empty();
    }

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
