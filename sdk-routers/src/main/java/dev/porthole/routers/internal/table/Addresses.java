package dev.porthole.routers.internal.table;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Addresses in links, as browsers read them. */
final class Addresses {
    private static final int MAX_LENGTH = 4096;

    private Addresses() {}

    /** Resolves a reference against a page's address; empty where it is a script, a mail address or nonsense. */
    static Optional<URI> resolve(URI base, String reference) {
        String text = reference.strip();
        int fragment = text.indexOf('#');
        if (fragment >= 0) {
            text = text.substring(0, fragment);
        }
        if (text.length() > MAX_LENGTH || text.matches("(?is)(javascript|mailto|data|about|file|vbscript):.*")) {
            return Optional.empty();
        }
        try {
            if (text.isEmpty()) {
                return Optional.of(base);
            }
            if (text.startsWith("?")) {
                String path = base.getRawPath();
                return Optional.of(new URI(base.getScheme() + "://" + base.getRawAuthority()
                        + (path == null || path.isEmpty() ? "/" : path) + escaped(text)));
            }
            URI rooted = base.getRawPath() == null || base.getRawPath().isEmpty() ? base.resolve("/") : base;
            URI target = rooted.resolve(new URI(escaped(text))).normalize();
            String scheme = target.getScheme();
            return scheme != null && scheme.toLowerCase(Locale.ROOT).matches("https?") && target.getHost() != null
                    ? Optional.of(rooted(target))
                    : Optional.empty();
        } catch (Exception e) {
            return Optional.empty();
        }
    }

    private static URI rooted(URI target) {
        return target.getRawPath() == null || target.getRawPath().isEmpty() ? target.resolve("/") : target;
    }

    static boolean sameHost(URI one, URI other) {
        return other.getHost() != null && other.getHost().equalsIgnoreCase(one.getHost()) && port(one) == port(other);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /** Percent-encodes what must not stand in an address and does in routers' pages. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xFF;
            boolean plain = c > ' ' && c < 0x7F && "\"<>\\^`{|}".indexOf(c) < 0;
            escaped.append(plain ? String.valueOf((char) c) : String.format("%%%02X", c));
        }
        return escaped.toString().replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    }
}
