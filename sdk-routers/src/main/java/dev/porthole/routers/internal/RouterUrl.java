package dev.porthole.routers.internal;

import dev.porthole.mapping.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A place on a router: always a literal address, so that no name is ever resolved.
 *
 * @param tls whether it is {@code https}
 * @param peer the address and port to dial
 * @param target path and query, starts with a slash
 */
public record RouterUrl(boolean tls, InetSocketAddress peer, String target) {
    private static final int MAX_LENGTH = 8192;

    /**
     * Reads an absolute URL.
     *
     * @param text untrusted
     * @return the URL; empty where it is not {@code http} or {@code https} on a literal address
     */
    public static Optional<RouterUrl> parse(String text) {
        try {
            return of(new URI(encoded(text)));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads an absolute URL.
     *
     * @param uri untrusted
     * @return the URL; empty where it is not {@code http} or {@code https} on a literal address
     */
    public static Optional<RouterUrl> of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            return Optional.empty();
        }
        boolean tls = scheme.equals("https");
        int port = uri.getPort() < 0 ? (tls ? 443 : 80) : uri.getPort();
        if (port == 0 || port > 65_535) {
            return Optional.empty();
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return IpLiteral.parse(uri.getHost())
                .map(address -> new RouterUrl(tls, new InetSocketAddress(address, port), encoded(path + query)));
    }

    /**
     * Resolves a reference against this URL, RFC 3986 section 5.2.
     *
     * @param reference untrusted, absolute or relative; characters that cannot go on a request line are percent-encoded
     * @return the URL; empty where it is not {@code http} or {@code https} on a literal address
     */
    public Optional<RouterUrl> resolve(String reference) {
        String clean = encoded(reference.strip());
        int fragment = clean.indexOf('#');
        clean = fragment < 0 ? clean : clean.substring(0, fragment);
        if (clean.isEmpty()) {
            return Optional.of(this);
        }
        if (clean.startsWith("?")) {
            // java.net.URI follows RFC 2396 here, which drops the last segment.
            return Optional.of(new RouterUrl(tls, peer, path() + clean));
        }
        if (clean.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            URI resolved = new URI(base() + path()).resolve(new URI(clean)).normalize();
            return of(resolved).map(url -> url.withoutLeadingDots());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A reference may climb above the root; browsers stop there, java.net.URI does not. */
    private RouterUrl withoutLeadingDots() {
        String rest = target;
        while (rest.startsWith("/../")) {
            rest = rest.substring(3);
        }
        return new RouterUrl(tls, peer, rest);
    }

    /**
     * The path without the query.
     *
     * @return starts with a slash
     */
    public String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    /**
     * Whether another URL is on the same host, whatever its port and scheme.
     *
     * @param other the other
     * @return true where the addresses are the same
     */
    public boolean sameHost(RouterUrl other) {
        return peer.getAddress().equals(other.peer.getAddress());
    }

    /**
     * Scheme, address and port.
     *
     * @return for example {@code http://192.168.1.1:8080}, the port left out where it is the scheme's own
     */
    public String base() {
        InetAddress address = peer.getAddress();
        String host = address.getHostAddress();
        int zone = host.indexOf('%');
        String literal = zone < 0 ? host : host.substring(0, zone);
        String bracketed = literal.indexOf(':') < 0 ? literal : "[" + literal + "]";
        boolean usual = peer.getPort() == (tls ? 443 : 80);
        return (tls ? "https://" : "http://") + bracketed + (usual ? "" : ":" + peer.getPort());
    }

    private static String encoded(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            int value = each & 0xFF;
            boolean bare = value > ' ' && value < 0x7F && "\"<>\\^`{|}".indexOf(value) < 0;
            if (bare) {
                out.append((char) value);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", value));
            }
        }
        return out.toString();
    }

    /**
     * The same on another port.
     *
     * @param port from 1 to 65535
     * @return the first page there
     */
    public RouterUrl at(int port) {
        return new RouterUrl(tls, new InetSocketAddress(peer.getAddress(), port), "/");
    }

    /** Without the query, which may hold a session or a password. */
    @Override
    public String toString() {
        return base() + path();
    }
}
