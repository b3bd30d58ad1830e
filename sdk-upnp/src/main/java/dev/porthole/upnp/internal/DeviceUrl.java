package dev.porthole.upnp.internal;

import dev.porthole.mapping.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code http} URL on a literal address, with the reference resolution of RFC 3986 section 5.2. More lenient than
 * {@link java.net.URI} about characters in the path, because gateways are; those that cannot go on a request line are
 * percent-encoded.
 *
 * @param peer the address and port to dial
 * @param target path and query, starts with a slash
 */
public record DeviceUrl(InetSocketAddress peer, String target) {
    /** RFC 3986 appendix B. */
    private static final Pattern PARTS =
            Pattern.compile("(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(\\?[^#]*)?(?:#.*)?", Pattern.DOTALL);

    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]@]*)(?::([0-9]{0,5}))?");
    private static final int MAX_LENGTH = 2048;

    /**
     * Reads an absolute URL.
     *
     * @param text untrusted
     * @return the URL; empty where it is not {@code http} on a literal address
     */
    public static Optional<DeviceUrl> parse(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        if (text.length() > MAX_LENGTH || !parts.matches() || parts.group(2) == null) {
            return Optional.empty();
        }
        if (parts.group(1) == null || !parts.group(1).toLowerCase(Locale.ROOT).equals("http")) {
            return Optional.empty();
        }
        return at(parts.group(2), withoutDots(parts.group(3)), parts.group(4));
    }

    /**
     * Resolves a reference against this URL.
     *
     * @param reference untrusted; absolute or relative
     * @return the URL; empty where it is not {@code http} on a literal address
     */
    public Optional<DeviceUrl> resolve(String reference) {
        Matcher parts = PARTS.matcher(reference.strip());
        if (reference.length() > MAX_LENGTH || !parts.matches()) {
            return Optional.empty();
        }
        boolean authority = parts.group(2) != null;
        if (parts.group(1) != null && authority) {
            return parse(reference);
        }
        // Without an authority a colon belongs to a path such as "WANIPConn:1".
        String path = (parts.group(1) == null ? "" : parts.group(1) + ":") + parts.group(3);
        if (authority) {
            return at(parts.group(2), withoutDots(path), parts.group(4));
        }
        int question = target.indexOf('?');
        String ownPath = question < 0 ? target : target.substring(0, question);
        String query = parts.group(4);
        if (path.isEmpty()) {
            String ownQuery = question < 0 ? "" : target.substring(question);
            return Optional.of(new DeviceUrl(peer, ownPath + (query == null ? ownQuery : encoded(query))));
        }
        String merged = path.startsWith("/") ? path : ownPath.substring(0, ownPath.lastIndexOf('/') + 1) + path;
        return Optional.of(new DeviceUrl(peer, encoded(withoutDots(merged) + (query == null ? "" : query))));
    }

    /**
     * Whether this URL is on a host.
     *
     * @param host the host
     * @return true where the addresses are the same, whatever their zone
     */
    public boolean on(InetAddress host) {
        return java.util.Arrays.equals(peer.getAddress().getAddress(), host.getAddress());
    }

    private static Optional<DeviceUrl> at(
            String authority, String path, @org.jspecify.annotations.Nullable String query) {
        Matcher matcher = AUTHORITY.matcher(authority);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String digits = matcher.group(2);
        int port = digits == null || digits.isEmpty() ? 80 : Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            return Optional.empty();
        }
        String target = encoded((path.isEmpty() ? "/" : path) + (query == null ? "" : query));
        return IpLiteral.parse(matcher.group(1))
                .map(address -> new DeviceUrl(new InetSocketAddress(address, port), target));
    }

    /** RFC 3986 section 5.2.4. */
    private static String withoutDots(String path) {
        if (!path.contains(".")) {
            return path;
        }
        List<String> kept = new ArrayList<>();
        String[] segments = path.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            if (segments[i].equals("..")) {
                if (kept.size() > 1) {
                    kept.remove(kept.size() - 1);
                }
            } else if (!segments[i].equals(".")) {
                kept.add(segments[i]);
                continue;
            }
            if (last) {
                kept.add("");
            }
        }
        String joined = String.join("/", kept);
        return joined.startsWith("/") || !path.startsWith("/") ? joined : "/" + joined;
    }

    private static String encoded(String target) {
        StringBuilder out = new StringBuilder(target.length());
        for (byte b : target.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c <= ' ' || c >= 0x7F || c == '"' || c == '<' || c == '>') {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** The URL, for messages. */
    @Override
    public String toString() {
        String host = peer.getAddress().getHostAddress();
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + peer.getPort() + target;
    }
}
