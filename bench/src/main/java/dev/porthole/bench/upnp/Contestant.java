package dev.porthole.bench.upnp;

/**
 * One way of talking to a gateway. A method that the library at hand does not offer throws
 * {@link UnsupportedOperationException} with the reason; one whose outcome is wrong throws something else.
 */
public interface Contestant extends AutoCloseable {
    /**
     * Forgets the gateway, so that the next {@link #discover} asks the network. Not timed.
     *
     * @throws Exception whatever the library throws
     */
    default void forget() throws Exception {}

    /**
     * Finds a gateway that can be asked for mappings.
     *
     * @throws Exception whatever the library throws
     */
    void discover() throws Exception;

    /**
     * Asks the gateway that was found for its external address.
     *
     * @return the address
     * @throws Exception whatever the library throws
     */
    String externalAddress() throws Exception;

    /**
     * Makes a mapping, in the library's usual way.
     *
     * @param wish the mapping
     * @throws Exception whatever the library throws
     */
    void add(Wish wish) throws Exception;

    /**
     * Makes a mapping and reads it back.
     *
     * @param wish the mapping
     * @throws Exception whatever the library throws
     */
    void addAndReadBack(Wish wish) throws Exception;

    /**
     * Reads the gateway's whole table.
     *
     * @return the number of entries
     * @throws Exception whatever the library throws
     */
    int list() throws Exception;

    @Override
    default void close() {}
}
