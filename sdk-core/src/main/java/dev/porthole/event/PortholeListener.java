package dev.porthole.event;

import dev.porthole.diagnose.Finding;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.PortMapping;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;

/**
 * Is told what happens while Porthole works. Every method does nothing unless overridden. Methods are called on the
 * thread that works, one after the other for one call of the facade; what they throw is logged and otherwise ignored.
 */
public interface PortholeListener {
    /**
     * A step of a longer work begins, in words for a person, for example {@code looking for gateways}.
     *
     * @param step what begins
     */
    default void progress(String step) {}

    /**
     * A gateway was found, and will be asked.
     *
     * @param gateway the gateway
     */
    default void gatewayFound(Gateway gateway) {}

    /**
     * A mapping exists and was read back.
     *
     * @param gateway the gateway
     * @param mapping the mapping
     */
    default void mapped(Gateway gateway, PortMapping mapping) {}

    /**
     * A mapping was released, also while rolling back.
     *
     * @param gateway the gateway
     * @param mapping the mapping
     */
    default void released(Gateway gateway, PortMapping mapping) {}

    /**
     * A service was tried.
     *
     * @param target what was tried
     * @param verdict what it showed
     */
    default void verified(Target target, Verdict verdict) {}

    /**
     * Something was found out.
     *
     * @param finding the finding
     */
    default void found(Finding finding) {}
}
