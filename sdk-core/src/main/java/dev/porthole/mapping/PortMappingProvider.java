package dev.porthole.mapping;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes port mappings on one gateway by one protocol.
 *
 * <p>Implementations send one request at a time to their gateway, whatever number of threads call them. Each call returns
 * or throws by its deadline plus 250 ms, and at once when the calling thread is interrupted. What the gateway refuses is
 * a {@link MappingOutcome.Refused}; what keeps the question from being answered (no reply in time, a reply that is not
 * the protocol's) is a {@link NatTraversalException}.
 *
 * <p>Thread-safe.
 */
public interface PortMappingProvider extends AutoCloseable {
    /**
     * The gateway to which this provider is bound.
     *
     * @return the gateway
     */
    Gateway gateway();

    /**
     * What the gateway can do, as far as is known.
     *
     * @return the capabilities
     */
    Capabilities capabilities();

    /**
     * Asks the gateway for its address on the outside. What it said a moment ago, while it was searched for, may be given
     * as the first answer.
     *
     * @param deadline when to give up
     * @return the address and what it means; {@link ExternalAddress#UNKNOWN} where the gateway has no way to tell
     * @throws InterruptedException where the thread was interrupted
     * @throws NatTraversalException where no valid answer came
     */
    ExternalAddress externalAddress(Deadline deadline) throws InterruptedException;

    /**
     * Lists the gateway's mappings, ours and foreign ones, also disabled ones.
     *
     * @param deadline when to give up
     * @return an unmodifiable list; empty too where {@link Capabilities#listing()} is false
     * @throws InterruptedException where the thread was interrupted
     * @throws NatTraversalException where no valid answer came
     */
    List<PortMapping> mappings(Deadline deadline) throws InterruptedException;

    /**
     * Looks for one mapping.
     *
     * @param protocol the transport
     * @param externalPort the external port
     * @param deadline when to give up
     * @return the mapping that holds the port, ours or foreign; empty where there is none or the gateway has no way to
     *     tell
     * @throws InterruptedException where the thread was interrupted
     * @throws NatTraversalException where no valid answer came
     */
    Optional<PortMapping> mapping(TransportProtocol protocol, int externalPort, Deadline deadline)
            throws InterruptedException;

    /**
     * The ports that the router itself uses on its outside, where the protocol tells them.
     *
     * @param deadline when to give up
     * @return an unmodifiable set, empty where they are not known
     * @throws InterruptedException where the thread was interrupted
     * @throws NatTraversalException where no valid answer came
     */
    Set<ReservedPort> reservedPorts(Deadline deadline) throws InterruptedException;

    /**
     * Makes a mapping and reads it back. A mapping that is there already, is ours and leads to the same endpoint is
     * refreshed, or left as it is where more than half of the lease asked for is left. One that is ours and leads elsewhere
     * makes room first, where the gateway wants that; where the new one then comes to nothing, it is put back as it was, as
     * far as the gateway lets it. A foreign mapping in the way is left alone and gives a conflict.
     *
     * @param request what to map
     * @param deadline when to give up
     * @return what came of it
     * @throws InterruptedException where the thread was interrupted; the mapping may then exist
     * @throws NatTraversalException where no valid answer came; the mapping may then exist, and {@link #release} with
     *     what was asked for removes it
     */
    MappingOutcome map(MappingRequest request, Deadline deadline) throws InterruptedException;

    /**
     * Extends the lease of a mapping that {@link #map} made.
     *
     * @param mapping the mapping
     * @param request what was asked for when it was made
     * @param deadline when to give up
     * @return what came of it; the granted lease may differ from the one asked for
     * @throws InterruptedException where the thread was interrupted
     * @throws NatTraversalException where no valid answer came
     */
    MappingOutcome renew(PortMapping mapping, MappingRequest request, Deadline deadline) throws InterruptedException;

    /**
     * Releases a mapping. Idempotent: a mapping that is gone is not an error. The gateway's entry is read first and left
     * alone where it is not the given one, because gateways delete anybody's mapping for anyone.
     *
     * @param mapping the mapping
     * @param deadline when to give up
     * @throws InterruptedException where the thread was interrupted
     * @throws NatTraversalException where no valid answer came or the gateway kept the mapping
     */
    void release(PortMapping mapping, Deadline deadline) throws InterruptedException;

    /**
     * What the finder needs to take up again with this gateway without a search, see {@link GatewayFinder#recall}.
     *
     * @return a text for the finder alone, without secrets, at most {@value RememberedGateway#MAX_MEMENTO} characters;
     *     empty (the default) where a search is as good
     */
    default Optional<String> memento() {
        return Optional.empty();
    }

    /**
     * Asks to be told when the gateway shows that it has lost its mappings. Protocols whose replies count the gateway's
     * time (PCP and NAT-PMP) notice it with the next reply of whatever provider of the same finder; others never do,
     * which is the default.
     *
     * @param listener is told until this provider is closed
     */
    default void onStateLost(StateLossListener listener) {}

    /**
     * Makes what was mapped and released so far take effect and last, on gateways that note changes and apply them when
     * told, such as web administrations with an Apply button. Asked for once after the changes that belong together, before
     * they are tried. Does nothing unless a provider needs it.
     *
     * @param deadline when to give up
     * @throws InterruptedException where the thread was interrupted
     * @throws NatTraversalException where no valid answer came; the changes may then be lost when the gateway restarts
     */
    default void commit(Deadline deadline) throws InterruptedException {}

    /** Frees what the provider holds on this host. Releases no mapping. */
    @Override
    void close();
}
