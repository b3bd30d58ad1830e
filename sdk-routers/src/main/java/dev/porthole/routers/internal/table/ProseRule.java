package dev.porthole.routers.internal.table;

import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.TransportProtocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A rule told in a sentence, such as {@code tcp from any host via port 8080 -> 192.168.1.5, port 80}. What stands before the
 * address of the LAN is the outside, what stands behind it the inside; a sentence with more ports than that tells nothing.
 *
 * @param external the external port or ports
 * @param host the internal address
 * @param internal the internal port or ports; empty where the sentence names none
 * @param protocol TCP, UDP or both
 * @param source who may connect; empty for anyone
 * @param directed whether the sentence itself says that it leads to the address
 */
record ProseRule(String external, String host, String internal, String protocol, String source, boolean directed) {
    private static final int MAX_TEXT = 400;
    private static final Pattern ADDRESS = Pattern.compile("(?<![0-9.])[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?![0-9.])");
    private static final Pattern PORTS = Pattern.compile(
            "(?:\\bports?|:|/|\\b(?:tcp|udp))\\s*([0-9]{1,5}(?:\\s*[-~:]\\s*[0-9]{1,5})?)(?![0-9.])",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LEADS = Pattern.compile(
            "(?:->|=>|→|⇒|»|\\bforward(?:ed|s)?(?: to)?|\\bto|\\bnach|\\bvers|\\ban)\\s*\\]?\\s*(?:ip)?\\s*$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FROM =
            Pattern.compile("\\b(?:from|von|de|source)\\s*:?\\s*(?:ip)?\\s*$", Pattern.CASE_INSENSITIVE);

    /** Reads a sentence; empty where it does not tell exactly one rule. */
    static Optional<ProseRule> in(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        List<int[]> targets = new ArrayList<>();
        String source = "";
        Matcher addresses = ADDRESS.matcher(text);
        while (addresses.find()) {
            Optional<InetAddress> address = IpLiteral.parse(addresses.group());
            if (address.filter(InetAddress::isSiteLocalAddress).isPresent()) {
                targets.add(new int[] {addresses.start(), addresses.end()});
            } else if (!FROM.matcher(text.substring(0, addresses.start())).find() || !source.isEmpty()) {
                return Optional.empty();
            } else {
                source = addresses.group();
            }
        }
        if (targets.size() != 1) {
            return Optional.empty();
        }
        String before = text.substring(0, targets.get(0)[0]);
        List<String> external = ports(before);
        List<String> internal = ports(text.substring(targets.get(0)[1]));
        if (external.size() != 1 || internal.size() > 1) {
            return Optional.empty();
        }
        return Optional.of(new ProseRule(
                external.get(0),
                text.substring(targets.get(0)[0], targets.get(0)[1]),
                internal.isEmpty() ? "" : internal.get(0),
                protocol(text),
                source,
                LEADS.matcher(before).find()));
    }

    private static List<String> ports(String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = PORTS.matcher(ADDRESS.matcher(text).replaceAll(" "));
        while (matcher.find()) {
            if (Values.ports(matcher.group(1)).isEmpty()) {
                return List.of();
            }
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String protocol(String text) {
        Set<TransportProtocol> named = Values.protocolsBeside(text.toUpperCase(Locale.ROOT));
        return named.stream().map(Enum::name).sorted().collect(Collectors.joining("/"));
    }
}
