package dev.porthole.mapping;

import dev.porthole.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where to look for gateways. Immutable.
 *
 * <p>Defaults: every usable interface by multicast, the default gateway by unicast, and the first usable gateway is
 * enough.
 */
public final class SearchScope {
    private final boolean firstUsable;
    private final boolean multicast;
    private final Set<String> interfaces;
    private final List<InetSocketAddress> gateways;
    private final List<InetAddress> cameras;
    private final Supplier<Optional<Secret>> installationKey;
    private final Optional<RouterTurns> turns;

    private SearchScope(Builder builder) {
        firstUsable = builder.firstUsable;
        multicast = builder.multicast;
        interfaces = Set.copyOf(builder.interfaces);
        gateways = List.copyOf(builder.gateways);
        cameras = List.copyOf(builder.cameras);
        installationKey = builder.installationKey;
        turns = builder.turns;
    }

    /**
     * A builder with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Whether the search may end with the first usable gateway.
     *
     * @return true unless set; false waits for every answer until the deadline or the protocol's own window ends
     */
    public boolean firstUsable() {
        return firstUsable;
    }

    /**
     * Whether multicast is sent, and the system's default gateway asked.
     *
     * @return true unless set; false asks only {@link #gateways()}
     */
    public boolean multicast() {
        return multicast;
    }

    /**
     * The names of the network interfaces to use.
     *
     * @return an unmodifiable set; empty for every usable one
     */
    public Set<String> interfaces() {
        return interfaces;
    }

    /**
     * Gateways to ask directly besides the default gateway.
     *
     * @return an unmodifiable list of addresses; port 0 means the protocol's own port
     */
    public List<InetSocketAddress> gateways() {
        return gateways;
    }

    /**
     * The cameras to be published; the interface that leads to them is preferred.
     *
     * @return an unmodifiable list
     */
    public List<InetAddress> cameras() {
        return cameras;
    }

    /**
     * The installation's key, from which the providers found may derive what proves that a mapping is ours.
     *
     * @return a new copy for the caller to close; empty where there is none
     * @throws dev.porthole.NatTraversalException where the key cannot be read or written
     */
    public Optional<Secret> installationKey() {
        return installationKey.get();
    }

    /**
     * The turns in which routers are asked by HTTP, by all finders that search at once and by their providers.
     *
     * @return empty where only one finder searches, which then keeps turns of its own
     */
    public Optional<RouterTurns> turns() {
        return turns;
    }

    /** Builds a {@link SearchScope}. Not thread-safe. */
    public static final class Builder {
        private boolean firstUsable = true;
        private boolean multicast = true;
        private Set<String> interfaces = Set.of();
        private List<InetSocketAddress> gateways = List.of();
        private List<InetAddress> cameras = List.of();
        private Supplier<Optional<Secret>> installationKey = Optional::empty;
        private Optional<RouterTurns> turns = Optional.empty();

        private Builder() {}

        /**
         * Sets whether the first usable gateway is enough.
         *
         * @param value default true
         * @return this
         */
        public Builder firstUsable(boolean value) {
            firstUsable = value;
            return this;
        }

        /**
         * Sets whether multicast is sent, and the system's default gateway asked.
         *
         * @param value default true
         * @return this
         */
        public Builder multicast(boolean value) {
            multicast = value;
            return this;
        }

        /**
         * Restricts the search to interfaces.
         *
         * @param names interface names; empty (the default) for every usable one
         * @return this
         */
        public Builder interfaces(Set<String> names) {
            interfaces = Objects.requireNonNull(names, "interfaces");
            return this;
        }

        /**
         * Sets gateways to ask directly.
         *
         * @param addresses resolved addresses; port 0 means the protocol's own port
         * @return this
         * @throws IllegalArgumentException where one is not resolved
         */
        public Builder gateways(List<InetSocketAddress> addresses) {
            for (InetSocketAddress address : addresses) {
                if (address.isUnresolved()) {
                    throw new IllegalArgumentException("gateway " + address.getHostString() + " is not resolved");
                }
            }
            gateways = addresses;
            return this;
        }

        /**
         * Sets the cameras to be published.
         *
         * @param addresses their LAN addresses
         * @return this
         */
        public Builder cameras(List<InetAddress> addresses) {
            cameras = Objects.requireNonNull(addresses, "cameras");
            return this;
        }

        /**
         * Sets where the installation's key comes from; it is asked for only by protocols that need it.
         *
         * @param value normally {@link dev.porthole.ledger.Ledger#installationKey}; default none
         * @return this
         */
        public Builder installationKey(Supplier<Optional<Secret>> value) {
            installationKey = Objects.requireNonNull(value, "installationKey");
            return this;
        }

        /**
         * Sets the turns in which routers are asked by HTTP.
         *
         * @param value shared by all finders that may search at once; default none
         * @return this
         */
        public Builder turns(RouterTurns value) {
            turns = Optional.of(value);
            return this;
        }

        /**
         * Builds the scope.
         *
         * @return the scope
         */
        public SearchScope build() {
            return new SearchScope(this);
        }
    }
}
