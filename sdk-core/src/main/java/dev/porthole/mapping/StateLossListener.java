package dev.porthole.mapping;

/**
 * Is told when a gateway shows that it has forgotten its mappings, by a restart for example, so that they can be made
 * again at once instead of at the next renewal. Called by the thread that noticed, which goes on when the call returns:
 * do the work elsewhere. What it throws is logged and ignored.
 */
@FunctionalInterface
public interface StateLossListener {
    /**
     * The gateway has lost its mappings, as far as its own count of time tells.
     *
     * @param gateway the gateway
     * @param why what showed it, for logs
     */
    void stateLost(Gateway gateway, String why);
}
