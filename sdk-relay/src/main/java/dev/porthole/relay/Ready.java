package dev.porthole.relay;

/** What is attached to a selection key. Called by the relay's thread. */
interface Ready {
    /**
     * Does what can be done without waiting.
     *
     * @param operations the ready set of the key
     */
    void ready(int operations);

    /** After a fault of ours: ends what the key belongs to. */
    void fail();
}
