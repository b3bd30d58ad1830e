package dev.porthole.bench.upnp;

/**
 * A TCP mapping that is to be made.
 *
 * @param externalPort the external port
 * @param internalClient the internal client's address
 * @param internalPort the internal port
 */
public record Wish(int externalPort, String internalClient, int internalPort) {
    /** What every contestant writes into the description. */
    public static final String DESCRIPTION = "porthole:bench:tcp";
    /** The lease in seconds, for those who can ask for one. */
    public static final int LEASE = 3_600;
}
