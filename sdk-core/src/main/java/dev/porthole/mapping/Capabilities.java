package dev.porthole.mapping;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What a gateway can do by a protocol, as far as it is known before trying. Immutable.
 *
 * <p>Defaults describe a full UPnP IGD: third-party mappings possible, leases, listing, translation of port numbers, TCP
 * and UDP, no ranges, no source restriction.
 */
public final class Capabilities {
    /** How far a mapping can be restricted to certain remote hosts. */
    public enum SourceRestriction {
        /** Not at all: everyone or no mapping. */
        NONE,
        /** To one address (UPnP's RemoteHost). */
        SINGLE_ADDRESS,
        /** To CIDR blocks. */
        CIDR
    }

    private final boolean thirdParty;
    private final boolean leases;
    private final boolean listing;
    private final boolean translation;
    private final boolean ranges;
    private final SourceRestriction sourceRestriction;
    private final Set<TransportProtocol> protocols;

    private Capabilities(Builder builder) {
        thirdParty = builder.thirdParty;
        leases = builder.leases;
        listing = builder.listing;
        translation = builder.translation;
        ranges = builder.ranges;
        sourceRestriction = builder.sourceRestriction;
        protocols = Set.copyOf(builder.protocols);
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
     * Whether a mapping for another host than the caller can be asked for. True does not promise that it is granted.
     *
     * @return true where it can be asked for
     */
    public boolean thirdParty() {
        return thirdParty;
    }

    /**
     * Whether mappings can end by themselves.
     *
     * @return true where leases are known
     */
    public boolean leases() {
        return leases;
    }

    /**
     * Whether {@link PortMappingProvider#mappings} can show every mapping.
     *
     * @return true where it can
     */
    public boolean listing() {
        return listing;
    }

    /**
     * Whether external and internal port may differ.
     *
     * @return true where they may
     */
    public boolean translation() {
        return translation;
    }

    /**
     * Whether one mapping can hold a range of ports.
     *
     * @return true where it can
     */
    public boolean ranges() {
        return ranges;
    }

    /**
     * How far remote hosts can be restricted.
     *
     * @return the extent
     */
    public SourceRestriction sourceRestriction() {
        return sourceRestriction;
    }

    /**
     * Which transports can be mapped.
     *
     * @return an unmodifiable set
     */
    public Set<TransportProtocol> protocols() {
        return protocols;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Capabilities other
                && thirdParty == other.thirdParty
                && leases == other.leases
                && listing == other.listing
                && translation == other.translation
                && ranges == other.ranges
                && sourceRestriction == other.sourceRestriction
                && protocols.equals(other.protocols);
    }

    @Override
    public int hashCode() {
        return Objects.hash(thirdParty, leases, listing, translation, ranges, sourceRestriction, protocols);
    }

    @Override
    public String toString() {
        return "Capabilities[thirdParty=" + thirdParty + ", leases=" + leases + ", listing=" + listing
                + ", translation=" + translation + ", ranges=" + ranges + ", sourceRestriction=" + sourceRestriction
                + ", protocols=" + protocols + "]";
    }

    /** Builds {@link Capabilities}. Not thread-safe. */
    public static final class Builder {
        private boolean thirdParty = true;
        private boolean leases = true;
        private boolean listing = true;
        private boolean translation = true;
        private boolean ranges;
        private SourceRestriction sourceRestriction = SourceRestriction.NONE;
        private Set<TransportProtocol> protocols = EnumSet.allOf(TransportProtocol.class);

        private Builder() {}

        /**
         * Sets {@link Capabilities#thirdParty()}.
         *
         * @param value default true
         * @return this
         */
        public Builder thirdParty(boolean value) {
            thirdParty = value;
            return this;
        }

        /**
         * Sets {@link Capabilities#leases()}.
         *
         * @param value default true
         * @return this
         */
        public Builder leases(boolean value) {
            leases = value;
            return this;
        }

        /**
         * Sets {@link Capabilities#listing()}.
         *
         * @param value default true
         * @return this
         */
        public Builder listing(boolean value) {
            listing = value;
            return this;
        }

        /**
         * Sets {@link Capabilities#translation()}.
         *
         * @param value default true
         * @return this
         */
        public Builder translation(boolean value) {
            translation = value;
            return this;
        }

        /**
         * Sets {@link Capabilities#ranges()}.
         *
         * @param value default false
         * @return this
         */
        public Builder ranges(boolean value) {
            ranges = value;
            return this;
        }

        /**
         * Sets {@link Capabilities#sourceRestriction()}.
         *
         * @param value default {@link SourceRestriction#NONE}
         * @return this
         */
        public Builder sourceRestriction(SourceRestriction value) {
            sourceRestriction = Objects.requireNonNull(value, "sourceRestriction");
            return this;
        }

        /**
         * Sets {@link Capabilities#protocols()}.
         *
         * @param values default TCP and UDP
         * @return this
         */
        public Builder protocols(Set<TransportProtocol> values) {
            protocols = Set.copyOf(values);
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the capabilities
         */
        public Capabilities build() {
            return new Capabilities(this);
        }
    }
}
