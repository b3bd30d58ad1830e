package dev.porthole.examples;

import dev.porthole.CameraBrand;
import dev.porthole.SourcePolicy;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.PortRange;
import dev.porthole.reach.Target.Scheme;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads values as users write them. Each method names where the value stood, an option or a line of a file. */
final class Inputs {
    /** A command that runs for longer is no command but a service. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);
    /** The width of UPnP's NewLeaseDuration. */
    private static final long LONGEST_LEASE = 0xFFFF_FFFFL;

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,252}[A-Za-z0-9])?\\.?");
    private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");

    private Inputs() {}

    static int port(String where, String text) {
        if (DIGITS.matcher(text).matches()) {
            long port = Long.parseLong(text);
            if (port >= 1 && port <= PortRange.MAX_PORT) {
                return (int) port;
            }
        }
        throw new InvalidInput(where, Words.quoted(text) + " is not a port; give a number from 1 to 65535");
    }

    static Duration timeout(String where, String text) {
        if (DECIMAL.matcher(text).matches()) {
            Duration time =
                    Duration.ofNanos(new BigDecimal(text).movePointRight(9).longValueExact());
            if (!time.isZero() && time.compareTo(LONGEST_TIMEOUT) <= 0) {
                return time;
            }
        }
        throw new InvalidInput(
                where,
                Words.quoted(text) + " is not a time; give seconds, more than 0 and at most 86400, such as 30 or 2.5");
    }

    static Duration lease(String where, String text) {
        if (DIGITS.matcher(text).matches() && Long.parseLong(text) <= LONGEST_LEASE) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        throw new InvalidInput(
                where,
                Words.quoted(text) + " is not a lease; give whole seconds such as 86400 (a day), or 0 for a permanent"
                        + " mapping");
    }

    /** A host: an IP literal, or a name, which is resolved here and now. */
    static InetAddress host(String where, String text) {
        Optional<InetAddress> literal = IpLiteral.parse(text);
        if (literal.isPresent()) {
            return literal.get();
        }
        if (DIGITS_AND_DOTS.matcher(text).matches()) {
            throw new InvalidInput(
                    where,
                    Words.quoted(text) + " is not an IP address; give four numbers from 0 to 255 without leading zeros,"
                            + " such as 192.168.69.110");
        }
        if (!HOST_NAME.matcher(text).matches()) {
            throw new InvalidInput(
                    where,
                    Words.quoted(text) + " is not a host; give an address such as 192.168.69.110 alone, without scheme,"
                            + " port or path");
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new InvalidInput(where, "the name " + Words.quoted(text) + " does not resolve; give the IP address");
        }
    }

    static String user(String where, String text) {
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput(where, Words.quoted(text) + " is not a user; give the name of the camera's account");
        }
        return text;
    }

    static CameraBrand brand(String where, String text) {
        return CameraBrand.byId(text)
                .orElseThrow(() -> new InvalidInput(
                        where,
                        Words.quoted(text) + " is not a known brand; choose "
                                + oneOf(Arrays.stream(CameraBrand.values())
                                        .map(CameraBrand::id)
                                        .toList())
                                + ", or leave it out and give the path of the stream"));
    }

    static Policy policy(String where, String text) {
        for (Policy policy : Policy.values()) {
            if (policy.id().equals(text)) {
                return policy;
            }
        }
        throw new InvalidInput(
                where,
                Words.quoted(text) + " is not a policy; choose "
                        + oneOf(Arrays.stream(Policy.values()).map(Policy::id).toList()));
    }

    /** A service that this command line publishes. */
    static Scheme service(String where, String text) {
        String name = text.toUpperCase(Locale.ROOT);
        for (Scheme scheme : CameraDescription.SERVICES) {
            if (scheme.name().equals(name)) {
                return scheme;
            }
        }
        throw new InvalidInput(where, Words.quoted(text) + " is not a service; choose http, https or rtsp");
    }

    /** {@code any}, or blocks of addresses, separated by commas. */
    static SourcePolicy source(String where, List<String> texts) {
        List<String> sources = items(where, texts);
        if (sources.contains("any")) {
            if (sources.size() > 1) {
                throw new InvalidInput(where, "'any' includes every other source; give 'any' alone or leave it out");
            }
            return SourcePolicy.anyone();
        }
        try {
            return SourcePolicy.only(sources.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(
                    where,
                    Words.plain(String.valueOf(e.getMessage()))
                            + "; give a block such as 198.51.100.0/24, an address, or" + " 'any'");
        }
    }

    /** Ports and ranges of ports, separated by commas. */
    static Set<PortRange> ports(String where, List<String> texts) {
        Set<PortRange> ranges = new LinkedHashSet<>();
        for (String text : items(where, texts)) {
            String[] ends = text.split("-", -1);
            int first = port(where, ends[0]);
            int last = ends.length == 1 ? first : port(where, ends[1]);
            if (ends.length > 2 || last < first) {
                throw new InvalidInput(
                        where, Words.quoted(text) + " is not a range of ports; give the lower one first: 8000-8099");
            }
            ranges.add(new PortRange(first, last));
        }
        return ranges;
    }

    /** Splits at commas. */
    static List<String> items(String where, List<String> texts) {
        List<String> items = new ArrayList<>();
        for (String text : texts) {
            for (String item : text.split(",", -1)) {
                if (item.isBlank()) {
                    throw new InvalidInput(where, "there is nothing between the commas of " + Words.quoted(text));
                }
                items.add(item.strip());
            }
        }
        return items;
    }

    static String oneOf(List<String> choices) {
        int last = choices.size() - 1;
        return String.join(", ", choices.subList(0, last)) + " or " + choices.get(last);
    }
}
