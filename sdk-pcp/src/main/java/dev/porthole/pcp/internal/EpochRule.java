package dev.porthole.pcp.internal;

/** How much a gateway's count of seconds may differ from ours before it means that the gateway lost its state. */
public enum EpochRule {
    /** RFC 6887 section 8.5: clocks drift by a sixteenth, datagrams overtake each other by a second. */
    PCP {
        @Override
        boolean lost(long before, long now, long elapsed) {
            if (now < before - 1) {
                return true;
            }
            long gained = now - before;
            return elapsed + 2 < gained - gained / 16 || gained + 2 < elapsed - elapsed / 16;
        }
    },
    /** RFC 6886 section 3.6: a gateway's clock may be slow by an eighth, and two seconds. */
    NATPMP {
        @Override
        boolean lost(long before, long now, long elapsed) {
            return now < before + elapsed - elapsed / 8 - 2;
        }
    };

    /**
     * Decides.
     *
     * @param before the count in the reply before
     * @param now the count in this reply
     * @param elapsed whole seconds between the two on our clock
     * @return true where the gateway's state was lost in between
     */
    abstract boolean lost(long before, long now, long elapsed);
}
