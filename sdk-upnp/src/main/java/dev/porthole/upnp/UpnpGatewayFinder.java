package dev.porthole.upnp;

import dev.porthole.Deadline;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.RememberedGateway;
import dev.porthole.mapping.RouterTurns;
import dev.porthole.mapping.SearchScope;
import dev.porthole.upnp.internal.GatewaySearch;
import dev.porthole.upnp.internal.SearchSettings;
import dev.porthole.upnp.internal.UpnpProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds gateways by UPnP: Internet Gateway Device 1 and 2 with WANIPConnection or WANPPPConnection, also under the legacy
 * names of {@code dslforum-org}.
 *
 * <p>The default gateway and {@link SearchScope#gateways()} are asked directly, and every usable interface by multicast;
 * searches are repeated while no answer has settled the matter. A gateway is usable where it says that it is connected and
 * has an external address of the Internet. With {@link SearchScope#firstUsable()} the search ends with the first usable
 * gateway; one that is not the default gateway, or not in the network of {@link SearchScope#cameras()}, waits for that one
 * for {@link Builder#grace}. Otherwise, and where no answer is usable, the search ends with {@link Builder#window} and the
 * last device that is still being looked at, or with the deadline.
 *
 * <p>Gateways come best first: connected with an address of the Internet, connected with a private one, connected, the
 * others; among equals one in the cameras' network first, then the default gateway. A device that is found in several ways
 * is one gateway. The providers of one finder send one request at a time to a router.
 *
 * <p>Only literal {@code http} addresses on the answering host itself are used; redirects are not followed. What a device
 * sends wrongly is a finding and does not end the search. Thread-safe.
 */
public final class UpnpGatewayFinder implements GatewayFinder {
    private final SearchSettings settings;
    private final RouterTurns turns = new RouterTurns();

    /** A finder with the defaults. */
    public UpnpGatewayFinder() {
        this(new Builder());
    }

    private UpnpGatewayFinder(Builder builder) {
        settings = new SearchSettings(builder.port, builder.window, builder.grace, LocalNetwork::current);
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
        return MappingProtocol.UPNP;
    }

    @Override
    public Found find(SearchScope scope, Deadline deadline) throws InterruptedException {
        return new GatewaySearch(scope, settings, scope.turns().orElse(turns), deadline).run();
    }

    @Override
    public Optional<PortMappingProvider> recall(RememberedGateway gateway, SearchScope scope) {
        return UpnpProvider.recall(gateway, scope.turns().orElse(turns)).map(Function.identity());
    }

    /** Builds an {@link UpnpGatewayFinder}. Not thread-safe. */
    public static final class Builder {
        private int port = 1900;
        /** Devices answer within a second, as searches ask them to; the last repetition goes out after 1.5 s. */
        private Duration window = Duration.ofMillis(2600);
        /** One hop away: a default gateway that answers at all does so well within this. */
        private Duration grace = Duration.ofMillis(250);

        private Builder() {}

        /**
         * Sets the UDP port of SSDP.
         *
         * @param value default 1900; another one is of use in tests
         * @return this
         * @throws IllegalArgumentException where it is not a port
         */
        public Builder port(int value) {
            port = PortRange.checkPort(value);
            return this;
        }

        /**
         * Sets how long answers are waited for.
         *
         * @param value default 2.6 s: searches ask for answers within a second and are repeated until 1.5 s
         * @return this
         * @throws IllegalArgumentException where it is negative
         */
        public Builder window(Duration value) {
            window = notNegative(value);
            return this;
        }

        /**
         * Sets how long a usable gateway waits for the one that is expected to answer.
         *
         * @param value default 250 ms from when the first one is known to be usable: a healthy gateway one hop away
         *     answers sooner; one that has answered and is still being looked at is waited for for two seconds
         * @return this
         * @throws IllegalArgumentException where it is negative
         */
        public Builder grace(Duration value) {
            grace = notNegative(value);
            return this;
        }

        /**
         * Builds the finder.
         *
         * @return the finder
         */
        public UpnpGatewayFinder build() {
            return new UpnpGatewayFinder(this);
        }

        private static Duration notNegative(Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException(value + " is negative");
            }
            return value;
        }
    }
}
