package dev.porthole.verify.internal.web;

import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.reach.Target;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page's place on a device.
 *
 * @param dial the endpoint to dial
 * @param tls whether to speak TLS
 * @param authority host and port as the device is told them, without the scheme's own port
 * @param path path and query of visible ASCII
 * @param alias another authority by which the device may call itself: its endpoint on the LAN
 */
record WebPlace(InetSocketAddress dial, boolean tls, String authority, String path, Optional<String> alias) {
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)(?:(https?):)?//([^/?#]*)([/?#].*)?");

    /** The target's place. */
    static WebPlace of(Target target, InetSocketAddress dial) {
        boolean tls = target.scheme() == Target.Scheme.HTTPS;
        return new WebPlace(
                dial,
                tls,
                authority(target.host(), target.port(), tls),
                ascii(target.path()),
                target.internal().map(camera -> internal(camera, tls)));
    }

    /** A path on a host of the LAN. */
    static WebPlace onLan(InternalEndpoint host, InetSocketAddress dial, boolean tls, String path) {
        return new WebPlace(dial, tls, internal(host, tls), ascii(path), Optional.empty());
    }

    /** Where a redirect leads; empty where it leaves this device's port or cannot be read. */
    Optional<WebPlace> follow(String location) {
        String clean = location.strip();
        Matcher absolute = ABSOLUTE.matcher(clean);
        if (absolute.matches()) {
            boolean toTls = absolute.group(1) == null ? tls : absolute.group(1).equalsIgnoreCase("https");
            String to = withoutDefaultPort(absolute.group(2).toLowerCase(Locale.ROOT), toTls);
            boolean here = toTls == tls
                    && (to.equals(authority) || alias.filter(to::equals).isPresent());
            String rest = absolute.group(3) == null ? "/" : absolute.group(3);
            return here ? Optional.of(at(rest.startsWith("/") ? rest : "/" + rest)) : Optional.empty();
        }
        if (clean.isEmpty() || clean.matches("(?i)[a-z][a-z0-9+.-]*:.*")) {
            return Optional.empty();
        }
        String folder = path.split("[?#]", 2)[0];
        return Optional.of(
                at(clean.startsWith("/") ? clean : folder.substring(0, folder.lastIndexOf('/') + 1) + clean));
    }

    private WebPlace at(String newPath) {
        return new WebPlace(dial, tls, authority, ascii(newPath.split("#", 2)[0]), alias);
    }

    private static String internal(InternalEndpoint endpoint, boolean tls) {
        return withoutDefaultPort(endpoint.toString(), tls);
    }

    private static String authority(String host, int port, boolean tls) {
        return withoutDefaultPort(host.toLowerCase(Locale.ROOT) + ":" + port, tls);
    }

    private static String withoutDefaultPort(String authority, boolean tls) {
        String port = tls ? ":443" : ":80";
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }

    /** Visible ASCII; anything else percent-encoded as UTF-8. */
    private static String ascii(String path) {
        StringBuilder ascii = new StringBuilder();
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            ascii.append(octet > ' ' && octet < 0x7F ? String.valueOf((char) octet) : String.format("%%%02X", octet));
        }
        return ascii.toString();
    }
}
