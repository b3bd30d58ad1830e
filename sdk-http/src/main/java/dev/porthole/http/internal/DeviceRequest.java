package dev.porthole.http.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One request to one address. Immutable.
 *
 * <p>Sent are: the header fields given, in their order and in their case, {@code Host} and {@code Connection: close} where
 * not given, and {@code Content-Length} where there is a body. Nothing else.
 */
public final class DeviceRequest {
    /** Descriptions of 16 KiB and more exist (ZTE, Sagemcom); nothing honest comes near this. */
    public static final int DEFAULT_MAX_BODY = 1 << 20;

    /** Nothing but length and connection tell the end. */
    static final BodyEnd ANY_END = (buffer, length) -> false;

    private final String method;
    private final InetSocketAddress peer;
    private final String target;
    private final HeaderFields headers;
    private final Optional<byte[]> body;
    private final int maxBody;
    private final BodyEnd bodyEnd;
    private final Optional<TlsTrust> tls;
    private final Optional<String> tlsName;
    private final Optional<String> shown;

    private DeviceRequest(Builder builder) {
        method = builder.method;
        peer = builder.peer;
        target = builder.target;
        body = builder.body;
        maxBody = builder.maxBody;
        bodyEnd = builder.bodyEnd;
        tls = builder.tls;
        tlsName = builder.tlsName;
        shown = builder.shown;
        List<HeaderFields.Field> fields = new ArrayList<>();
        HeaderFields given = new HeaderFields(builder.fields);
        if (given.first("Host").isEmpty()) {
            fields.add(new HeaderFields.Field("Host", hostOf(peer, tls.isPresent() ? 443 : 80)));
        }
        fields.addAll(builder.fields);
        if (given.first("Connection").isEmpty()) {
            fields.add(new HeaderFields.Field("Connection", "close"));
        }
        headers = new HeaderFields(fields);
    }

    /** Tells from the bytes received so far whether the body is whole, so that a device that neither says its length nor closes the connection costs no wait. */
    @FunctionalInterface
    public interface BodyEnd {
        /**
         * Looks at the body so far.
         *
         * @param buffer holds the body from index 0; must not be changed
         * @param length how many bytes there are
         * @return true where nothing more is needed
         */
        boolean reached(byte[] buffer, int length);
    }

    /**
     * A builder for a GET.
     *
     * @param peer the address to dial, resolved
     * @param target path and query as they go on the request line
     * @return a new builder
     */
    public static Builder get(InetSocketAddress peer, String target) {
        return new Builder("GET", peer, target);
    }

    /**
     * A builder for a POST.
     *
     * @param peer the address to dial, resolved
     * @param target path and query as they go on the request line
     * @param body the body; not copied
     * @return a new builder
     */
    public static Builder post(InetSocketAddress peer, String target, byte[] body) {
        Builder builder = new Builder("POST", peer, target);
        builder.body = Optional.of(body);
        return builder;
    }

    /**
     * A builder for a request of another method.
     *
     * @param method for example {@code PUT}
     * @param peer the address to dial, resolved
     * @param target path and query as they go on the request line
     * @param body the body, not copied; empty for none
     * @return a new builder
     */
    public static Builder of(String method, InetSocketAddress peer, String target, Optional<byte[]> body) {
        Builder builder = new Builder(method, peer, target);
        builder.body = body;
        return builder;
    }

    private static String hostOf(InetSocketAddress peer, int defaultPort) {
        InetAddress address = peer.getAddress();
        String literal = address.getHostAddress();
        if (address instanceof Inet6Address) {
            int zone = literal.indexOf('%');
            literal = "[" + (zone < 0 ? literal : literal.substring(0, zone)) + "]";
        }
        return peer.getPort() == defaultPort ? literal : literal + ":" + peer.getPort();
    }

    String method() {
        return method;
    }

    InetSocketAddress peer() {
        return peer;
    }

    String target() {
        return target;
    }

    HeaderFields headers() {
        return headers;
    }

