package dev.porthole.mapping;

import dev.porthole.SourcePolicy;
import java.time.Duration;
import java.util.Objects;

/**
 * What a gateway is asked for: one mapping. Immutable.
 *
 * <p>Defaults: TCP, a lease of one day, anyone may connect, the external port exactly as given.
 */
public final class MappingRequest {
    /** A day: long enough that a gateway is not bothered, short enough that leftovers end. Renewed at half. */
    public static final Duration DEFAULT_LEASE = Duration.ofDays(1);

    private final TransportProtocol protocol;
    private final InternalEndpoint internal;
    private final int externalPort;
    private final boolean otherPortAccepted;
    private final Duration lease;
    private final String description;
    private final SourcePolicy source;

    private MappingRequest(Builder builder) {
        protocol = builder.protocol;
        internal = builder.internal;
        externalPort = builder.externalPort;
        otherPortAccepted = builder.otherPortAccepted;
        lease = builder.lease;
        description = builder.description;
        source = builder.source;
    }

    /**
     * A builder for a mapping to an endpoint.
     *
     * @param internal where traffic is to arrive
     * @param externalPort the external port wanted, 1 to 65535
     * @return a new builder
     */
    public static Builder to(InternalEndpoint internal, int externalPort) {
        return new Builder(internal, externalPort);
    }

    /**
     * The transport.
     *
     * @return TCP unless set
     */
    public TransportProtocol protocol() {
        return protocol;
    }

    /**
     * Where traffic is to arrive.
     *
     * @return the endpoint on the LAN
     */
    public InternalEndpoint internal() {
        return internal;
    }

    /**
     * The external port wanted.
     *
     * @return 1 to 65535
     */
    public int externalPort() {
        return externalPort;
    }

    /**
     * Whether the gateway may give another external port where the wanted one is taken.
     *
     * @return false unless set
     */
    public boolean otherPortAccepted() {
        return otherPortAccepted;
    }

    /**
     * The lease asked for; the granted one may differ.
     *
     * @return whole seconds; zero asks for a permanent mapping
     */
    public Duration lease() {
        return lease;
    }

    /**
     * The description, normally made by {@link MappingTag}.
     *
     * @return never empty
     */
    public String description() {
        return description;
    }

    /**
     * Who may connect.
     *
     * @return anyone unless set
     */
    public SourcePolicy source() {
        return source;
    }

    @Override
    public String toString() {
        return protocol + " " + externalPort + " -> " + internal + " '" + description + "' lease " + lease.toSeconds()
                + " s from " + source;
    }

    /** Builds a {@link MappingRequest}. Not thread-safe. */
    public static final class Builder {
        private final InternalEndpoint internal;
        private final int externalPort;
        private TransportProtocol protocol = TransportProtocol.TCP;
        private boolean otherPortAccepted;
        private Duration lease = DEFAULT_LEASE;
        private String description = MappingTag.of("camera", "tcp");
        private SourcePolicy source = SourcePolicy.anyone();

        private Builder(InternalEndpoint internal, int externalPort) {
            this.internal = Objects.requireNonNull(internal, "internal");
            this.externalPort = PortRange.checkPort(externalPort);
        }

        /**
         * Sets the transport.
         *
         * @param value default TCP
         * @return this
         */
        public Builder protocol(TransportProtocol value) {
            protocol = Objects.requireNonNull(value, "protocol");
            return this;
        }

        /**
         * Lets the gateway give another external port where the wanted one is taken.
         *
         * @param value default false
         * @return this
         */
        public Builder otherPortAccepted(boolean value) {
            otherPortAccepted = value;
            return this;
        }

        /**
         * Sets the lease.
         *
         * @param value zero for a permanent mapping, else at least a second and at most 2^32 - 1 seconds (the width of
         *     UPnP's NewLeaseDuration); fractions of a second are dropped
         * @return this
         * @throws IllegalArgumentException where it is out of range
         */
        public Builder lease(Duration value) {
            if (value.isNegative() || value.toSeconds() > 0xFFFF_FFFFL || (value.toSeconds() == 0 && !value.isZero())) {
                throw new IllegalArgumentException("lease " + value + " is neither zero nor 1 s to 2^32 - 1 s");
            }
            lease = Duration.ofSeconds(value.toSeconds());
            return this;
        }

        /**
         * Sets the description.
         *
         * @param value not blank
         * @return this
         * @throws IllegalArgumentException where it is blank
         */
        public Builder description(String value) {
            if (value.isBlank()) {
                throw new IllegalArgumentException("a mapping without a description cannot be told from foreign ones");
            }
            description = value;
            return this;
        }

        /**
         * Sets who may connect.
         *
         * @param value default anyone
         * @return this
         */
        public Builder source(SourcePolicy value) {
            source = Objects.requireNonNull(value, "source");
            return this;
        }

        /**
         * Builds the request.
         *
         * @return the request
         */
        public MappingRequest build() {
            return new MappingRequest(this);
        }
    }
}
