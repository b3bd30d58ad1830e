package dev.porthole.routers.internal;

import dev.porthole.NatTraversalException;
import dev.porthole.mapping.Refusal;

/** A router said that it will not make a rule, and why. Whether it is there is decided by reading the table again. */
public final class RuleRefusedException extends NatTraversalException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    /**
     * A refusal.
     *
     * @param refusal the reason
     * @param detail the rest of a sentence that starts with the router
     */
    public RuleRefusedException(Refusal refusal, String detail) {
        super(refusal.findingCode(), detail);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