    Optional<byte[]> body() {
        return body;
    }

    int maxBody() {
        return maxBody;
    }

    BodyEnd bodyEnd() {
        return bodyEnd;
    }

    Optional<TlsTrust> tls() {
        return tls;
    }

    /** The name that the certificate must hold; empty where none is compared. */
    Optional<String> tlsName() {
        return tlsName;
    }

    /** The method and where it goes, without header fields and body: these may hold secrets. */
    @Override
    public String toString() {
        String path = target.indexOf('?') < 0 ? target : target.substring(0, target.indexOf('?'));
        return method + " " + (tls.isPresent() ? "https://" : "http://") + hostOf(peer, -1) + shown.orElse(path);
    }

    /** Builds a {@link DeviceRequest}. Not thread-safe. */
    public static final class Builder {
        private final String method;
        private final InetSocketAddress peer;
        private final String target;
        private final List<HeaderFields.Field> fields = new ArrayList<>();
        private Optional<byte[]> body = Optional.empty();
        private int maxBody = DEFAULT_MAX_BODY;
        private BodyEnd bodyEnd = ANY_END;
        private Optional<TlsTrust> tls = Optional.empty();
        private Optional<String> tlsName = Optional.empty();
        private Optional<String> shown = Optional.empty();

        private Builder(String method, InetSocketAddress peer, String target) {
            if (peer.isUnresolved() || peer.getPort() == 0) {
                throw new IllegalArgumentException(peer + " is not an address with a port");
            }
            if (!target.startsWith("/") || target.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
                throw new IllegalArgumentException("request target '" + target + "' is not a path of visible ASCII");
            }
            if (!method.matches("[A-Z]{1,16}")) {
                throw new IllegalArgumentException("'" + method + "' is not a method");
            }
            this.method = method;
            this.peer = peer;
            this.target = target;
        }

        /**
         * Adds a header field.
         *
         * @param name goes out in this case
         * @param value goes out as it is
         * @return this
         * @throws IllegalArgumentException where one of them would break the message
         */
        public Builder header(String name, String value) {
            if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
                throw new IllegalArgumentException("'" + name + "' is not a header name");
            }
            if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F)) {
                throw new IllegalArgumentException("the value of " + name + " holds control characters");
            }
            fields.add(new HeaderFields.Field(name, value));
            return this;
        }

        /**
         * Sets how much of the body is read at most.
         *
         * @param bytes default {@value DeviceRequest#DEFAULT_MAX_BODY}
         * @return this
         */
        public Builder maxBody(int bytes) {
            if (bytes < 0 || bytes > 1 << 28) {
                throw new IllegalArgumentException("a body of " + bytes + " bytes cannot be held");
            }
            maxBody = bytes;
            return this;
        }

        /**
         * Sets how the body's end is known besides length and closing.
         *
         * @param value default never
         * @return this
         */
        public Builder bodyEnd(BodyEnd value) {
            bodyEnd = Objects.requireNonNull(value, "bodyEnd");
            return this;
        }

        /**
         * Speaks TLS.
         *
         * @param trust which certificates are accepted
         * @return this
         */
        public Builder tls(TlsTrust trust) {
            tls = Optional.of(trust);
            return this;
        }

        /**
         * Speaks TLS with a server that has a name of its own: the name is sent (SNI), and the certificate must hold it.
         *
         * @param trust which certificates are accepted
         * @param name a host name or an address literal without brackets
         * @return this
         */
        public Builder tls(TlsTrust trust, String name) {
            tlsName = Optional.of(name);
            return tls(trust);
        }

        /**
         * Shows another path in messages, because its own holds a secret.
         *
         * @param path default the request's own, without its query
         * @return this
         */
        public Builder showing(String path) {
            shown = Optional.of(path);
            return this;
        }

        /**
         * Builds the request.
         *
         * @return the request
         */
        public DeviceRequest build() {
            return new DeviceRequest(this);
        }
    }
}
