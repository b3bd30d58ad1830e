package dev.porthole.reach;

import dev.porthole.Credentials;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.PortRange;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be reached: one service of a camera at an address and port. Immutable.
 *
 * <p>The address is given resolved: a name is resolved once, by whoever makes the target, and that address is dialled.
 */
public final class Target {
    /** The service's scheme. */
    public enum Scheme {
        /** A web page. */
        HTTP(80),
        /** A web page over TLS. */
        HTTPS(443),
        /** A stream, RFC 2326. */
        RTSP(554),
        /** A stream over TLS. */
        RTSPS(322);

        private final int defaultPort;

        Scheme(int defaultPort) {
            this.defaultPort = defaultPort;
        }

        /**
         * The port where none is given.
         *
         * @return the registered port
         */
        public int defaultPort() {
            return defaultPort;
        }

        /**
         * The scheme as it stands in a URI.
         *
         * @return lower case
         */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Scheme scheme;
    private final InetAddress address;
    private final String host;
    private final int port;
    private final String path;
    private final Optional<Credentials> credentials;
    private final Optional<InternalEndpoint> internal;
    private final Optional<InetAddress> gateway;

    private Target(Builder builder) {
        scheme = builder.scheme;
        address = builder.address;
        host = builder.host;
        port = builder.port;
        path = builder.path;
        credentials = builder.credentials;
        internal = builder.internal;
        gateway = builder.gateway;
    }

    /**
     * A builder for a service at an address.
     *
     * @param scheme the scheme
     * @param address the address to dial
     * @param port the port to dial, 1 to 65535
     * @return a new builder
     */
    public static Builder at(Scheme scheme, InetAddress address, int port) {
        return new Builder(scheme, address, port);
    }

    /**
     * The scheme.
     *
     * @return the scheme
     */
    public Scheme scheme() {
        return scheme;
    }

    /**
     * The address to dial.
     *
     * @return a resolved address
     */
    public InetAddress address() {
        return address;
    }

    /**
     * The host as it stands in requests and URIs.
     *
     * @return the address's literal form unless a name was set; IPv6 literals in brackets
     */
    public String host() {
        return host;
    }

    /**
     * The port to dial.
     *
     * @return 1 to 65535
     */
    public int port() {
        return port;
    }

    /**
     * The path with its query.
     *
     * @return starts with a slash
     */
    public String path() {
        return path;
    }

    /**
     * The account to use.
     *
     * @return empty where none was given
     */
    public Optional<Credentials> credentials() {
        return credentials;
    }

    /**
     * Where the same service is on the LAN, so that a verifier on the LAN can compare what both show.
     *
     * @return empty where it is not known or not reachable from here
     */
    public Optional<InternalEndpoint> internal() {
        return internal;
    }

    /**
     * The gateway's LAN address, so that its own page can be told from the camera's.
     *
     * @return empty where it is not known
     */
    public Optional<InetAddress> gateway() {
        return gateway;
    }

    /**
     * The target as a URI without credentials.
     *
     * @return for example {@code rtsp://203.0.113.7:8889/main}
     */
    public String uri() {
        return scheme.id() + "://" + host + ":" + port + path;
    }

    @Override
    public String toString() {
        return uri();
    }

    /** Builds a {@link Target}. Not thread-safe. */
    public static final class Builder {
        private final Scheme scheme;
        private final InetAddress address;
        private final int port;
        private String host;
        private String path = "/";
        private Optional<Credentials> credentials = Optional.empty();
        private Optional<InternalEndpoint> internal = Optional.empty();
        private Optional<InetAddress> gateway = Optional.empty();

        private Builder(Scheme scheme, InetAddress address, int port) {
            this.scheme = Objects.requireNonNull(scheme, "scheme");
            this.address = Objects.requireNonNull(address, "address");
            this.port = PortRange.checkPort(port);
            String literal = address.getHostAddress();
            this.host = literal.indexOf(':') >= 0 ? "[" + literal + "]" : literal;
        }

        /**
         * Sets the name by which the host is called in requests and URIs.
         *
         * @param value default the address's literal form
         * @return this
         */
        public Builder host(String value) {
            host = Objects.requireNonNull(value, "host");
            return this;
        }

        /**
         * Sets the path.
         *
         * @param value default {@code /}; a missing leading slash is added
         * @return this
         * @throws IllegalArgumentException where it holds white space or control characters
         */
        public Builder path(String value) {
            if (value.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
                throw new IllegalArgumentException("path '" + value + "' holds white space or control characters");
            }
            path = value.startsWith("/") ? value : "/" + value;
            return this;
        }

        /**
         * Sets the account.
         *
         * @param value default none
         * @return this
         */
        public Builder credentials(Optional<Credentials> value) {
            credentials = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /**
         * Sets where the same service is on the LAN.
         *
         * @param value default unknown
         * @return this
         */
        public Builder internal(InternalEndpoint value) {
            internal = Optional.of(value);
            return this;
        }

        /**
         * Sets the gateway's LAN address.
         *
         * @param value default unknown
         * @return this
         */
        public Builder gateway(InetAddress value) {
            gateway = Optional.of(value);
            return this;
        }

        /**
         * Builds the target.
         *
         * @return the target
         */
        public Target build() {
            return new Target(this);
        }
    }
}
