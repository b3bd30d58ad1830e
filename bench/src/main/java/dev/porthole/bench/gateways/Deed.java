package dev.porthole.bench.gateways;

/** What is done again and again; only {@link #run} is timed. */
interface Deed extends AutoCloseable {
    /**
     * Gets ready.
     *
     * @throws Exception whatever goes wrong
     */
    default void before() throws Exception {}

    /**
     * Does it.
     *
     * @throws Exception where it cannot be done, or its outcome is wrong
     */
    void run() throws Exception;

    /**
     * Looks whether it was done, and undoes it.
     *
     * @throws Exception where it was not
     */
    default void after() throws Exception {}

    @Override
    default void close() {}
}
