package dev.porthole.routers.internal.table;

import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.TransportProtocol;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values that stand in a table's cells. Digits only, bounded; whatever is not clear is empty. */
final class Values {
    private static final Pattern RANGE = Pattern.compile(
            "([0-9]{1,5})(?:\\s*(?:-{1,2}|~|:|–|—|～|〜|\\.\\.|to|bis|until|à|até|do|до|至|から)\\s*([0-9]{1,5}))?");
    /** {@code TCP: 80}, {@code 80/udp}, {@code TCP/UDP 80}. */
    private static final Pattern TRANSPORT =
            Pattern.compile("(?i)^(?:tcp|udp)(?:[/+&, ]+(?:tcp|udp))?\\s*(?:ports?|ポート|端口)?\\s*[:/ ]\\s*"
                    + "|\\s*[/ ]\\s*(?:tcp|udp)(?:[/+&, ]+(?:tcp|udp))?$");
    /** {@code 80 (HTTP)}: pfSense and its kin tell what a well-known port is for. */
    private static final Pattern NAMED_BEHIND = Pattern.compile("([0-9]{1,5}) ?\\(\\p{L}[^()]{0,30}\\)");
    /** {@code HTTP (80)}: Smoothwall tells it the other way round. */
    private static final Pattern NAMED_BEFORE = Pattern.compile("\\p{L}[^()]{0,30} ?\\(([0-9]{1,5})\\)");

    private static final Pattern ADDRESS = Pattern.compile("(?<![0-9.])([0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?![0-9.])");
    private static final Pattern ADDRESS_AND_PORT = Pattern.compile(
            "[0-9.]{7,15}\\s*:\\s*([0-9]{1,5}(?:\\s*[-~]\\s*[0-9]{1,5})?(?: ?\\(\\p{L}[^()]{0,30}\\))?)");
    private static final Pattern BEHIND_ADDRESS = Pattern.compile("[0-9.]{7,15}\\s*:\\s*\\S");

    private static final Pattern NOTHING = Pattern.compile("[-–—*_.~: ]+|0+|0+\\s*[-~:]\\s*0+|0\\.0\\.0\\.0");

    private static final Pattern PARTS = Pattern.compile("[,;]");
    private static final Pattern BETWEEN = Pattern.compile("[/,+&|]");
    private static final Pattern ANYONE = Pattern.compile("0\\.0\\.0\\.0/0(\\.0\\.0\\.0)?|255\\.255\\.255\\.255");
    private static final Map<String, TransportProtocol> TRANSPORTS =
            Map.of("TCP", TransportProtocol.TCP, "UDP", TransportProtocol.UDP);
    private static final int MAX_PORTS_IN_CELL = 30;

    /** Thirty ranges are shorter. */
    private static final int MAX_TEXT = 400;

    private Values() {}

    /** The port ranges of a cell: {@code 80}, {@code 80-90}, {@code 80,443}. Empty where it is anything else. */
    static List<PortRange> ports(String text) {
        if (text.length() > MAX_TEXT || !hasDigit(text)) {
            return List.of();
        }
        int plain = plainNumber(text);
        if (plain >= 0) {
            return plain < 1 || plain > PortRange.MAX_PORT ? List.of() : List.of(new PortRange(plain, plain));
        }
        String trimmed = bare(text.strip());
        List<PortRange> found = new ArrayList<>();
        for (String part : PARTS.split(trimmed, -1)) {
            Matcher matcher = RANGE.matcher(part.strip());
            if (!matcher.matches() || found.size() == MAX_PORTS_IN_CELL) {
                return List.of();
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (first < 1 || last > PortRange.MAX_PORT || last < first) {
                return List.of();
            }
            found.add(new PortRange(first, last));
        }
        return found;
    }

    /** What most cells hold: a number of up to five digits; negative for anything else. */
    private static int plainNumber(String text) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i == 5) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** Whether a character is one of the ten digits of ASCII; other scripts' digits are in no number of a router. */
    static boolean digit(int character) {
        return character >= '0' && character <= '9';
    }

    /** Whether nothing but digits is in a text. */
    static boolean onlyDigits(String text) {
        return text.chars().allMatch(Values::digit);
    }

