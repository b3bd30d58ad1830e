package dev.porthole.mapping;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP addresses from untrusted text without ever asking a name service. */
public final class IpLiteral {
    /** The longest IPv6 literal with an embedded IPv4 address is 45 characters. */
    private static final int MAX_LENGTH = 45;

    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]+");

    private IpLiteral() {}

    /**
     * Reads an IPv4 address in dotted-quad form, or an IPv6 address with or without brackets. An IPv6 zone
     * ({@code %eth0}) is dropped: it means something only on the host that wrote it. Leading zeros, as in
     * {@code 192.168.001.010}, are refused because readers differ on whether they mean octal.
     *
     * @param text untrusted text, surrounding white space allowed
     * @return the address, or empty where the text is not an IP literal
     */
    public static Optional<InetAddress> parse(String text) {
        String literal = text.strip();
        if (literal.startsWith("[") && literal.endsWith("]")) {
            literal = literal.substring(1, literal.length() - 1);
        }
        if (literal.indexOf(':') < 0) {
            return parseV4(literal);
        }
        int zone = literal.indexOf('%');
        return parseV6(zone < 0 ? literal : literal.substring(0, zone));
    }

    private static Optional<InetAddress> parseV4(String literal) {
        String[] parts = literal.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = octet(parts[i]);
            if (value < 0) {
                return Optional.empty();
            }
            address[i] = (byte) value;
        }
        return byAddress(address);
    }

    /** Negative where it is none. Read by hand: a router's page with 500 rules asks this thousands of times. */
    private static int octet(String part) {
        if (part.isEmpty() || part.length() > 3 || part.length() > 1 && part.charAt(0) == '0') {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < part.length(); i++) {
            char digit = part.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = 10 * value + digit - '0';
        }
        return value <= 255 ? value : -1;
    }

    private static Optional<InetAddress> parseV6(String literal) {
        if (literal.length() > MAX_LENGTH || !V6.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            // With a colon and only these characters the JDK parses a literal and never resolves a name.
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> byAddress(byte[] address) {
        try {
            return Optional.of(InetAddress.getByAddress(address));
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
