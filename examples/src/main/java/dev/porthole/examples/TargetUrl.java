package dev.porthole.examples;

import dev.porthole.Credentials;
import dev.porthole.reach.Target;
import dev.porthole.reach.Target.Scheme;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the URL of a service. Cameras' paths are not always those of RFC 3986, so they are passed on as they are. */
final class TargetUrl {
    private static final int LONGEST = 2048;
    private static final Pattern URL = Pattern.compile(
            "(?<scheme>[A-Za-z]+)://(?<host>\\[[^\\]]*]|[^/?#:@\\[\\]]*)(:(?<port>[^/?#@]*))?(?<path>[/?].*)?");

    private TargetUrl() {}

    /**
     * Reads a URL and resolves its host.
     *
     * @param where the option it was given to
     * @param url the URL, without an account
     * @param account the account to use
     * @param schemes the schemes that will do
     */
    static Target target(String where, String url, Optional<Credentials> account, Scheme... schemes) {
        if (url.matches("[A-Za-z]+://[^/?#]*@.*")) {
            throw new InvalidInput(
                    where,
                    "the URL holds an account, which everyone on this host can see among the arguments; give it without,"
                            + " and use --user and --password-file");
        }
        Matcher parts = URL.matcher(url);
        if (!parts.matches() || url.length() > LONGEST || url.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
            throw new InvalidInput(where, Words.quoted(url) + " is not a URL; give one such as " + example(schemes[0]));
        }
        String name = parts.group("scheme");
        Scheme scheme = Arrays.stream(schemes)
                .filter(s -> s.id().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        where,
                        "the scheme " + Words.quoted(name) + " does not fit; give a URL such as "
                                + example(schemes[0])));
        String host = parts.group("host");
        InetAddress address = Inputs.host(where, host);
        String port = parts.group("port");
        String path = parts.group("path");
        return Target.at(scheme, address, port == null ? scheme.defaultPort() : Inputs.port(where, port))
                .host(host)
                .path(path == null ? "/" : path)
                .credentials(account)
                .build();
    }

    private static String example(Scheme scheme) {
        return scheme == Scheme.HTTP ? "http://203.0.113.7:8888/" : "rtsp://203.0.113.7:8889/main";
    }
}
