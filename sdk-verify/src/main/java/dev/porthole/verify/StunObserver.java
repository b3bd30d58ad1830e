package dev.porthole.verify;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.PortRange;
import dev.porthole.reach.AddressObserver;
import dev.porthole.verify.internal.HostLookup;
import dev.porthole.verify.internal.stun.BindingExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;

/**
 * Asks a STUN server (RFC 8489, Binding over UDP) for this host's reflexive address. Any public server will do; it learns
 * that this host asked, and nothing of the cameras.
 *
 * <p>The request is repeated after 500 ms, 1.5 s, 3.5 s and so on until the deadline. Only answers from the server's
 * address with the request's random transaction id count. Thread-safe.
 */
public final class StunObserver implements AddressObserver {
    /** STUN's registered port. */
    public static final int DEFAULT_PORT = 3478;

    private final String host;
    private final int port;

    /**
     * An observer.
     *
     * @param host the server's address or name; a name is looked up at each call, and its first IPv4 address is preferred
     * @param port 1 to 65535, usually {@link #DEFAULT_PORT}
     * @throws IllegalArgumentException where the port is none, or the host is empty
     */
    public StunObserver(String host, int port) {
        if (host.isBlank()) {
            throw new IllegalArgumentException("a STUN server has an address or a name");
        }
        this.host = host;
        this.port = PortRange.checkPort(port);
    }

    /** {@code STUN 203.0.113.5:3478}. */
    @Override
    public String name() {
        boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
        return "STUN " + (bare ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * {@inheritDoc}
     *
     * @throws NatTraversalException with {@link FindingCode#REFLEXIVE_ADDRESS_UNKNOWN} where the server gave no usable
     *     answer
     */
    @Override
    public InetAddress reflexiveAddress(Deadline deadline) throws InterruptedException {
        try {
            InetAddress server = HostLookup.all(host, deadline).get(0);
            return new BindingExchange(new InetSocketAddress(server, port), deadline).reflexiveAddress();
        } catch (PortUnreachableException e) {
            throw unknown("nothing listens there", e);
        } catch (IOException e) {
            throw unknown(String.valueOf(e.getMessage()), e);
        }
    }

    private NatTraversalException unknown(String why, IOException cause) {
        return new NatTraversalException(
                FindingCode.REFLEXIVE_ADDRESS_UNKNOWN,
                name() + ": " + why + ". Check the server's name and port, and that this network lets UDP out.",
                cause);
    }
}