    private static boolean hasDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (digit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Without the transport and the service's name beside a port. */
    private static String bare(String text) {
        boolean letters = false;
        for (int i = 0; i < text.length() && !letters; i++) {
            letters = Character.isLetter(text.charAt(i));
        }
        if (!letters) {
            return text;
        }
        String bare = TRANSPORT.matcher(text).replaceAll("").strip();
        bare = NAMED_BEHIND.matcher(bare).replaceAll("$1");
        Matcher before = NAMED_BEFORE.matcher(bare);
        return before.matches() ? before.group(1) : bare;
    }

    static Optional<PortRange> port(String text) {
        List<PortRange> ports = ports(text);
        return ports.size() == 1 ? Optional.of(ports.get(0)) : Optional.empty();
    }

    /** Whether a cell holds nothing: blank, a dash, zero, "Not configured". */
    static boolean unset(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= '1' && text.charAt(i) <= '9') {
                return false;
            }
        }
        String trimmed = text.strip();
        return trimmed.isEmpty()
                || "-–—*_.~: 0".indexOf(trimmed.charAt(0)) >= 0
                        && NOTHING.matcher(trimmed).matches()
                || Phrases.UNSET.is(trimmed);
    }

    /** The IPv4 address in a cell, also one followed by a name or a port. */
    static Optional<String> address(String text) {
        if (text.indexOf('.') <= 0) {
            return Optional.empty();
        }
        if (quad(text) >= 0) {
            return Optional.of(text);
        }
        Matcher matcher = ADDRESS.matcher(text.length() <= 300 ? text : text.substring(0, 300));
        return matcher.find() ? Optional.of(matcher.group(1)).filter(Values::isAddress) : Optional.empty();
    }

    static boolean isAddress(String text) {
        return quad(text) >= 0;
    }

    static boolean isPrivateAddress(String text) {
        long quad = quad(text);
        return quad >> 24 == 10 || quad >> 20 == 0xac1 || quad >> 16 == 0xc0a8;
    }

    /** An IPv4 address in four numbers without leading zeros; negative where a text is anything else. */
    private static long quad(String text) {
        long quad = 0;
        int part = -1;
        int parts = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && part >= 0 && parts < 4) {
                quad = quad << 8 | part;
                part = -1;
                parts++;
            } else if (digit(c) && part != 0) {
                part = Math.max(part, 0) * 10 + c - '0';
            } else {
                return -1;
            }
            if (part > 255) {
                return -1;
            }
        }
        return parts == 4 && part >= 0 ? quad << 8 | part : -1;
    }

    /** The transports that stand beside a port in its cell. */
    static Set<TransportProtocol> protocolsBeside(String text) {
        Set<TransportProtocol> found = EnumSet.noneOf(TransportProtocol.class);
        String upper = text.toUpperCase(Locale.ROOT);
        for (TransportProtocol protocol : TransportProtocol.values()) {
            if (upper.contains(protocol.name())) {
                found.add(protocol);
            }
        }
        return found;
    }

    /** The port behind an address: {@code 192.168.1.5:80}. */
    static Optional<PortRange> portBehindAddress(String text) {
        Matcher matcher = ADDRESS_AND_PORT.matcher(text.strip());
        return matcher.matches() ? port(matcher.group(1)) : Optional.empty();
    }

    /** Whether a colon and more stand behind the address in a cell. */
    static boolean somethingBehindAddress(String text) {
        return text.length() <= MAX_TEXT && BEHIND_ADDRESS.matcher(text).find();
    }

    /** Anyone: blank, any, all, "All IP addresses", 0.0.0.0, 0.0.0.0/0. */
    static boolean anySource(String text) {
        return unset(text)
                || ANYONE.matcher(text.strip()).matches()
                || Phrases.BOTH.isPlain(hasDigit(text) ? "" : Words.plain(text).replaceAll(" .*", ""));
    }

    /** The transports that a word names; IANA's numbers too. Empty where it names none. */
    static Set<TransportProtocol> protocols(String text) {
        TransportProtocol alone = TRANSPORTS.get(text);
        if (alone != null) {
            return Set.of(alone);
        }
        String plain = Words.plain(BETWEEN.matcher(text).replaceAll(" "));
        if (plain.isEmpty()) {
            return Set.of();
        }
        if (Phrases.BOTH.isPlain(plain)) {
            return EnumSet.allOf(TransportProtocol.class);
        }
        Set<TransportProtocol> found = EnumSet.noneOf(TransportProtocol.class);
        for (String word : plain.split(" ")) {
            switch (word.toLowerCase(Locale.ROOT)) {
                case "tcp", "6" -> found.add(TransportProtocol.TCP);
                case "udp", "17" -> found.add(TransportProtocol.UDP);
                default -> {
                    if (!Phrases.AND.isPlain(word)) {
                        return Set.of();
                    }
                }
            }
        }
        return found;
    }

    static Optional<Boolean> bool(String text) {
        String plain = Words.plain(text);
        if (Phrases.TRUE.isPlain(plain)) {
            return Optional.of(true);
        }
        return Phrases.FALSE.isPlain(plain) ? Optional.of(false) : Optional.empty();
    }
}
