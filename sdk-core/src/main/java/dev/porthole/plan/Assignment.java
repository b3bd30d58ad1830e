package dev.porthole.plan;

import dev.porthole.mapping.PortMapping;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The external port chosen for a service.
 *
 * @param item the service
 * @param externalPort the port
 * @param choice why this port
 * @param kept the mapping of ours that the gateway has on this port for this service; it is refreshed
 * @param replaced mappings of ours for this service on other ports; to be released once the new one stands
 */
public record Assignment(
        PlanItem item, int externalPort, Choice choice, Optional<PortMapping> kept, List<PortMapping> replaced) {
    /** Why a port was chosen. */
    public enum Choice {
        /** The gateway maps this port to the service already. */
        KEPT("already mapped for this service"),
        /** The ledger holds this port for the service. */
        REMEMBERED("had by this service before"),
        /** The port that is derived from the service's name. */
        STABLE("derived from the camera's name, so that it gets the same port again"),
        /** The derived port was taken; this is the next free one. */
        NEXT_FREE("the port derived from the camera's name was taken; this is the next free one"),
        /** The caller asked for exactly this port. */
        AS_ASKED("asked for"),
        /** The internal port's number, because the caller asked for it or the gateway cannot translate. */
        SAME_AS_INTERNAL("same as the internal port");

        private final String reason;

        Choice(String reason) {
            this.reason = reason;
        }

        /**
         * The reason in words.
         *
         * @return part of a sentence
         */
        public String reason() {
            return reason;
        }
    }

    /** Copies the list. */
    public Assignment {
        Objects.requireNonNull(item, "item");
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(kept, "kept");
        replaced = List.copyOf(replaced);
    }

    /**
     * The choice in words.
     *
     * @return for example {@code porthole:front-door:rtsp: 23917/TCP -> 192.168.69.110:554 (already mapped …)}
     */
    @Override
    public String toString() {
        return item.tag() + ": " + externalPort + "/" + item.protocol() + " -> " + item.internal() + " ("
                + choice.reason() + ")";
    }
}
