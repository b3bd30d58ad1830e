package dev.porthole.pcp;

import dev.porthole.Deadline;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.SearchScope;
import dev.porthole.pcp.internal.GatewaySearch;
import dev.porthole.pcp.internal.GatewayStates;
import java.time.Duration;
import java.util.List;

/**
 * Finds gateways by PCP, the Port Control Protocol (RFC 6887): asks the system's default gateway and {@link
 * SearchScope#gateways()} with ANNOUNCE, to which a healthy one answers within a millisecond. Cameras with an IPv6 address
 * have the default gateway of IPv6 asked, others that of IPv4. One on which nothing listens mostly says so at once; silence
 * is believed after {@link Builder#window}.
 *
 * <p>Its providers map ports to other hosts (option THIRD_PARTY) where the gateway allows that, restrict sources to CIDR
 * blocks (FILTER), and open the firewall for a camera with an IPv6 address. PCP keeps one mapping per camera port. A
 * mapping's nonce is derived from {@link SearchScope#installationKey()}, so that it can be renewed and released after a
 * restart with the same ledger; without a key, only for as long as this finder lives. PCP lists no mappings.
 *
 * <p>The providers of one finder send one request at a time to a gateway, and follow its epoch (section 8.5) together.
 * Thread-safe; holds no thread and no socket between calls.
 */
public final class PcpGatewayFinder implements GatewayFinder {
    private final GatewaySearch search;

    /** A finder with the defaults. */
    public PcpGatewayFinder() {
        this(new Builder());
    }

    private PcpGatewayFinder(Builder builder) {
        search = new GatewaySearch(
                GatewayStates.pcp(),
                builder.natPmp ? GatewayStates.natPmp() : null,
                builder.port,
                builder.window,
                LocalNetwork::current);
    }

    /**
     * A builder with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public MappingProtocol protocol() {
        return MappingProtocol.PCP;
    }

    @Override
    public Found find(SearchScope scope, Deadline deadline) throws InterruptedException {
        return search.find(scope, deadline);
    }

    /** The gateways met so far, which grow. */
    List<GatewayStates> met() {
        return search.met();
    }

    /** Builds a {@link PcpGatewayFinder}. Not thread-safe. */
    public static final class Builder {
        private int port = 5351;
        private Duration window = SearchWindow.DEFAULT;
        private boolean natPmp;

        private Builder() {}

        /**
         * Sets the UDP port on which gateways listen.
         *
         * @param value default 5351; another one is of use in tests
         * @return this
         * @throws IllegalArgumentException where it is not a port
         */
        public Builder port(int value) {
            port = PortRange.checkPort(value);
            return this;
        }

        /**
         * Sets how long an answer is waited for.
         *
         * @param value default 2 s: the question is sent again after 250 ms, then twice as long after that, and so on
         * @return this
         * @throws IllegalArgumentException where it is negative
         */
        public Builder window(Duration value) {
            window = SearchWindow.checked(value);
            return this;
        }

        /**
         * Sets whether a gateway that speaks NAT-PMP alone is found too, on the same socket: where it says that it does not
         * speak PCP, or stays silent to it for 250 ms. Its provider then maps by {@link MappingProtocol#NATPMP}.
         *
         * @param value default false, because {@link NatPmpGatewayFinder} finds it
         * @return this
         */
        public Builder natPmpToo(boolean value) {
            natPmp = value;
            return this;
        }

        /**
         * Builds the finder.
         *
         * @return the finder
         */
        public PcpGatewayFinder build() {
            return new PcpGatewayFinder(this);
        }
    }
}
