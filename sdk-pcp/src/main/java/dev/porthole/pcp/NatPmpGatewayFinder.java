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
 * Finds gateways by NAT-PMP (RFC 6886): asks the system's default gateway and {@link SearchScope#gateways()} for the
 * external address, which a healthy one tells within a millisecond. One on which nothing listens mostly says so at once;
 * silence is believed after {@link Builder#window}.
 *
 * <p>Its providers map ports to this host only; a request for another host is refused without asking the gateway. NAT-PMP
 * lists no mappings and cannot restrict sources.
 *
 * <p>The providers of one finder send one request at a time to a gateway, and follow its epoch (section 3.6) together.
 * Thread-safe; holds no thread and no socket between calls.
 */
public final class NatPmpGatewayFinder implements GatewayFinder {
    private final GatewaySearch search;

    /** A finder with the defaults. */
    public NatPmpGatewayFinder() {
        this(new Builder());
    }

    private NatPmpGatewayFinder(Builder builder) {
        search = new GatewaySearch(null, GatewayStates.natPmp(), builder.port, builder.window, LocalNetwork::current);
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
        return MappingProtocol.NATPMP;
    }

    @Override
    public Found find(SearchScope scope, Deadline deadline) throws InterruptedException {
        return search.find(scope, deadline);
    }

    /** The gateways met so far, which grow. */
    List<GatewayStates> met() {
        return search.met();
    }

    /** Builds a {@link NatPmpGatewayFinder}. Not thread-safe. */
    public static final class Builder {
        private int port = 5351;
        private Duration window = SearchWindow.DEFAULT;

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
         * Builds the finder.
         *
         * @return the finder
         */
        public NatPmpGatewayFinder build() {
            return new NatPmpGatewayFinder(this);
        }
    }
}
