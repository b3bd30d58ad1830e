package dev.porthole.plan;

import dev.porthole.mapping.PortRange;
import java.util.Objects;

/** How the external port of a service is chosen. */
public sealed interface PortPolicy {
    /**
     * Where {@link Auto} chooses unless told otherwise: above the ports that routers refuse or use themselves, and below
     * 32768, from where on Linux routers take ports for outgoing connections.
     */
    PortRange DEFAULT_RANGE = new PortRange(20_000, 31_999);

    /** The ports 8000 to 8099, customary for the web pages of further cameras behind one router. */
    PortRange UNOFFICIAL_RANGE = new PortRange(8_000, 8_099);

    /**
     * Any free port of a range; the same camera gets the same port again.
     *
     * @param range the range to choose from
     */
    record Auto(PortRange range) implements PortPolicy {
        /** Checks that nothing is missing. */
        public Auto {
            Objects.requireNonNull(range, "range");
        }
    }

    /**
     * This port or none.
     *
     * @param externalPort 1 to 65535
     */
    record Manual(int externalPort) implements PortPolicy {
        /**
         * Checks the port.
         *
         * @throws IllegalArgumentException where it is out of range
         */
        public Manual {
            PortRange.checkPort(externalPort);
        }
    }

    /** The internal port's number or none. Helps clients that keep the port which the camera names. */
    record SameAsInternal() implements PortPolicy {}

    /**
     * {@link Auto} in the {@link #DEFAULT_RANGE}.
     *
     * @return the default policy
     */
    static PortPolicy auto() {
        return new Auto(DEFAULT_RANGE);
    }

    /**
     * {@link Auto} in a range.
     *
     * @param range the range
     * @return the policy
     */
    static PortPolicy auto(PortRange range) {
        return new Auto(range);
    }

    /**
     * {@link Auto} in the {@link #UNOFFICIAL_RANGE}.
     *
     * @return the policy
     */
    static PortPolicy unofficial80xx() {
        return new Auto(UNOFFICIAL_RANGE);
    }

    /**
     * {@link Manual}.
     *
     * @param externalPort 1 to 65535
     * @return the policy
     */
    static PortPolicy manual(int externalPort) {
        return new Manual(externalPort);
    }

    /**
     * {@link SameAsInternal}.
     *
     * @return the policy
     */
    static PortPolicy sameAsInternal() {
        return new SameAsInternal();
    }
}
