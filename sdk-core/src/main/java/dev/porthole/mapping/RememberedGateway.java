package dev.porthole.mapping;

import java.net.InetAddress;
import java.util.Objects;

/**
 * A gateway that was used before. It is a hint: whoever uses it checks that it is still true, and it may come from a file
 * that somebody else has written to.
 *
 * @param gateway the gateway
 * @param hostAddress this host's address on the gateway's LAN at the time; with another one this is another LAN, or may be
 * @param memento what its finder wrote down for {@link GatewayFinder#recall}, at most {@value #MAX_MEMENTO} characters;
 *     empty where nothing was
 */
public record RememberedGateway(Gateway gateway, InetAddress hostAddress, String memento) {
    /** Room for three addresses of the usual length and then some. */
    public static final int MAX_MEMENTO = 2048;

    /** Checks that nothing is missing. */
    public RememberedGateway {
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(hostAddress, "hostAddress");
        if (memento.length() > MAX_MEMENTO) {
            throw new IllegalArgumentException("a memento of " + memento.length() + " characters");
        }
    }
}
