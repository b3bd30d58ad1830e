package dev.porthole.routers.internal.profile;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.routers.internal.LoginRefusedException;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.RouterTransport;
import java.util.Map;

/**
 * A login that a profile cannot describe, because it computes with what the router answers. Stateless; registered in
 * {@link LoginPlugins} under the name that profiles give.
 */
interface LoginPlugin {
    /**
     * Logs in, once.
     *
     * @param transport to the router; keeps cookies by itself
     * @param credentials the account
     * @param deadline when to give up
     * @return the session
     * @throws LoginRefusedException where the router refused the account, or lets nobody in
     */
    Opened login(RouterTransport transport, Credentials credentials, Deadline deadline)
            throws LoginRefusedException, InterruptedException;

    /** What variables its session gives to the profile's later steps. */
    default java.util.Set<String> variables() {
        return java.util.Set.of();
    }

    /** A session that such a login opened. Used by one thread at a time. */
    interface Opened {
        /**
         * The variables that {@link LoginPlugin#variables} names.
         *
         * @return their values
         */
        default Map<String, String> values() {
            return Map.of();
        }

        /**
         * Adds to a request what shows the session.
         *
         * @param request one of the profile's
         * @return the request to send
         */
        default RouterRequest dressed(RouterRequest request) {
            return request;
        }

        /**
         * Sees every answer, for tokens that change with each.
         *
         * @param reply the answer
         */
        default void seen(RouterReply reply) {}
    }
}
