package dev.porthole.routers.internal;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.mapping.Capabilities;
import dev.porthole.routers.internal.identify.Fingerprint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Speaks the web administration of one brand. Opens no sockets, keeps no secrets and decides nothing: what is allowed to
 * be changed, in which order, and what is read again afterwards is {@link WebRouterProvider}'s. Stateless and thread-safe;
 * what a session needs is in the {@link RouterSession}.
 */
public interface RouterDriver {
    /**
     * What routers of the brand can do, as far as is known before the first login.
     *
     * @return the capabilities; leases false
     */
    Capabilities capabilities();

    /**
     * The least time between two requests that the brand's routers stand.
     *
     * @return zero where they stand any
     */
    Duration pace();

    /**
     * By what the brand's routers are recognised without an account; any one of them is enough.
     *
     * @return an unmodifiable list; empty where nothing tells the brand from others
     */
    default List<Fingerprint> fingerprints() {
        return List.of();
    }

    /**
     * Looks who is there, without an account.
     *
     * @param transport to the router
     * @param deadline when to give up
     * @return make and model, empty where the router does not tell
     * @throws NatTraversalException where it does not answer, or is not of this brand (PAGE_NOT_UNDERSTOOD)
     * @throws InterruptedException where the thread was interrupted
     */
    String model(RouterTransport transport, Deadline deadline) throws InterruptedException;

    /**
     * Logs in, once.
     *
     * @param transport to the router
     * @param credentials the account; empty where the caller gave none, which some routers accept
     * @param deadline when to give up
     * @return the session
     * @throws LoginRefusedException where the router refused the account, or lets nobody in
     * @throws NatTraversalException where no valid answer came
     * @throws InterruptedException where the thread was interrupted
     */
    RouterSession login(RouterTransport transport, Optional<Credentials> credentials, Deadline deadline)
            throws LoginRefusedException, InterruptedException;
}
