package dev.porthole.verify.internal.rtsp;

import dev.porthole.reach.Target;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place that a URL names. Cameras write them badly: {@code rtsp://rtsp://…}, IPv6 addresses without brackets, no
 * scheme, accounts within.
 *
 * @param tls whether the scheme is rtsps
 * @param host lower case, IPv6 literals in brackets
 * @param port 1 to 65535
 * @param path with query, starts with a slash
 */
record RtspAddress(boolean tls, String host, int port, String path) {
    private static final Pattern URL = Pattern.compile("(?i)(?:rtsps?://)*(rtsps?)://(?:[^/@]*@)?([^/?]*)([/?].*)?");
    private static final Pattern HOST_PORT = Pattern.compile(
            "(\\[[^\\]]+\\]|[^:\\[\\]]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*?)(?::(\\d{1,5}))?");

    /** Longer than any camera's; what is longer is cut. */
    private static final int MAX_PATH = 4096;

    /** Makes the path fit for a request line, whatever the peer wrote. */
    RtspAddress {
        path = path.length() > MAX_PATH ? path.substring(0, MAX_PATH) : path;
        path = path.replaceAll("[ \\t]", "%20").replaceAll("\\p{Cntrl}", "");
    }

    static RtspAddress of(Target target) {
        return new RtspAddress(
                target.scheme() == Target.Scheme.RTSPS,
                target.host().toLowerCase(Locale.ROOT),
                target.port(),
                target.path());
    }

    /** The place that an absolute URL names; empty for a relative one and for what cannot be read. */
    static Optional<RtspAddress> parse(String url) {
        Matcher parts = URL.matcher(url.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        boolean tls = parts.group(1).equalsIgnoreCase("rtsps");
        Matcher authority = HOST_PORT.matcher(parts.group(2));
        if (!authority.matches()) {
            return Optional.empty();
        }
        Target.Scheme scheme = tls ? Target.Scheme.RTSPS : Target.Scheme.RTSP;
        int port = authority.group(2) == null ? scheme.defaultPort() : Integer.parseInt(authority.group(2));
        if (port < 1 || port > 65_535) {
            return Optional.empty();
        }
        String host = authority.group(1).toLowerCase(Locale.ROOT);
        host = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        String path = parts.group(3) == null ? "/" : parts.group(3);
        return Optional.of(new RtspAddress(tls, host, port, path.startsWith("/") ? path : "/" + path));
    }

    /** Another path at the same place. */
    RtspAddress at(String other) {
        return new RtspAddress(tls, host, port, other);
    }

    /** The host and port, as a mapping would name them. */
    String endpoint() {
        return host + ":" + port;
    }

    /** The URL, without an account. */
    String uri() {
        return (tls ? "rtsps://" : "rtsp://") + endpoint() + path;
    }
}
